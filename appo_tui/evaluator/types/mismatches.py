"""What is wrong with a value of the wrong type, in Puppet's words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum as Choice

from appo_tui.evaluator.types.assignability import is_assignable
from appo_tui.evaluator.types.collections import Array, Hash, Struct, Tuple
from appo_tui.evaluator.types.compounds import Optional, TypeAlias, Variant
from appo_tui.evaluator.types.inference import generalize, one_of
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.normalization import normalize
from appo_tui.evaluator.types.printing import type_to_expanded_string
from appo_tui.evaluator.types.scalars import Integer, String


class StepKind(Choice):
    """What a step on the way to a mismatch is, and how it reads."""

    SUBJECT = "{}"
    ENTRY = "entry '{}'"
    KEY = "key of entry '{}'"
    PARAMETER = "parameter '{}'"
    INDEX = "index {}"
    VARIANT = "variant {}"
    SIGNATURE = "{}."


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the whole value to the part that is wrong."""

    kind: StepKind
    name: str | int

    def __str__(self) -> str:
        return self.kind.value.format(self.name)


Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is wrong, and where in the value."""

    path: Path

    @property
    def canonical_path(self) -> Path:
        """The path without the alternatives that were tried on it."""
        return tuple(
            step for step in self.path if step.kind not in (StepKind.VARIANT, StepKind.SIGNATURE)
        )

    def without_step(self, index: int) -> Mismatch:
        """The same with one step of the path left out."""
        return replace(self, path=self.path[:index] + self.path[index + 1 :])

    def merged(self, _other: Mismatch) -> Mismatch:
        """One mismatch that stands for both."""
        return self

    def __str__(self) -> str:
        path = self.path
        alternative = ""
        if path and path[0].kind is StepKind.SIGNATURE:
            alternative, path = f" {path[0]}", path[1:]
        position = "".join(f" {step}" for step in path)
        return f"{alternative}{position} {self.complaint()}"

    def complaint(self) -> str:
        """What is said after the path."""
        return "unknown mismatch"


@dataclass(frozen=True, slots=True)
class KeyMismatch(Mismatch):
    """A key that is missing or too many."""

    key: str


class MissingKey(KeyMismatch):
    """A required key of a struct is not there."""

    __slots__ = ()

    def complaint(self) -> str:
        """Names the key."""
        return f"expects a value for key '{self.key}'"


class MissingParameter(KeyMismatch):
    """A required parameter has no value."""

    __slots__ = ()

    def complaint(self) -> str:
        """Names the parameter."""
        return f"expects a value for parameter '{self.key}'"


class ExtraneousKey(KeyMismatch):
    """A key that the struct does not have."""

    __slots__ = ()

    def complaint(self) -> str:
        """Names the key."""
        return f"unrecognized key '{self.key}'"


class InvalidParameter(KeyMismatch):
    """A parameter that does not exist."""

    __slots__ = ()

    def complaint(self) -> str:
        """Names the parameter."""
        return f"has no parameter named '{self.key}'"


class UnexpectedBlock(Mismatch):
    """A block was given to what takes none."""

    __slots__ = ()

    def complaint(self) -> str:
        """Says that."""
        return "does not expect a block"


class MissingBlock(Mismatch):
    """A block is needed."""

    __slots__ = ()

    def complaint(self) -> str:
        """Says that."""
        return "expects a block"


@dataclass(frozen=True, slots=True)
class UnresolvedType(Mismatch):
    """The expected type names a type that does not exist."""

    name: str

    def complaint(self) -> str:
        """Names the type."""
        return f"references an unresolved type '{self.name}'"


@dataclass(frozen=True, slots=True)
class TypeMismatch(Mismatch):
    """Another type was expected. Both types are in their simplest form."""

    expected: PuppetType
    actual: PuppetType

    def merged(self, other: Mismatch) -> Mismatch:
        """One mismatch that expects either type."""
        if not isinstance(other, TypeMismatch):
            return self
        return replace(self, expected=normalize(one_of((self.expected, other.expected))))

    def complaint(self) -> str:
        """Names both types, in full only where short names would not tell them apart."""
        expected, optional = self.expected, False
        if isinstance(expected, Optional) and expected.contained is not None:
            expected, optional = expected.contained, True
        alternatives = expected.types if isinstance(expected, Variant) else (expected,)
        if _needs_detail(alternatives, self.actual):
            actual = _detailed(alternatives, self.actual)
            names = [type_to_expanded_string(one) for one in alternatives]
        else:
            actual = self.actual.short_name
            names = list(dict.fromkeys(one.short_name for one in alternatives))
        if optional:
            names.insert(0, "Undef")
        if len(names) == 1:
            return f"expects {with_article(names[0])} value, got {actual}"
        listed = " or ".join(names) if len(names) == 2 else f"{', '.join(names[:-1])}, or {names[-1]}"
        return f"expects a value of type {listed}, got {actual}"


class PatternMismatch(TypeMismatch):
    """A string does not match."""

    __slots__ = ()

    def complaint(self) -> str:
        """Names what was to be matched, and the string."""
        expected, prefix = self.expected, ""
        if isinstance(expected, Optional) and expected.contained is not None:
            expected, prefix = expected.contained, "an undef value or "
        actual = self.actual
        if isinstance(actual, String) and actual.value is not None:
            found = f"'{actual.value}'"
        else:
            found = actual.short_name
        return f"expects {prefix}a match for {type_to_expanded_string(expected)}, got {found}"


@dataclass(frozen=True, slots=True)
class SizeMismatch(Mismatch):
    """Too few or too many elements, or characters."""

    expected: Integer
    actual: Integer

    def merged(self, other: Mismatch) -> Mismatch:
        """One mismatch with the wider range."""
        if not isinstance(other, SizeMismatch):
            return self
        low = min(self.expected.minimum or 0, other.expected.minimum or 0)
        highs = (self.expected.maximum, other.expected.maximum)
        high = None if None in highs else max(one for one in highs if one is not None)
        return replace(self, expected=Integer(low, high))

    def complaint(self) -> str:
        """Names both sizes."""
        expected, actual = _range_text(self.expected, "0"), _range_text(self.actual, "0")
        return f"expects size to be {expected}, got {actual}"


class CountMismatch(SizeMismatch):
    """Too few or too many arguments."""

    __slots__ = ()

    def complaint(self) -> str:
        """Names both counts."""
        low, high = self.expected.minimum or 0, self.expected.maximum
        single = (low == 1 and high in (1, None)) or (low == 0 and high == 1)
        expected, actual = _range_text(self.expected, "no"), _range_text(self.actual, "none")
        return f"expects {expected} argument{'' if single else 's'}, got {actual}"


def with_article(name: str) -> str:
    """``name`` after its indefinite article."""
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _range_text(size: Integer, zero: str) -> str:
    low, high = size.minimum or 0, size.maximum
    if low == high:
        return zero if low == 0 else str(low)
    if low == 0:
        return "unlimited" if high is None else f"at most {high}"
    return f"at least {low}" if high is None else f"between {low} and {high}"


def _is_close(expected: PuppetType, actual: PuppetType) -> bool:
    """Whether the two types are of one kind, so that only their parameters tell them apart."""
    return (
        type(expected) is type(actual)
        or isinstance(expected, TypeAlias)
        or isinstance(actual, TypeAlias)
        or (isinstance(expected, Struct) and isinstance(actual, Hash))
        or (isinstance(expected, Tuple) and isinstance(actual, Array))
    )


def _needs_detail(alternatives: tuple[PuppetType, ...], actual: PuppetType) -> bool:
    return any(_is_close(one, actual) or _accepts_without_parameters(one, actual) for one in alternatives)


def _accepts_without_parameters(expected: PuppetType, actual: PuppetType) -> bool:
    if isinstance(expected, TypeAlias):
        return _accepts_without_parameters(expected.resolve(), actual)
    if isinstance(expected, Variant):
        return False
    return is_assignable(type(expected)(), actual)


def _resolved(one: PuppetType) -> PuppetType:
    while isinstance(one, TypeAlias):
        one = one.resolve()
    return one


def _detailed(alternatives: tuple[PuppetType, ...], actual: PuppetType) -> str:
    resolved = tuple(_resolved(one) for one in alternatives)
    general = generalize(actual)
    if any(_is_close(one, actual) or is_assignable(one, general) for one in resolved):
        return type_to_expanded_string(actual)
    return actual.keyword


