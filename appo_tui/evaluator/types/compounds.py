"""The types made of types, and those of types themselves.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_abstract.html
"""

from __future__ import annotations

import collections.abc
from dataclasses import dataclass, field
from typing import ClassVar

from appo_tui.evaluator.types.collections import Tuple
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.values import Value


@dataclass(frozen=True, slots=True)
class Variant(PuppetType):
    """What is of at least one of some types."""

    keyword: ClassVar[str] = "Variant"
    types: tuple[PuppetType, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variant) and frozenset(self.types) == frozenset(other.types)

    def __hash__(self) -> int:
        return hash(frozenset(self.types))


@dataclass(frozen=True, slots=True)
class Optional(Containing):
    """What may be undef."""

    keyword: ClassVar[str] = "Optional"


@dataclass(frozen=True, slots=True)
class NotUndef(Containing):
    """What may not be undef."""

    keyword: ClassVar[str] = "NotUndef"


@dataclass(frozen=True, slots=True)
class Sensitive(Containing):
    """Values that must not be shown."""

    keyword: ClassVar[str] = "Sensitive"


@dataclass(frozen=True, slots=True)
class Type(Containing):
    """Types that are assignable to ``contained``."""

    keyword: ClassVar[str] = "Type"


@dataclass(frozen=True, slots=True)
class Init(PuppetType):
    """What a new value of ``contained`` can be made from."""

    keyword: ClassVar[str] = "Init"
    contained: PuppetType | None = None
    arguments: tuple[Value, ...] = ()

    @property
    def short_name(self) -> str:
        """The name with the contained type's."""
        return self.keyword if self.contained is None else f"{self.keyword}[{self.contained.short_name}]"


@dataclass(frozen=True, slots=True)
class Callable(PuppetType):
    """Blocks and functions. ``parameters`` is None where everything callable is meant."""

    keyword: ClassVar[str] = "Callable"
    parameters: Tuple | None = None
    block: PuppetType | None = None
    returns: PuppetType | None = None


@dataclass(frozen=True, slots=True)
class TypeAlias(PuppetType):
    """A name for a type, which may name itself. Two aliases of one name are the same.

    Attributes:
        name: as Puppet prints it, ``Stdlib::Port``.
        resolve: gives the type that the name stands for; it is called when the type is first needed.
    """

    keyword: ClassVar[str] = "TypeAlias"
    name: str
    resolve: collections.abc.Callable[[], PuppetType] = field(compare=False, repr=False)

    @property
    def short_name(self) -> str:
        """The alias's own name."""
        return self.name


@dataclass(frozen=True, slots=True)
class TypeReference(PuppetType):
    """A name that stands for no known type."""

    keyword: ClassVar[str] = "TypeReference"
    text: str = "UnresolvedReference"


@dataclass(frozen=True, slots=True)
class Object(PuppetType):
    """A user-defined type of objects. What it says of itself is not looked into."""

    keyword: ClassVar[str] = "Object"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TypeSet(PuppetType):
    """A set of named types."""

    keyword: ClassVar[str] = "TypeSet"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogEntry(PuppetType):
    """References to resources and classes."""

    keyword: ClassVar[str] = "CatalogEntry"


@dataclass(frozen=True, slots=True)
class ResourceType(CatalogEntry):
    """``Resource``, a resource type as ``Sql``, or a reference as ``Sql['a']``.

    Attributes:
        type_name: capitalised in each segment, ``Lamp::Db``; None is any resource.
        title: None is any title.
    """

    keyword: ClassVar[str] = "Resource"
    type_name: str | None = None
    title: str | None = None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ResourceType)
            and self.title == other.title
            and (self.type_name or "").lower() == (other.type_name or "").lower()
        )

    def __hash__(self) -> int:
        return hash(((self.type_name or "").lower(), self.title))

    @property
    def reference(self) -> str:
        """The reference as messages and the graph write it: ``Sql[a]``."""
        return f"{self.type_name or 'Resource'}[{self.title or ''}]"


@dataclass(frozen=True, slots=True)
class ClassType(CatalogEntry):
    """``Class``, or one class; ``name`` is in lower case and has no leading colons."""

    keyword: ClassVar[str] = "Class"
    name: str | None = None

    @property
    def reference(self) -> str:
        """The reference as messages write it: ``Class[Lamp::Db]``."""
        return f"Class[{'::'.join(part.capitalize() for part in (self.name or '').split('::'))}]"
