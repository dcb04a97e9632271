"""The types of single values.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_type.html
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import ClassVar

from appo_tui.evaluator import values
from appo_tui.evaluator.types import times
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.versions import SemVerRange as VersionRange


@dataclass(frozen=True, slots=True)
class Any(PuppetType):
    """Every value."""


@dataclass(frozen=True, slots=True)
class Unit(PuppetType):
    """The type of what cannot be known: assignable to every type, and every type to it."""

    keyword: ClassVar[str] = "Unit"


@dataclass(frozen=True, slots=True)
class Undef(PuppetType):
    """``undef``."""

    keyword: ClassVar[str] = "Undef"


@dataclass(frozen=True, slots=True)
class Default(PuppetType):
    """``default``."""

    keyword: ClassVar[str] = "Default"


@dataclass(frozen=True, slots=True)
class Scalar(PuppetType):
    """Numbers, strings, booleans, regular expressions, versions and times."""

    keyword: ClassVar[str] = "Scalar"


@dataclass(frozen=True, slots=True)
class ScalarData(PuppetType):
    """The scalars that JSON has."""

    keyword: ClassVar[str] = "ScalarData"


@dataclass(frozen=True, slots=True)
class Numeric(PuppetType):
    """Integers and floats."""

    keyword: ClassVar[str] = "Numeric"


@dataclass(frozen=True, slots=True)
class Boolean(PuppetType):
    """``true`` and ``false``, or just ``value``."""

    keyword: ClassVar[str] = "Boolean"
    value: bool | None = None


@dataclass(frozen=True, slots=True)
class Integer(PuppetType):
    """Integers of a range, both ends included; None leaves an end open. Sizes are ranges too."""

    keyword: ClassVar[str] = "Integer"
    minimum: int | None = None
    maximum: int | None = None

    @property
    def low(self) -> float:
        """The lower end, as a number to compare with."""
        return -inf if self.minimum is None else self.minimum

    @property
    def high(self) -> float:
        """The upper end, as a number to compare with."""
        return inf if self.maximum is None else self.maximum


@dataclass(frozen=True, slots=True)
class Float(PuppetType):
    """Floats of a range, both ends included; None leaves an end open."""

    keyword: ClassVar[str] = "Float"
    minimum: float | None = None
    maximum: float | None = None

    @property
    def low(self) -> float:
        """The lower end, as a number to compare with."""
        return -inf if self.minimum is None else self.minimum

    @property
    def high(self) -> float:
        """The upper end, as a number to compare with."""
        return inf if self.maximum is None else self.maximum


@dataclass(frozen=True, slots=True)
class String(PuppetType):
    """Strings whose length is in ``size``, or the one string ``value``."""

    keyword: ClassVar[str] = "String"
    size: Integer | None = None
    value: str | None = None

    @property
    def derived_size(self) -> Integer:
        """The range of lengths, that of ``value`` included."""
        if self.value is not None:
            return Integer(len(self.value), len(self.value))
        return self.size or Integer(0)


@dataclass(frozen=True, slots=True)
class Enum(PuppetType):
    """One of some strings, kept in sorted order; no strings at all stand for any string."""

    keyword: ClassVar[str] = "Enum"
    values: tuple[str, ...] = ()
    ignores_case: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(sorted(set(self.values))))


@dataclass(frozen=True, slots=True)
class Pattern(PuppetType):
    """Strings that match one of some regular expressions; none stand for any string."""

    keyword: ClassVar[str] = "Pattern"
    patterns: tuple[values.Regexp, ...] = ()


@dataclass(frozen=True, slots=True)
class Regexp(PuppetType):
    """Regular expressions, or just ``pattern``."""

    keyword: ClassVar[str] = "Regexp"
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class SemVer(PuppetType):
    """Versions, or those in one of ``ranges``."""

    keyword: ClassVar[str] = "SemVer"
    ranges: tuple[VersionRange, ...] = ()


@dataclass(frozen=True, slots=True)
class SemVerRange(PuppetType):
    """Ranges of versions."""

    keyword: ClassVar[str] = "SemVerRange"


@dataclass(frozen=True, slots=True)
class Timestamp(PuppetType):
    """Points in time."""

    keyword: ClassVar[str] = "Timestamp"
    minimum: times.Timestamp | None = None
    maximum: times.Timestamp | None = None

    @property
    def low(self) -> float:
        """The lower end in nanoseconds, as a number to compare with."""
        return -inf if self.minimum is None else self.minimum.nanoseconds

    @property
    def high(self) -> float:
        """The upper end in nanoseconds, as a number to compare with."""
        return inf if self.maximum is None else self.maximum.nanoseconds


@dataclass(frozen=True, slots=True)
class Timespan(PuppetType):
    """Durations."""

    keyword: ClassVar[str] = "Timespan"
    minimum: times.Timespan | None = None
    maximum: times.Timespan | None = None

    @property
    def low(self) -> float:
        """The lower end in nanoseconds, as a number to compare with."""
        return -inf if self.minimum is None else self.minimum.nanoseconds

    @property
    def high(self) -> float:
        """The upper end in nanoseconds, as a number to compare with."""
        return inf if self.maximum is None else self.maximum.nanoseconds


@dataclass(frozen=True, slots=True)
class Binary(PuppetType):
    """Bytes."""

    keyword: ClassVar[str] = "Binary"


@dataclass(frozen=True, slots=True)
class URI(PuppetType):
    """Uniform resource identifiers, or those whose parts are these.

    Attributes:
        parts: name -> what it must be: a text, a number, a regular expression or a type.
    """

    keyword: ClassVar[str] = "URI"
    parts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Error(PuppetType):
    """What a failed plan or task gives."""

    keyword: ClassVar[str] = "Error"


@dataclass(frozen=True, slots=True)
class Runtime(PuppetType):
    """A class of the runtime that Puppet itself is written in: never the type of a value here."""

    keyword: ClassVar[str] = "Runtime"
    runtime: str | None = None
    name: str | None = None
