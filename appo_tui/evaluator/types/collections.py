"""The types of values made of values.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_abstract.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.scalars import Any, Integer, Unit

ANY_SIZE = Integer(0)
EMPTY_SIZE = Integer(0, 0)


@dataclass(frozen=True, slots=True)
class Collection(PuppetType):
    """Arrays and hashes."""

    keyword: ClassVar[str] = "Collection"
    size: Integer | None = None


@dataclass(frozen=True, slots=True)
class Iterable(Containing):
    """What can be iterated over, and its elements' type."""

    keyword: ClassVar[str] = "Iterable"


@dataclass(frozen=True, slots=True)
class Iterator(Containing):
    """What an iterating function without a block gives."""

    keyword: ClassVar[str] = "Iterator"


@dataclass(frozen=True, slots=True)
class Array(PuppetType):
    """Arrays whose elements are all of one type."""

    keyword: ClassVar[str] = "Array"
    element: PuppetType = field(default_factory=Any)
    size: Integer | None = None


@dataclass(frozen=True, slots=True)
class Hash(PuppetType):
    """Hashes whose keys are all of one type, and the values too."""

    keyword: ClassVar[str] = "Hash"
    key: PuppetType = field(default_factory=Any)
    value: PuppetType = field(default_factory=Any)
    size: Integer | None = None


@dataclass(frozen=True, slots=True)
class Tuple(PuppetType):
    """Arrays with a type for each place; the last type is repeated where ``size`` allows for more."""

    keyword: ClassVar[str] = "Tuple"
    types: tuple[PuppetType, ...] = ()
    size: Integer | None = None

    @property
    def size_range(self) -> Integer:
        """How many elements there can be."""
        if self.size is not None:
            return self.size
        return Integer(len(self.types), len(self.types)) if self.types else ANY_SIZE


@dataclass(frozen=True, slots=True)
class Element:
    """One key of a ``Struct``."""

    name: str
    value: PuppetType
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Struct(PuppetType):
    """Hashes with exactly these keys."""

    keyword: ClassVar[str] = "Struct"
    elements: tuple[Element, ...] = ()


EMPTY_ARRAY = Array(Unit(), EMPTY_SIZE)
EMPTY_HASH = Hash(Unit(), Unit(), EMPTY_SIZE)
