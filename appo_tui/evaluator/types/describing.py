"""Finding what is wrong with a value of the wrong type."""

from __future__ import annotations

from collections.abc import Iterable

from appo_tui.evaluator.types.assignability import UNDEF, is_assignable
from appo_tui.evaluator.types.assignability_scalars import size_holds
from appo_tui.evaluator.types.collections import ANY_SIZE, Array, Element, Hash, Struct, Tuple
from appo_tui.evaluator.types.compounds import Callable, Optional, TypeAlias, TypeReference, Variant
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.mismatches import (
    CountMismatch,
    ExtraneousKey,
    Mismatch,
    MissingBlock,
    MissingKey,
    Path,
    PatternMismatch,
    SizeMismatch,
    Step,
    StepKind,
    TypeMismatch,
    UnexpectedBlock,
    UnresolvedType,
)
from appo_tui.evaluator.types.normalization import normalize
from appo_tui.evaluator.types.scalars import Any, Enum, Integer, Pattern, String, Undef


def describe(expected: PuppetType, actual: PuppetType, path: Path) -> list[Mismatch]:
    """Everything about ``actual`` that keeps it from being an ``expected``; empty if nothing does."""
    unresolved = _unresolved_name(expected)
    if unresolved is not None:
        return [UnresolvedType(path, unresolved)]
    return _describe(normalize(expected), expected, actual, path)


def _unresolved_name(expected: PuppetType, within: frozenset[str] = frozenset()) -> str | None:
    """The first name in a type that stands for nothing; ``within`` are the aliases around it."""
    parts: Iterable[PuppetType]
    match expected:
        case TypeReference():
            return expected.text
        case TypeAlias():
            parts = (expected.resolve(),) if expected.name not in within else ()
            within |= {expected.name}
        case Containing(contained=PuppetType() as contained):
            parts = (contained,)
        case Array():
            parts = (expected.element,)
        case Hash():
            parts = (expected.key, expected.value)
        case Variant() | Tuple():
            parts = expected.types
        case Struct():
            parts = (one.value for one in expected.elements)
        case _:
            return None
    return next(filter(None, (_unresolved_name(part, within) for part in parts)), None)


def _describe(  # noqa: C901 - one line a kind of type
    expected: PuppetType, original: PuppetType, actual: PuppetType, path: Path
) -> list[Mismatch]:
    match expected:
        case Variant():
            return _variant(expected, original, actual, path)
        case Struct():
            return _struct(expected, original, actual, path)
        case Hash():
            return _hash(expected, original, actual, path)
        case Tuple():
            return _tuple(expected, original, actual, path, SizeMismatch)
        case Array():
            return _array(expected, original, actual, path)
        case Callable():
            return _callable(expected, original, actual, path)
        case Optional():
            if isinstance(actual, Undef) or expected.contained is None:
                return []
            kept = original if isinstance(original, TypeAlias) else expected
            return _describe(expected.contained, kept, actual, path)
        case Pattern() | Enum():
            return [PatternMismatch(path, normalize(original), normalize(actual))]
        case TypeAlias():
            return _describe(normalize(expected.resolve()), expected, actual, path)
    return [] if is_assignable(expected, actual) else [_wrong_type(path, original, actual)]


def _wrong_type(path: Path, expected: PuppetType, actual: PuppetType) -> TypeMismatch:
    return TypeMismatch(path, normalize(expected), normalize(actual))


def _variant(expected: Variant, original: PuppetType, actual: PuppetType, path: Path) -> list[Mismatch]:
    types = (Undef(), *expected.types) if isinstance(original, Optional) else expected.types
    found: list[list[Mismatch]] = []
    for index, alternative in enumerate(types):
        mismatches = describe(alternative, actual, (*path, Step(StepKind.VARIANT, index)))
        if not mismatches:
            return []
        found.append(mismatches)
    merged = merge(len(path), SizeMismatch, found)
    if isinstance(original, TypeAlias) and len(merged) == 1:
        return [_wrong_type(path, original, actual)]
    return merged


def merge(varying: int, sizes: type[SizeMismatch], found: list[list[Mismatch]]) -> list[Mismatch]:
    """The mismatches of several alternatives as one where they are of one kind and place.

    Args:
        varying: the index of the step that names the alternative.
        sizes: the kind of mismatch that sizes, or counts of arguments, are reported as.
        found: the mismatches of each alternative.
    """
    flat = [one for mismatches in found for one in mismatches]
    kinds: tuple[type[Mismatch], ...] = (sizes, MissingBlock, UnexpectedBlock, TypeMismatch)
    for kind in kinds:
        alike = [one for one in flat if isinstance(one, kind)]
        if len(alike) == len(found) and len({one.canonical_path for one in alike}) == 1:
            flat = [_merged(alike)]
            break
    return [flat[0].without_step(varying)] if len(flat) == 1 else flat


def _merged(alike: list[Mismatch]) -> Mismatch:
    first = alike[0]
    for one in alike[1:]:
        first = first.merged(one)
    return first


