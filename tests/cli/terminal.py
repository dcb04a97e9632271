"""The program at a terminal of its own, at which somebody answers its questions."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from tests.cli.commands import Program

_PATIENCE_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Said:
    """What the terminal showed, and how the program ended."""

    returncode: int
    shown: str


def answered(program: Program, words: Sequence[str], answers: Sequence[tuple[str, str]], **more: str) -> Said:
    """Runs `appo`, and types each answer once its question is shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "appo_tui", *words],
        cwd=program.home,
        env=program.variables | more,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        shown, begin = "", 0
        for question, answer in answers:
            shown = _until(ours, shown, question, begin)
            begin = len(shown)
            os.write(ours, f"{answer}\n".encode())
        shown = _until(ours, shown, None, begin)
        return Said(process.wait(_PATIENCE_SECONDS), shown.replace("\r\n", "\n"))
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _until(terminal: int, shown: str, text: str | None, begin: int) -> str:
    """Reads until a text is shown behind ``begin``; None: to the end."""
    deadline = monotonic() + _PATIENCE_SECONDS
    while text is None or text not in shown[begin:]:
        ready, _, _ = select.select([terminal], [], [], max(deadline - monotonic(), 0))
        assert ready, f"{text!r} did not come: {shown}"
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the program's end of it is closed
            piece = b""
        if not piece:
            assert text is None, f"{text!r} did not come: {shown}"
            return shown
        shown += piece.decode()
    return shown
