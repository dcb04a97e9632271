"""Modules that nothing has asked for, and that could not be read if anything did."""

from __future__ import annotations

from collections.abc import Iterator

from appo_tui.environment import Environment
from appo_tui.environment.places import Place
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.entities import Model


def unneeded_module_notes(
    environment: Environment, model: Model, cache: ManifestCache
) -> Iterator[Diagnostic]:
    """A note for each module with a manifest that can't be parsed and that the model did without.

    It parses every manifest of every module, which is why a model does not have these notes by itself.

    Args:
        environment: whose modules.
        model: what was read of it; files that it complains of are not told twice.
        cache: parsed files.
    """
    told = {item.place.file for item in model.diagnostics if item.place is not None}
    for module in environment.modules.values():
        for file in sorted(module.manifests.rglob("*.pp")):
            if str(file) in told or not file.is_file():
                continue
            error = cache.read(file, environment.namespace_of(file)).error
            if error is None:
                continue
            yield Diagnostic(
                Severity.NOTE,
                code="unneeded-module",
                message=f"The module {module.name} can't be parsed: {error.message}",
                place=Place(str(file), error.line, error.column),
                hint="Nothing here needs it so far; correct it before something does.",
            )
            break
