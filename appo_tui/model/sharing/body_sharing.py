"""Evaluating the site or an instance's body for one node in such a way that others can use it."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from appo_tui.evaluator.asking import DefaultsQuestion, as_on, listen, stop_listening
from appo_tui.evaluator.catalog import Catalog
from appo_tui.evaluator.deferring import Deferred, undeferred
from appo_tui.evaluator.evaluating import code_scope, run_body, set_parameters
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.functions.errors import ControlSignal, FunctionError
from appo_tui.evaluator.hiera import HieraError
from appo_tui.evaluator.resource import Resource
from appo_tui.model.node_mapping import Key, assignments
from appo_tui.model.sharing.shared_code import (
    ENOUGH_SITES,
    EachAnew,
    InstancePart,
    SharedBody,
    SharedSite,
    shared_site,
    varying_in,
)
from appo_tui.model.sharing.site_splitting import SplitSite
from puppet_grammar import nodes

if TYPE_CHECKING:
    from appo_tui.model.node_compilation import NodeCompilation

_ANEW = EachAnew()


# --- the site -------------------------------------------------------------------------------------


def evaluate_site(compilation: NodeCompilation) -> SharedSite | None:
    """Evaluate the site for a node, or find what it came to on a node that gave the same answers.

    Returns:
        The instances that it declares; None where they are among those that the node awaits.

    Raises:
        EvaluationError: the code can't be evaluated.
    """
    shared = compilation.shared
    known = None if shared.is_off else shared.sites.find(compilation)
    if isinstance(known, SharedSite):
        compilation.definitions.ledger.needs.update(known.needs)
        compilation.declare_site()
        return known
    enough = known is not None or shared.different_sites >= ENOUGH_SITES
    is_ordinary = shared.mapping_fault is None and not compilation.has_facts_in_the_way
    parts = shared.site_parts if enough and is_ordinary else None
    if parts is not None:
        _evaluate_parts(compilation, parts)
        return None
    if known is not None or shared.is_off or shared.room <= 0:
        compilation.evaluate_site()
        return None
    return _evaluated_site(compilation)


def _evaluate_parts(compilation: NodeCompilation, parts: SplitSite) -> None:
    """Evaluate what of the site may matter to a node."""
    site, definition = compilation.declare_site(), compilation.definitions.site
    assert site is not None
    assert definition is not None
    needs = compilation.definitions.ledger.needs
    needs[definition.need] = None
    needs.update(compilation.shared.environment.site_needs)
    scope = code_scope(compilation, site, definition)
    parts.around(scope)
    certname = str(compilation.node.certname)
    found: dict[int, nodes.BlockExpression | list[InstancePart]] = {**parts.on_node(certname)}
    for part in compilation.shared.on_node(certname):
        position = parts.even.get(part.instance.key)
        waiting = found.setdefault(position, []) if position is not None else None
        if isinstance(waiting, list):
            waiting.append(part)
    for _, body in sorted(found.items(), key=itemgetter(0)):
        if isinstance(body, list):
            compilation.await_parts(body)
        else:
            run_body(compilation, replace(definition, body=body), scope)


def _evaluated_site(compilation: NodeCompilation) -> SharedSite | None:
    """Evaluate the site, and remember what it came to if that holds for others."""
    compilation.shared.different_sites += 1
    effects, declared = _effects(compilation), len(compilation.applications)
    variables = compilation.top.variables
    asked = listen(compilation)
    asked.note(DefaultsQuestion())
    was_read = True
    ledger = compilation.definitions.ledger
    try:
        with ledger.apart() as noted:
            compilation.evaluate_site()
        ledger.needs.update(noted.needs)
        was_read = compilation.node.was_read
    finally:
        stop_listening(compilation, variables)
        if was_read:
            compilation.shared.sites.add(asked, _ANEW)
    added = 1 if compilation.definitions.site is not None else 0
    if was_read or _effects(compilation) != (effects[0] + added, *effects[1:]):
        compilation.shared.sites.add(asked, _ANEW)
        return None
    made = shared_site(
        [waiting.resource for waiting in compilation.applications[declared:]],
        str(compilation.node.certname),
        noted.needs,
    )
    del compilation.applications[declared:]
    compilation.shared.sites.add(asked, made)
    compilation.shared.room -= len(made.instances)
    return made


def _effects(compilation: NodeCompilation) -> tuple[int, ...]:
    """How much there is that shared code may not add to."""
    catalog = compilation.catalog
    return (
        len(list(catalog)), len(catalog.relationships), len(catalog.overrides), len(compilation.collectors),
        len(compilation.to_realize), len(compilation.class_scopes),
    )  # fmt: skip


# --- an instance's body ---------------------------------------------------------------------------


def find_body(compilation: NodeCompilation, instance: Resource, original: Resource) -> SharedBody | None:
    """What the body of an instance declares; None if the node has to evaluate it by itself.

    Args:
        compilation: that of the node.
        instance: the instance as this node has it.
        original: the instance by which what others found out is kept.
    """
    shared = compilation.shared
    bodies = shared.bodies(original)
    known = bodies.find(compilation)
    if known is None and shared.room > 0:
        known = _evaluated(compilation, instance, original)
    return known if isinstance(known, SharedBody) else None


def _evaluated(
    compilation: NodeCompilation, instance: Resource, original: Resource
) -> SharedBody | EachAnew:
    """Evaluate a body with all its components, in a catalog of its own."""
    kept = (
        compilation.catalog, compilation.collectors, compilation.to_realize, compilation.applications,
        compilation.mapped_here, compilation.top.variables,
    )  # fmt: skip
    compilation.catalog, compilation.collectors, compilation.to_realize = Catalog(), [], []
    compilation.applications = []
    asked = listen(compilation)
    made: SharedBody | EachAnew = _ANEW
    try:
        made = _declared(compilation, instance.redeclared())
    except (EvaluationError, ControlSignal, FunctionError, HieraError):
        made = _ANEW  # the node evaluates it again, and finds the fault in its place
    finally:
        (
            compilation.catalog, compilation.collectors, compilation.to_realize, compilation.applications,
            compilation.mapped_here,
        ) = kept[:-1]  # fmt: skip
        stop_listening(compilation, kept[-1])
    compilation.shared.bodies(original).add(asked, made)
    if isinstance(made, SharedBody):
        compilation.shared.room -= len(made.components)
    return made


def _declared(compilation: NodeCompilation, instance: Resource) -> SharedBody | EachAnew:
    definition, ledger = instance.definition, compilation.definitions.ledger
    assert definition is not None
    compilation.catalog.add(instance)
    compilation.mapped_here = frozenset(assignments(instance))
    scopes = len(compilation.class_scopes)
    with ledger.apart() as noted:
        ledger.needs[definition.need] = None
        scope = code_scope(compilation, instance, definition)
        set_parameters(compilation, instance, definition, scope)
        compilation.interpreter.evaluate(compilation.shared.deferred_body(definition), scope)
    catalog = compilation.catalog
    reaches_further = (
        catalog.relationships or catalog.overrides or compilation.collectors or compilation.to_realize
    )
    if compilation.node.was_read or reaches_further or compilation.applications:
        return _ANEW
    components = tuple(resource for resource in catalog if resource is not instance)
    if len(compilation.class_scopes) != scopes or any(map(_is_unfit, components)):
        return _ANEW
    for component in components:
        component.declared = dict(component.parameters)
    return SharedBody(
        str(compilation.node.certname),
        dict(instance.parameters),
        components,
        {component.key: index for index, component in enumerate(components)},
        varying_in((instance, *components)),
        noted.needs,
    )


def _is_unfit(component: Resource) -> bool:
    """Whether it is no component, or one whose name may hang on the node."""
    deferred = any(isinstance(item.value, Deferred) for item in component.parameters.values())
    return component.kind == "application" or (component.kind == "native" and deferred)


def declare_here(
    compilation: NodeCompilation, instance: Resource, body: SharedBody, keys: frozenset[Key]
) -> None:
    """Put an instance and those of its components that are on a node into the node's catalog."""
    compilation.definitions.ledger.needs.update(body.needs)
    instance.parameters = dict(body.parameters)
    set_varying(compilation, instance, body.varying, body.made_on)
    if "title" not in instance.parameters:  # which only the last check sees
        compilation.checked.add(instance)
    compilation.catalog.add(instance)
    for position in sorted(body.positions[key] for key in keys if key in body.positions):
        component = body.components[position].redeclared()
        set_varying(compilation, component, body.varying, body.made_on)
        compilation.catalog.add(component)
        if component.kind != "class":
            compilation.catalog.contain(instance, component)


def set_varying(
    compilation: NodeCompilation, resource: Resource, varying: dict[Key, tuple[str, ...]], made_on: str
) -> None:
    """Give a resource from another node's code what is another value on this one."""
    for name in varying.get(resource.key, ()):
        parameter = resource.parameters[name]
        if isinstance(parameter.value, Deferred):
            changed = undeferred(parameter, compilation.interpreter, compilation.top, made_on)
        else:
            value = as_on(parameter.value, made_on, str(compilation.node.certname))
            changed = msgspec.structs.replace(parameter, value=value)
        resource.parameters[name] = changed
