"""The model: what an environment declares, resolved. Values only; nothing here changes.

References are written as Puppet prints them, without quotes: ``Lamp[app1]``, ``Lamp::Db[app1]``. What a model
has thousands of are Structs: several times cheaper to make and to hand to another process than dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin
from appo_tui.evaluator.values import Value
from appo_tui.model.diagnostics import Diagnostic


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """A parameter of an instance or a component, or an attribute of a service resource.

    ``value`` may be ``Unknown`` or ``Sensitive``. ``secret`` is true for what must not be shown, which
    includes values that are not of type Sensitive but have a secret's name.
    """

    name: str
    value: Value
    origin: Origin
    secret: bool = False


@dataclass(frozen=True, slots=True)
class ParameterDeclaration:
    """A parameter of an application's definition: its type and default as they were written."""

    name: str
    type_source: str | None
    default_source: str | None


@dataclass(frozen=True, slots=True)
class Application:
    """An application's definition; ``name`` is capitalised as in references (``Lamp``)."""

    name: str
    parameters: tuple[ParameterDeclaration, ...]
    place: Place


class Instance(msgspec.Struct, frozen=True):
    """An application instance, such as ``Lamp[app1]``.

    ``components`` holds references in declaration order; the keys of Model.components.
    """

    reference: str
    type: str
    title: str
    parameters: Mapping[str, Attribute]
    components: tuple[str, ...]
    place: Place


class Component(msgspec.Struct, frozen=True):
    """A component of an instance.

    Attributes:
        reference: ``Lamp::Db[app1]``.
        type: ``Lamp::Db``, or ``Class`` for a class component.
        title: ``app1``.
        kind: what the type is.
        instance: the reference of its instance.
        node: the certname that it is assigned to; None where the mapping is broken (see diagnostics).
        parameters: final parameters as its node's catalog has them, without export and consume.
        exports: references of the service resources that it produces.
        consumes: references that it consumes, in order.
        requires: service resources under ``require`` or ``subscribe``: order without data.
        place: its declaration.
        definition: its define or class; None for a native type.
        computed: the Puppet expressions of the defaults that only its node can compute.
        received: of the consumed parameters that are not known before a run, the service resource's
            reference and the Puppet expression that takes the value out of its attributes.
    """

    reference: str
    type: str
    title: str
    kind: Literal["definition", "class", "native"]
    instance: str
    node: str | None
    parameters: Mapping[str, Attribute]
    exports: tuple[str, ...]
    consumes: tuple[str, ...]
    requires: tuple[str, ...]
    place: Place
    definition: Place | None = None
    computed: Mapping[str, str] = msgspec.field(default_factory=dict)
    received: Mapping[str, tuple[str, str]] = msgspec.field(default_factory=dict)


class ServiceResource(msgspec.Struct, frozen=True):
    """A service resource, such as ``Sql[app1]``, with the values that flow through it.

    ``attributes`` are as its producer's catalog makes them. ``provider`` tells whether its type brings a
    provider, which then tests it on each consuming node. ``computed`` has the Puppet expressions of those
    attributes that only the producer's node can compute.
    """

    reference: str
    type: str
    title: str
    producer: str
    attributes: Mapping[str, Attribute]
    place: Place
    provider: bool = False
    computed: Mapping[str, str] = msgspec.field(default_factory=dict)


class Binding(msgspec.Struct, frozen=True, gc=False):
    """One producer, one service resource, one consumer, by reference."""

    producer: str
    service_resource: str
    consumer: str
    kind: Literal["consume", "require"]


class Node(msgspec.Struct, frozen=True, gc=False):
    """A node that has components: their references in declaration order.

    ``facts_known`` is false where only fqdn, hostname, certname and clientcert are known of it.
    """

    certname: str
    components: tuple[str, ...]
    facts_known: bool


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that the environment's files and the given facts say.

    The mappings are keyed by reference (nodes: certname) in declaration order. ``digest`` is a hex
    SHA-256 of what the model was made from: equal digests mean equal models. Diagnostics are sorted by
    severity, then place.
    """

    environment: str
    root: Path
    applications: Mapping[str, Application]
    instances: Mapping[str, Instance]
    components: Mapping[str, Component]
    service_resources: Mapping[str, ServiceResource]
    bindings: tuple[Binding, ...]
    nodes: Mapping[str, Node]
    diagnostics: tuple[Diagnostic, ...]
    digest: str
