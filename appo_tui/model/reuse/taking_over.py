"""Taking over the site and instances' bodies from the last reading, and keeping them for the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appo_tui.environment.places import Place
from appo_tui.evaluator.consulting import Consulted
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.resource import Resource
from appo_tui.model.reuse.kept import KeptBody, KeptSite
from appo_tui.model.reuse.likeness import content
from appo_tui.model.validation import has_relationships

if TYPE_CHECKING:
    from appo_tui.model.environment_compilation import EnvironmentCompilation
    from appo_tui.model.reuse.rereading import Rereading


# --- the site -------------------------------------------------------------------------------------


def declare_kept_site(
    compilation: EnvironmentCompilation, rereading: Rereading, definition: Definition, main: Resource
) -> bool:
    """Declare the site as it was; False if it has to be evaluated.

    An instance whose body has to be evaluated is declared anew, since its parameters were finished then.
    """
    kept = rereading.last_site
    if kept is None:
        return False
    rereading.take_over(kept.consulted)
    site, catalog = kept.resource, compilation.catalog
    site.definition = definition
    catalog.add(site)
    catalog.contain(main, site)
    instances = tuple(_as_needed(instance, rereading) for instance in kept.instances)
    for instance in instances:
        instance.definition = compilation.definitions.applications[instance.type_name.lower()]
        catalog.add(instance)
        catalog.contain(site, instance)
    compilation.site = site
    rereading.site = KeptSite(kept.consulted, site, instances)
    return True


def _as_needed(instance: Resource, rereading: Rereading) -> Resource:
    body = rereading.last_bodies.get(instance)
    if body is not None and rereading.holds(body.consulted):
        return instance
    anew = instance.redeclared()
    anew.unevaluated_consumer = instance.unevaluated_consumer
    return anew


def keep_site(compilation: EnvironmentCompilation, rereading: Rereading, consulted: Consulted) -> None:
    """Keep the site, if nothing but instances is declared there."""
    site = compilation.site
    assert site is not None
    instances = tuple(compilation.catalog.children.get(site, ()))
    if compilation.node.catalog_was_read or any(
        item.kind != "application" or item.virtual for item in instances
    ):
        return
    rereading.site = KeptSite(rereading.consulted(consulted), site, instances)


def put_back_instances(compilation: EnvironmentCompilation, rereading: Rereading) -> None:
    """Let instances that the site declares as it did be those of the last reading, if their bodies hold."""
    site = compilation.site
    if site is None or not rereading.last_bodies:
        return
    earlier = {
        seen: instance
        for instance, body in rereading.last_bodies.items()
        if rereading.holds(body.consulted) and (seen := content(instance, instance.declared)) is not None
    }
    children = compilation.catalog.children.get(site, [])
    for index, instance in enumerate(children):
        seen = content(instance, instance.parameters) if instance.kind == "application" else None
        known = earlier.get(seen) if seen is not None else None
        if known is not None:
            known.definition, known.container = instance.definition, site
            compilation.catalog.replace(instance, known)
            children[index] = known


# --- an instance's body ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BodyBegun:
    """How things stood when a body began.

    Attributes:
        faults: the number of faults.
        declared: the number of resources.
        warnings: what was warned of before.
    """

    faults: int
    declared: int
    warnings: dict[tuple[str, Place], None]

    @classmethod
    def of(cls, compilation: EnvironmentCompilation) -> BodyBegun:
        """How they stand now; warnings are taken apart."""
        warnings, compilation.warnings = compilation.warnings, {}
        compilation.node.catalog_was_read = False
        return cls(len(compilation.faults), len(compilation.catalog), warnings)


def keep_body(
    compilation: EnvironmentCompilation,
    rereading: Rereading,
    instance: Resource,
    begun: BodyBegun,
    consulted: Consulted,
) -> None:
    """Keep what a body came to, if that is all that it did and hangs on nothing else that is declared."""
    catalog, warnings = compilation.catalog, tuple(compilation.warnings)
    begun.warnings.update(compilation.warnings)
    compilation.warnings = begun.warnings
    components = tuple(catalog.children.get(instance, ()))
    if compilation.node.catalog_was_read or len(compilation.faults) > begun.faults:
        return
    if len(catalog) - begun.declared != len(components):
        return
    if any(component.kind not in ("define", "native") for component in components):
        return
    reads_node = compilation.reads_node[instance.reference]
    related = tuple(item for item in (instance, *components) if has_relationships(compilation, item))
    rereading.bodies[instance] = KeptBody(
        rereading.consulted(consulted), components, related, reads_node, warnings
    )


def declare_kept_body(
    compilation: EnvironmentCompilation, rereading: Rereading, instance: Resource
) -> bool:
    """Declare what an instance's body declared the last time; False if it has to be evaluated."""
    body = rereading.last_bodies.get(instance)
    if body is None or not rereading.holds(body.consulted):
        return False
    rereading.take_over(body.consulted)
    catalog, definitions = compilation.catalog, compilation.definitions
    for component in body.components:
        if component.native is None:
            component.definition = definitions.defines[component.type_name.lower()]
        catalog.add(component)
    catalog.children[instance] = list(body.components)
    compilation.taken_over.add(instance)
    compilation.taken_over.update(body.components)
    compilation.settled.add(instance)
    compilation.settled.update(body.components)
    compilation.settled.difference_update(body.related)
    compilation.reads_node[instance.reference] = body.reads_node
    for warning in body.warnings:
        compilation.warnings[warning] = None
    rereading.bodies[instance] = body
    return True
