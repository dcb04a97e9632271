"""How soon the change of a file is on the screen, with 1,000 nodes: from its write to the repainted tree."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import scale
from bench.terminal import Terminal

_NODES = 1000
_KEYS_TO_DATABASE, _KEYS_TO_WEB_SERVER = "jlj", "j"
_CALM = 1.5
"""Seconds between two changes: the reading process has tidied up by then."""


def changes(rounds: int) -> Iterator[tuple[str, list[float]]]:
    """What was changed, and the seconds until the first place that shows it was painted."""
    with tempfile.TemporaryDirectory() as name:
        environment = Path(name, "environment")
        environment.mkdir()
        scale.write(environment, scale.lamp(_NODES))
        kept = dict.fromkeys(("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), name)
        terminal = Terminal([sys.executable, "-m", "appo_tui", str(environment)], kept)
        try:
            terminal.until(b"a0]")
            terminal.watch(2 * _CALM)
            renamed = (r"lamp \{ 'a1\w*'", "lamp {{ 'a1x{}'", "a1x{}]")
            yield "an instance's name", _seen(terminal, environment, "site.pp", renamed, rounds)
            _press(terminal, _KEYS_TO_DATABASE)
            given = (r"(db \{ \$name: user => )[^,]+", r"\1'zq{}x'", "zq{}x")
            yield "an application's value", _seen(terminal, environment, "applications.pp", given, rounds)
            _press(terminal, _KEYS_TO_WEB_SERVER)
            default = (r"(\$http = )\d+", r"\g<1>77{}3", "77{}3")
            yield "a component's default", _seen(terminal, environment, "applications.pp", default, rounds)
        finally:
            terminal.close()


def _press(terminal: Terminal, keys: str) -> None:
    for key in keys:
        terminal.send(key)
        terminal.watch(0.5)


def _seen(
    terminal: Terminal, environment: Path, file: str, change: tuple[str, str, str], rounds: int
) -> list[float]:
    """Seconds of each change: a pattern, what takes its place and what is painted then, with a number."""
    pattern, changed, painted = change
    path = next(environment.rglob(file))
    took = []
    for number in range(rounds):
        text, count = re.subn(pattern, changed.format(number), path.read_text(), count=1)
        assert count, pattern
        terminal.watch(_CALM)
        terminal.send("")
        written = time.perf_counter()
        path.write_text(text)
        took.append(terminal.until(painted.format(number).encode()) - written)
    return took
