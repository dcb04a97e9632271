"""What has changed since the last reading."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appo_tui.environment import Environment
from appo_tui.evaluator.consulting import Need
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.hiera.levels import files_matching
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.manifests import Manifest, ManifestCache
from appo_tui.evaluator.parse_faults import raise_parse_error
from appo_tui.model.reuse.kept import LastReading
from appo_tui.model.reuse.outlines import EVERYWHERE, outline


@dataclass(frozen=True, slots=True)
class Changes:
    """What is another than in the last reading, and the manifests by which that was told, by file."""

    needs: frozenset[Need]
    manifests: Mapping[str, Manifest]


def changes_since(
    last: LastReading, environment: Environment, settings: CompilerSettings, cache: ManifestCache
) -> Changes | None:
    """What is another than in the last reading; None if so much that nothing of it can be taken over."""
    if last.environment != environment or last.settings != settings:
        return None
    if any(_searched(need, environment, cache) != answer for need, answer in last.searched.items()):
        return None
    manifests = _manifests(last, environment, cache)
    changed = None if manifests is None else _changed_code(last, manifests)
    if manifests is None or changed is None:
        return None
    changed |= {need for need, state in last.states.items() if _state(need, cache) != state}
    if not changed.isdisjoint(last.everywhere) or any(kind in EVERYWHERE for kind, _ in changed):
        return None
    return Changes(frozenset(changed), manifests)


def _manifests(
    last: LastReading, environment: Environment, cache: ManifestCache
) -> dict[str, Manifest] | None:
    """The manifests that were read, as they are now; None where one is gone."""
    found: dict[str, Manifest] = {}
    for file in last.outlines:
        path = Path(file)
        try:
            found[file] = cache.unchanged(path) or cache.read(path, environment.namespace_of(path))
        except OSError:
            return None
    return found


def _changed_code(last: LastReading, manifests: Mapping[str, Manifest]) -> set[Need] | None:
    """The definitions that differ; None where one was added, or taken away, or where a file has a fault."""
    changed: set[Need] = set()
    for file, (manifest, before) in last.outlines.items():
        now = manifests[file]
        if now is manifest:
            continue
        if _is_faulty(now):
            return None
        after = outline(now)
        if after.keys() != before.keys():
            return None
        changed |= {need for need, written in after.items() if written != before[need]}
    return changed


def _is_faulty(manifest: Manifest) -> bool:
    """Whether there is anything wrong with a file by itself."""
    try:
        raise_parse_error(manifest)
    except EvaluationError:
        return True
    return manifest.program is None


def _searched(need: Need, environment: Environment, cache: ManifestCache) -> Hashable:
    """What is found on disk now; in the form in which the definitions note it."""
    kind, given = need
    name = str(given)
    if kind == "manifest":
        return tuple(environment.files_defining(name))
    if kind == "function":
        return environment.function_file(name)
    if kind == "ruby":
        return environment.ruby_function_file(name)
    if kind == "alias":
        return environment.type_alias_file(name)
    file = environment.ruby_type_file(name)
    return file, file is not None and environment.has_provider(name), file and cache.ruby_type_said(file)


def _state(need: Need, cache: ManifestCache) -> Hashable:
    """What a file that was looked at is now."""
    kind, name = need
    where: Any = name
    return tuple(files_matching(*where)) if kind == "listing" else cache.state(where)