def _array(expected: Array, original: PuppetType, actual: PuppetType, path: Path) -> list[Mismatch]:
    if isinstance(actual, Tuple):
        size = actual.size_range
        if not size_holds(expected.size, size):
            return [SizeMismatch(path, expected.size or ANY_SIZE, size)]
        return [
            mismatch
            for index, part in enumerate(actual.types)
            if not is_assignable(expected.element, part)
            for mismatch in describe(expected.element, part, (*path, Step(StepKind.INDEX, index)))
        ]
    if isinstance(actual, Array):
        if expected.size is None or size_holds(expected.size, actual.size):
            return [_wrong_type(path, original, Array(actual.element))]
        return [SizeMismatch(path, expected.size, actual.size or ANY_SIZE)]
    return [_wrong_type(path, original, actual)]


def _hash(expected: Hash, original: PuppetType, actual: PuppetType, path: Path) -> list[Mismatch]:
    if isinstance(actual, Struct):
        size = _struct_size(actual)
        if not size_holds(expected.size, size):
            return [SizeMismatch(path, expected.size or ANY_SIZE, size)]
        return [mismatch for one in actual.elements for mismatch in _entry(expected, one, path)]
    if isinstance(actual, Hash):
        if expected.size is None or size_holds(expected.size, actual.size):
            return [_wrong_type(path, original, Hash(actual.key, actual.value))]
        return [SizeMismatch(path, expected.size, actual.size or ANY_SIZE)]
    return [_wrong_type(path, original, actual)]


def _entry(expected: Hash, element: Element, path: Path) -> list[Mismatch]:
    found: list[Mismatch] = []
    key = String(value=element.name)
    if not is_assignable(expected.key, key):
        found += describe(expected.key, key, (*path, Step(StepKind.KEY, element.name)))
    if not is_assignable(expected.value, element.value):
        found += describe(expected.value, element.value, (*path, Step(StepKind.ENTRY, element.name)))
    return found


def _struct_size(struct: Struct) -> Integer:
    required = sum(not element.optional for element in struct.elements)
    return Integer(required, len(struct.elements))


def _struct(expected: Struct, original: PuppetType, actual: PuppetType, path: Path) -> list[Mismatch]:
    if isinstance(actual, Hash):
        size = _struct_size(expected)
        if size_holds(size, actual.size):
            return [_wrong_type(path, original, Hash(actual.key, actual.value))]
        return [SizeMismatch(path, size, actual.size or ANY_SIZE)]
    if not isinstance(actual, Struct):
        return [_wrong_type(path, original, actual)]
    found: list[Mismatch] = []
    given = {element.name: element for element in actual.elements}
    for element in expected.elements:
        match = given.pop(element.name, None)
        if match is None:
            if not element.optional:
                found.append(MissingKey(path, element.name))
        elif not is_assignable(element.value, match.value):
            found += describe(element.value, match.value, (*path, Step(StepKind.ENTRY, element.name)))
    return found + [ExtraneousKey(path, name) for name in given]


def _tuple(
    expected: Tuple, original: PuppetType, actual: PuppetType, path: Path, sizes: type[SizeMismatch]
) -> list[Mismatch]:
    if expected == actual or (not expected.types and isinstance(actual, Array)):
        return []
    if not isinstance(actual, (Tuple, Array)):
        return [_wrong_type(path, original, actual)]
    size = actual.size_range if isinstance(actual, Tuple) else (actual.size or ANY_SIZE)
    if not size_holds(expected.size_range, size):
        return [sizes(path, expected.size_range, size)]
    if not expected.types:
        return []
    if isinstance(actual, Array):
        pairs = [(index, part, actual.element) for index, part in enumerate(expected.types)]
    else:
        last = len(expected.types) - 1
        pairs = [
            (min(index, last), expected.types[min(index, last)], part)
            for index, part in enumerate(actual.types)
        ]
    return [
        mismatch
        for index, wanted, part in pairs
        for mismatch in describe(wanted, part, (*path, Step(StepKind.INDEX, index)))
    ]


def _callable(expected: Callable, original: PuppetType, actual: PuppetType, path: Path) -> list[Mismatch]:
    if not isinstance(actual, Callable):
        return [_wrong_type(path, original, actual)]
    if expected.parameters is None and expected.returns is None:
        return []
    if expected.parameters is not None:
        offered = actual.parameters or Tuple()
        found = _tuple(expected.parameters, expected.parameters, offered, path, CountMismatch)
        if found:
            return found
    returns, returned = expected.returns or Any(), actual.returns or Any()
    if not is_assignable(returns, returned):
        return [_wrong_type((*path, Step(StepKind.SUBJECT, "return")), returns, returned)]
    block, given_block = expected.block or UNDEF, actual.block or UNDEF
    if not is_assignable(given_block, block):
        return [_wrong_type((*path, Step(StepKind.SUBJECT, "block")), block, given_block)]
    return []
