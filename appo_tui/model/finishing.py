"""The last step of a compilation: arrows, overrides, and the check of every resource's parameters."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from appo_tui.evaluator.aliases import set_namevar
from appo_tui.evaluator.collecting import Collector
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.declaring import merge
from appo_tui.evaluator.definitions import METAPARAMETERS, RELATIONSHIP_METAPARAMETERS
from appo_tui.evaluator.evaluating import check_parameters
from appo_tui.evaluator.faults import EvaluationError, InternalError, with_place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.values import Value

_INHERITED = tuple(sorted(METAPARAMETERS - set(RELATIONSHIP_METAPARAMETERS)))


def finish(compilation: Compilation) -> Iterator[EvaluationError]:
    """Finish all resources; what is wrong is given in Puppet's order."""
    yield from _relate(compilation)
    overrides = compilation.catalog.overrides
    checked = frozenset() if overrides or compilation.collectors else compilation.checked
    for resource in compilation.catalog:
        if resource in compilation.settled:
            continue
        if overrides and not resource.is_from_mapping:
            yield from _override(compilation, resource)
        if resource not in checked:
            yield from _check(resource)
        if resource.native is not None:
            set_namevar(resource)
    _inherit_metaparameters(compilation)
    remaining = [f"{change.key[0]}[{change.key[1]}]" for change in compilation.catalog.overrides]
    if remaining:
        yield EvaluationError(
            f"Could not find resource(s) {', '.join(remaining)} for overriding",
            code="unknown-resource",
            hint="Declare what is overridden, or remove the override.",
            about=compilation.catalog.overrides[0].place,
        )
    if compilation.to_realize:
        names = ", ".join(f"{key[0]}[{key[1]}]" for key in compilation.to_realize)
        yield EvaluationError(
            f"Failed to realize virtual resources {names}",
            code="not-realized",
            hint="Virtual components are not part of the environment catalog: declare them without @.",
        )


def _relate(compilation: Compilation) -> Iterator[EvaluationError]:
    catalog = compilation.catalog
    for relationship in catalog.relationships:
        for source_key in _ends(relationship.source, is_left=True):
            for target_key in _ends(relationship.target, is_left=False):
                source, target = catalog.find(*source_key), catalog.find(*target_key)
                names = tuple(f"{key[0]}[{key[1]}]" for key in (source_key, target_key))
                if source is None and not source_key[1]:
                    yield EvaluationError(
                        f'No title provided and "{names[0]}" is not a valid resource reference',
                        code="not-a-reference", hint="An arrow is from a resource, not from its type.",
                        about=relationship.place,
                    )  # fmt: skip
                elif source is None:
                    yield _unrelated(f"'{names[0]}' for relationship on '{names[1]}'", relationship.place)
                elif target is None:
                    yield _unrelated(f"'{names[1]}' for relationship from '{names[0]}'", relationship.place)
                else:
                    _add_relationship(source, relationship.parameter, names[1])


def _ends(end: tuple[str, str] | Collector, *, is_left: bool) -> list[tuple[str, str]]:
    """What an arrow is from or to; on its left, what comes before a collector that collects nothing."""
    if not isinstance(end, Collector):
        return [end]
    if end.collected or not is_left:
        return [resource.key for resource in end.collected]
    if len(end.instead) == 1:
        return _ends(end.instead[0], is_left=True)
    return [key for key in end.instead if not isinstance(key, Collector)]


def _unrelated(text: str, place: object) -> EvaluationError:
    from appo_tui.environment.places import Place

    return EvaluationError(
        f"Could not find resource {text}",
        code="unknown-resource",
        hint="Both ends of an arrow are in one catalog; order across nodes comes from service resources.",
        about=place if isinstance(place, Place) else None,
    )


def _add_relationship(source: Resource, name: str, target: str) -> None:
    known = source.parameters.get(name)
    if known is None:
        origin = Origin(OriginKind.GIVEN, source.place)
        source.parameters[name] = Parameter(name, (target,), origin, None)
        return
    value: Value = known.value if isinstance(known.value, tuple) else (known.value,)
    assert isinstance(value, tuple)
    source.parameters[name] = msgspec.structs.replace(known, value=(*value, target))


def _override(compilation: Compilation, resource: Resource) -> Iterator[EvaluationError]:
    catalog = compilation.catalog
    mine = [change for change in catalog.overrides if change.key == resource.key]
    catalog.overrides[:] = [change for change in catalog.overrides if change.key != resource.key]
    for change in mine:
        try:
            merge(compilation, resource, change)
        except EvaluationError as error:
            yield error


def _check(resource: Resource) -> Iterator[EvaluationError]:
    definition = resource.definition
    if resource.native is not None:
        yield from _check_native(resource)
    elif definition is not None and definition.kind in ("define", "class", "application"):
        values = {name: parameter.value for name, parameter in resource.parameters.items()}
        try:
            check_parameters(resource, definition, values)
        except InternalError as error:  # what Puppet says here comes without the compiler's class
            yield EvaluationError(error.text, code=error.code, hint=error.hint)
        except EvaluationError as error:
            yield error


def _check_native(resource: Resource) -> Iterator[EvaluationError]:
    native = resource.native
    assert native is not None
    for name in resource.parameters:
        if name in METAPARAMETERS or name in ("name", "provider") or native.has_parameter(name):
            continue
        unknown = with_place(f"no parameter named '{name}'", resource.place)
        yield EvaluationError(
            f"{unknown} on {resource.reference}",
            resource.place,
            code="parameter",
            hint="Remove it, or correct its name.",
        )


def _inherit_metaparameters(compilation: Compilation) -> None:
    """noop, tag and their like go from a container to what it contains."""
    main = compilation.top.frame.resource
    if main is None:
        return
    stack: list[tuple[Resource, dict[str, Parameter]]] = [(main, _metaparameters(main))]
    while stack:
        resource, data = stack.pop()
        for child in compilation.catalog.children.get(resource, ()):
            if child in compilation.settled:
                continue
            for name, parameter in data.items():
                if child.value(name) is None:
                    child.parameters[name] = parameter
            stack.append((child, {**data, **_metaparameters(child)}))


def _metaparameters(resource: Resource) -> dict[str, Parameter]:
    if resource.parameters.keys().isdisjoint(_INHERITED):  # as nearly always
        return {}
    return {name: resource.parameters[name] for name in _INHERITED if resource.value(name) is not None}


def check_given(compilation: Compilation, resource: Resource) -> None:
    """A define that is no component is not looked into, but Puppet checks here what it was given.

    Raises:
        EvaluationError: it lacks a parameter, or has one that is unknown or of the wrong type.
    """
    if any(change.key == resource.key for change in compilation.catalog.overrides):
        return
    for fault in _check(resource):
        raise in_statement(resource, fault) from fault


def in_statement(resource: Resource, error: EvaluationError) -> EvaluationError:
    """What is wrong with a resource, as Puppet tells it when it gets to evaluate the resource."""
    return EvaluationError(
        f"Evaluation Error: Error while evaluating a Resource Statement, {error.message}",
        resource.place,
        code=error.code,
        hint=error.hint,
    )
