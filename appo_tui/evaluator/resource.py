"""Resources as they are declared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

from appo_tui.environment.places import Place
from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.origins import Origin
from appo_tui.evaluator.types import ClassType, PuppetType, ResourceType
from appo_tui.evaluator.values import Value

if TYPE_CHECKING:
    from appo_tui.evaluator.definitions import Definition
    from appo_tui.evaluator.native_types import NativeType
    from appo_tui.evaluator.scope import Scope

SPLAT = "*"
"""The name under which attributes stand that are not known: ``* =>`` and an Unknown."""

Kind = Literal["define", "class", "application", "native", "site", "node"]


class Parameter(msgspec.Struct, frozen=True):
    """A parameter's value as it was set.

    Attributes:
        name: the parameter.
        value: its value; None is undef.
        origin: where the value came from.
        place: the attribute in the declaration.
        source: the definition whose code set it.
        appends: it was set with ``+>``.
    """

    name: str
    value: Value
    origin: Origin
    place: Place | None = None
    source: object = None
    appends: bool = False


class Resource:
    """A resource in a catalog that is being compiled; it changes until the catalog is finished.

    Attributes:
        type_name: ``Lamp::Db``, ``Class``, ``Node``, ``Site``.
        title: as written; for a class its capitalised name.
        kind: what sort of type it is of.
        definition: the define, class, application, site or node block; None for native types.
        native: the native type, for resources of one.
        scope: where it was declared.
        place: file and line of the declaration.
        container: the resource whose code declared it; None for classes, which are not contained.
        declared: its parameters as the environment's code declared them, before the catalog was finished.
        tags: what ``tag()`` in its code has marked it with.
    """

    __slots__ = (
        "container",
        "declared",
        "definition",
        "evaluated",
        "exported",
        "kind",
        "native",
        "parameters",
        "place",
        "position",
        "producer",
        "scope",
        "tags",
        "title",
        "type_name",
        "unevaluated_consumer",
        "virtual",
    )

    def __init__(
        self,
        type_name: str,
        title: str,
        kind: Kind,
        scope: Scope,
        place: Place | None,
        *,
        definition: Definition | None = None,
        native: NativeType | None = None,
    ) -> None:
        self.type_name = type_name
        self.title = title
        self.kind = kind
        self.scope = scope
        self.place = place
        self.position = place
        self.definition = definition
        self.native = native
        self.parameters: dict[str, Parameter] = {}
        self.declared: dict[str, Parameter] = {}
        self.tags: frozenset[str] = frozenset()
        self.container: Resource | None = None
        self.evaluated = False
        self.exported = False
        self.virtual = False
        self.producer: str | None = None
        self.unevaluated_consumer = False

    @property
    def reference(self) -> str:
        """``Lamp::Db[app1]``."""
        return f"{self.type_name}[{self.title}]"

    @property
    def key(self) -> tuple[str, str]:
        """What it is found by."""
        return (self.type_name, self.title)

    def redeclared(self) -> Resource:
        """The same declaration for another catalog."""
        copy = Resource(
            self.type_name, self.title, self.kind, self.scope, self.place,
            definition=self.definition, native=self.native,
        )  # fmt: skip
        copy.declared = self.declared
        copy.parameters = dict(self.declared)
        copy.virtual, copy.exported = self.virtual, self.exported
        return copy

    @property
    def is_absent(self) -> bool:
        """Whether it is virtual and so not part of the finished catalog."""
        return self.virtual and not self.exported

    @property
    def is_capability(self) -> bool:
        """Whether it is a service resource."""
        return self.native is not None and self.native.is_capability

    @property
    def is_found(self) -> bool:
        """Whether it is a service resource that another node has made."""
        return self.place is None and self.producer is None and self.is_capability

    @property
    def is_from_mapping(self) -> bool:
        """Whether it is a service resource that a component has made, here or on another node."""
        return self.producer is not None or self.is_found

    def value(self, name: str) -> Value:
        """A parameter's value; None when it is not set."""
        parameter = self.parameters.get(name)
        return None if parameter is None else parameter.value

    def as_type(self) -> PuppetType:
        """The reference to it."""
        if self.kind == "class":
            return ClassType(self.title.lower())
        return ResourceType(self.type_name, self.title)


@dataclass(frozen=True, slots=True, eq=False)
class CatalogReference(ResourceType):
    """A reference that was given as a parameter: what Puppet's catalog makes of it.

    It is the same reference, but interpolated its title has no quotes: ``Node[web1]``.
    """


def as_stored(value: Value) -> Value:
    """A value as a parameter has it: references in it are those of the catalog."""
    if type(value) is str:  # as most are
        return value
    if isinstance(value, ResourceType) and value.type_name is not None:
        return CatalogReference(value.type_name, value.title or "")
    if isinstance(value, ClassType) and value.name is not None:
        return CatalogReference("Class", capitalised(value.name))
    if isinstance(value, tuple):
        return tuple(as_stored(item) for item in value)
    if isinstance(value, dict):
        return {key_of(as_stored(key)): as_stored(item) for key, item in value.items()}
    return value


def as_written(value: Value) -> Value:
    """A parameter's value with references as code has them, which messages about types print."""
    if isinstance(value, CatalogReference):
        return ResourceType(value.type_name, value.title)
    if isinstance(value, tuple):
        return tuple(as_written(item) for item in value)
    if isinstance(value, dict):
        return {key_of(as_written(key)): as_written(item) for key, item in value.items()}
    return value


@lru_cache(maxsize=8192)
def capitalised(name: str) -> str:
    """A type's name as references write it: ``lamp::db`` is ``Lamp::Db``."""
    return "::".join(part.capitalize() for part in name.removeprefix("::").split("::"))
