"""A job followed in another terminal: a window of tmux or screen, where one of them runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence

from appo_tui.session import Session

_PASSED_ON = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PYTHONPATH")
"""Variables that say where things are: a multiplexer gives new windows its own."""

_WAIT = 'printf "\\nenter closes this "; read -r _'


def attach_words(session: Session, job: int) -> list[str]:
    """The words after ``appo`` that follow a job."""
    given = session.given
    return [
        *(("demo",) if session.simulated else ()),
        "job", "attach", str(job),
        *((f"--config={given.config}",) if given and given.config else ()),
        *((f"--store={given.store}",) if given and given.store else ()),
        *(("--read-only",) if session.read_only else ()),
    ]  # fmt: skip


def window_command(
    title: str, words: Sequence[str], environ: Mapping[str, str] = os.environ
) -> list[str] | None:
    """The command that opens a window for ``appo WORDS`` in our multiplexer; None without one."""
    inner = f"{shlex.join([sys.executable, '-P', '-m', 'appo_tui', *words])}; {_WAIT}"
    passed = [f"{name}={environ[name]}" for name in _PASSED_ON if name in environ]
    if environ.get("TMUX"):
        variables = [word for each in passed for word in ("-e", each)]
        return ["tmux", "new-window", "-n", title, *variables, inner]
    if environ.get("STY"):
        return ["screen", "-t", title, "env", *passed, "sh", "-c", inner]
    return None


def open_window(command: Sequence[str]) -> str:
    """Open a window; returns what went wrong, or an empty string."""
    try:
        ended = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]} can't be run: {error}"
    return ended.stderr.decode(errors="replace").strip() if ended.returncode else ""
