"""The user's editor, at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

_PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "joe", "ne", "kak", "gvim"}
)
_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})


def editor_command(file: Path, line: int) -> list[str]:
    """The command line of $VISUAL or $EDITOR (else vi) that opens a file at a line, counted from 1."""
    words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    program = Path(words[0]).name
    if program in _PLUS_LINE:
        return [*words, f"+{line}", str(file)]
    if program in _COLON_LINE:
        return [*words, f"{file}:{line}"]
    if program in ("code", "codium"):
        return [*words, "--wait", "--goto", f"{file}:{line}"]
    return [*words, str(file)]


def run_editor(command: Sequence[str]) -> str:
    """Run an editor on the terminal till it ends; returns what went wrong, or an empty string."""
    try:
        ended = subprocess.run(command, check=False)
    except OSError as error:
        return f"{command[0]} can't be started: {error.strerror}. Set EDITOR to an editor that is installed."
    return f"{command[0]} ended with {ended.returncode}." if ended.returncode else ""
