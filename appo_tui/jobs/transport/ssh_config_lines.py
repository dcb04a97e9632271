"""ssh_config's lines, split into words once: to split them for each of many nodes would take minutes.

What asyncssh's reader does with a line is left to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
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


def same_for_all(files: Iterable[Path], beside: Path) -> tuple[tuple[ConfigLine, ...], ...] | None:
    """The options of files and of what they include if no host's name changes what they say, else None.

    Such is what distributions bring: it need not be read again for each of many nodes.
    """
    found: list[tuple[ConfigLine, ...]] = []
    for file in files:
        lines = config_lines(file)
        if lines is None or not all(map(_for_all, lines)):
            return None
        found.append(lines)
        patterns = [word for line in lines if line.name == "include" for word in line.words]
        for pattern in patterns:
            included = same_for_all(included_files(beside, pattern), beside)
            if included is None:
                return None
            found += included
    return tuple(found)


def _for_all(line: ConfigLine) -> bool:
    if line.name == "host":
        return line.words == ("*",)
    named = line.name in ("match", "hostname", "canonicalizehostname", "proxyjump")
    return not named and not any("%" in word or "$" in word for word in line.words)


def included_files(beside: Path, pattern: str) -> tuple[Path, ...]:
    """The files that an Include leads to, looked for again when their directory has changed."""
    whole, directory = _resolved(beside, pattern)
    if _PATTERN.intersection(directory):
        return _found(whole)
    try:
        return _listed(whole, os.stat(directory).st_mtime_ns)  # noqa: PTH116 - for each of many nodes
    except OSError:
        return ()


@lru_cache(maxsize=64)
def _resolved(beside: Path, pattern: str) -> tuple[str, str]:
    whole = beside / Path(pattern).expanduser()
    return str(whole), str(whole.parent)


@lru_cache(maxsize=64)
def _listed(pattern: str, _changed: int) -> tuple[Path, ...]:
    return _found(pattern)


def _found(pattern: str) -> tuple[Path, ...]:
    root, *rest = Path(pattern).parts
    return tuple(sorted(each for each in Path(root).glob("/".join(rest)) if each.is_file()))


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
