"""Everything that is wrong with an environment, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from appo_tui.environment.places import Place
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.text import contains_unknown
from appo_tui.model.cycles import component_cycles, node_cycles
from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.entities import Binding, Component, ServiceResource
from appo_tui.model.not_carried_over import not_carried_over
from appo_tui.model.resolution import Resolution

_OF_FILES = frozenset(("syntax", "validation", "already-defined", "broken-type", "metaparameter-name"))
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def diagnostics_of(
    resolution: Resolution,
    components: Mapping[str, Component],
    services: Mapping[str, ServiceResource],
    bindings: Iterable[Binding],
) -> tuple[Diagnostic, ...]:
    """All diagnostics, each once, sorted by severity, then place."""
    bound = tuple(bindings)
    found = dict.fromkeys(
        (
            *_environment_faults(resolution),
            *_node_faults(resolution),
            *component_cycles(bound, components),
            *node_cycles(bound, components),
            *_warnings(resolution),
            *not_carried_over(resolution),
            *_not_consumed(services, bound),
            *_unknown_nodes(resolution),
        )
    )
    return tuple(sorted(found, key=_rank))


def _rank(diagnostic: Diagnostic) -> tuple[int, str, int, int]:
    place = diagnostic.place or Place("", 0)
    return (_ORDER[diagnostic.severity], place.file, place.line, place.column or 0)


def _environment_faults(resolution: Resolution) -> Iterator[Diagnostic]:
    for fault in (*resolution.catalog_faults, *resolution.graph_faults):
        yield _diagnostic(fault, None)


def _node_faults(resolution: Resolution) -> Iterator[Diagnostic]:
    """What is wrong with nodes alone: files and parameters that the environment has told of are left out."""
    told = {_told(fault, resolution) for fault in resolution.catalog_faults}
    wrong = [fault.text for fault in resolution.catalog_faults if fault.code == "parameter"]
    for certname, catalog in resolution.nodes.items():
        for fault in catalog.faults:
            if fault.code in _OF_FILES and _told(fault, resolution) in told:
                continue
            if fault.code == "parameter" and any(text in fault.text for text in wrong):
                continue
            yield _diagnostic(fault, certname)


def _told(fault: EvaluationError, resolution: Resolution) -> tuple[str, Place | None]:
    prefix = f"Could not parse for environment {resolution.environment.name}: "
    return fault.text.removeprefix(prefix), fault.place or fault.about


def _diagnostic(fault: EvaluationError, certname: str | None) -> Diagnostic:
    text = fault.text if certname is None else f"{fault.text} on node {certname}"
    return Diagnostic(Severity.ERROR, fault.code, text, fault.place or fault.about, fault.hint, certname)


def _warnings(resolution: Resolution) -> Iterator[Diagnostic]:
    for text, place in resolution.compilation.warnings:
        yield Diagnostic(
            Severity.WARNING,
            "unknown-variable",
            text,
            place,
            "Facts are not known in the environment catalog.",
        )
    if resolution.compilation.definitions.site is None and resolution.environment.manifests:
        yield Diagnostic(
            Severity.NOTE,
            "no-site",
            "Environment Compiler: Could not find a site definition to evaluate",
            None,
            "Declare application instances in site { }.",
        )


def _unknown_nodes(resolution: Resolution) -> Iterator[Diagnostic]:
    """Instances of which only a run can tell where their components are."""
    for mapping in resolution.mappings:
        unknown = contains_unknown(mapping.instance.value("nodes"))
        if unknown is not None:
            yield Diagnostic(
                Severity.WARNING,
                "unknown-nodes",
                f"Which nodes the components of {mapping.instance.reference} are on is not known: "
                f"{unknown.reason}",
                mapping.instance.place,
                "Write nodes => { Node['web1.example'] => Type['title'] }, without what a run computes.",
            )


def _not_consumed(
    services: Mapping[str, ServiceResource], bindings: tuple[Binding, ...]
) -> Iterator[Diagnostic]:
    used = {binding.service_resource for binding in bindings}
    for reference, service in services.items():
        if reference not in used:
            yield Diagnostic(
                Severity.NOTE,
                "not-consumed",
                f"Nothing consumes {reference}, which {service.producer} exports",
                service.place,
            )
