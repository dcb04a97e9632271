"""What the levels of a hierarchy have for a key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from appo_tui.environment.places import Place
from appo_tui.evaluator.consulting import Ledger
from appo_tui.evaluator.hiera.configuration import Layer, Level
from appo_tui.evaluator.hiera.documents import DataFile, HieraError, read_json, read_yaml_data
from appo_tui.evaluator.hiera.encryption import decrypted, key_paths
from appo_tui.evaluator.hiera.interpolation import LookUp, ScopeVariables, interpolated, variable
from appo_tui.evaluator.hiera.results import Found
from appo_tui.evaluator.values import Unknown, Value

_READERS = {"yaml_data": read_yaml_data, "json_data": read_json, "eyaml_lookup_key": read_yaml_data}


@lru_cache(maxsize=4096)
def _read_version(function: str, path: Path, _changed: int, _size: int) -> DataFile:
    return _READERS[function](path)


class DataFiles:
    """The files that were read, each once while this lasts; None for one that isn't there.

    Attributes:
        ledger: takes which files are looked at.
    """

    def __init__(self) -> None:
        self._read: dict[tuple[str, Path], DataFile | None] = {}
        self._globs: dict[tuple[Path, str], list[Path]] = {}
        self.ledger = Ledger()

    @property
    def read(self) -> frozenset[Path]:
        """The files that were there and were read."""
        return frozenset(path for (_, path), data in self._read.items() if data is not None)

    def get(self, function: str, path: Path) -> DataFile | None:
        """A file's data.

        Raises:
            HieraError: it can't be read.
        """
        self.ledger.note_data(path)
        asked = (function, path)
        if asked not in self._read:
            self._read[asked] = self._fresh(function, path)
        return self._read[asked]

    def matching(self, root: Path, pattern: str) -> list[Path]:
        """The files below ``root`` that match ``pattern``, in order."""
        asked = (root, pattern)
        if asked not in self._globs:
            self._globs[asked] = files_matching(root, pattern)
        self.ledger.note_listing(root, pattern, tuple(self._globs[asked]))
        return self._globs[asked]

    def _fresh(self, function: str, path: Path) -> DataFile | None:
        try:
            state = path.stat()
        except OSError:
            return None
        if not path.is_file():
            return None
        return _read_version(function, path, state.st_mtime_ns, state.st_size)


def find_in_levels(
    layer: Layer,
    levels: tuple[Level, ...],
    key: str,
    variables: ScopeVariables,
    look_up: LookUp,
    files: DataFiles,
) -> Iterator[Found]:
    """The values of ``key`` in ``levels``, most significant first.

    What a level that can't be read here might have is Unknown.

    Raises:
        HieraError: a file can't be read, or what is in it can't be interpolated.
    """
    for level in levels:
        if level.function not in _READERS:
            reason = f"the level '{level.name}' of hiera.yaml asks {level.function}, which is not run here"
            yield Found(Unknown(reason), None, level.name)
            continue
        for path in _paths(layer, level, variables, files):
            if isinstance(path, Unknown):
                yield Found(path, None, level.name)
                continue
            data = files.get(level.function, path)
            if data is None or key not in data.values:
                continue
            if key in data.refused:
                raise HieraError(
                    f"Value for key '{key}', in hash returned from data_hash function '{level.function}', "
                    f"when using location '{path}', has wrong type, expects Puppet::LookupValue, "
                    f"got {data.refused[key]}"
                )
            value = data.values[key]
            if level.function == "eyaml_lookup_key":
                for key_path in key_paths(level.options, layer.root):
                    files.ledger.note_data(key_path)
                value = decrypted(value, level.options, layer.root)
            place = Place(str(path), data.lines.get(key, 1))
            yield Found(interpolated(value, variables, look_up), place, level.name)


def _paths(
    layer: Layer, level: Level, variables: ScopeVariables, files: DataFiles
) -> Iterator[Path | Unknown]:
    """The files of a level, in order; Unknown where a path hangs on something unknown."""
    datadir = interpolated(level.datadir, variables, None)
    if isinstance(datadir, Unknown):
        yield datadir
        return
    root = layer.root / str(datadir)
    if level.mapped_paths:
        yield from _mapped(root, level, variables)
    for path in level.paths:
        text = interpolated(path, variables, None)
        yield text if isinstance(text, Unknown) else root / str(text)
    for pattern in level.globs:
        text = interpolated(pattern, variables, None)
        if isinstance(text, Unknown):
            yield text
        else:
            yield from files.matching(root, str(text))


def files_matching(root: Path, pattern: str) -> list[Path]:
    """The files below ``root`` that match ``pattern``, in order."""
    if not root.is_dir():
        return []
    alternatives = _without_braces(pattern)
    found = (path for one in alternatives for path in sorted(root.glob(one)) if path.is_file())
    return list(dict.fromkeys(found))


def _without_braces(pattern: str) -> list[str]:
    """The patterns that ``{a,b}`` in one stands for."""
    start = pattern.find("{")
    end = pattern.find("}", start)
    if start < 0 or end < 0:
        return [pattern]
    return [
        rest
        for choice in pattern[start + 1 : end].split(",")
        for rest in _without_braces(pattern[:start] + choice + pattern[end + 1 :])
    ]


def _mapped(root: Path, level: Level, variables: ScopeVariables) -> Iterator[Path | Unknown]:
    """A path for each element of a variable's collection."""
    source, name, template = level.mapped_paths
    collection: Value = variable(source, variables)
    if isinstance(collection, Unknown):
        yield collection
        return
    if isinstance(collection, dict):
        items: tuple[Value, ...] = tuple(collection.items())
    else:
        items = collection if isinstance(collection, tuple) else (() if collection is None else (collection,))
    for item in items:

        def with_element(asked: str, element: Value = item) -> Value:
            return element if asked == name else variables(asked)

        text = interpolated(template, with_element, None)
        yield text if isinstance(text, Unknown) else root / str(text)


