"""ssh_config's lines, split into words once: to split them for each of many nodes would take minutes.

What asyncssh's reader does with a line is left to it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from asyncssh import ConfigParseError
from asyncssh.config import SSHClientConfig

_PATTERN = frozenset("*?[]!,")


class ConfigLine(NamedTuple):
    """An option: the number of its line, its name in lower case and its words.

    ``hosts`` are all that a Host line is for, None where it has patterns and for any other line.
    """

    number: int
    name: str
    words: tuple[str, ...]
    hosts: frozenset[str] | None = None


def config_lines(path: Path) -> tuple[ConfigLine, ...] | None:
    """The options in a file, whichever hosts they are for; None if one of them can't be understood.

    Raises:
        OSError: the file can't be read.
    """
    status = path.stat()
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> tuple[ConfigLine, ...] | None:
    taker = _Taker(None, False, False, False, "", (), "", ())  # noqa: FBT003 - asyncssh's own form
    try:
        taker.parse(path)
    except ConfigParseError:
        return None
    return tuple(taker.taken)


class _TakeAll(dict[str, Any]):
    """A table of options in which every name stands for being taken down."""

    def __missing__(self, name: str) -> tuple[str, Any]:
        return name, _Taker.take


class _Taker(SSHClientConfig):
    """asyncssh's reader, which does nothing with an option but take it down."""

    _handlers = _TakeAll()

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.taken: list[ConfigLine] = []

    def take(self, name: str, words: list[str]) -> None:
        """Take an option down."""
        plain = name == "host" and not _PATTERN.intersection("".join(words))
        self.taken.append(
            ConfigLine(self._line_no, name, tuple(words), frozenset(words) if plain else None)
        )
        words.clear()
