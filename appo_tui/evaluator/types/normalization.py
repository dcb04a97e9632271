"""Types in their simplest form: no needless wrapping, no overlapping alternatives."""

from __future__ import annotations

from appo_tui.evaluator.types.assignability import UNDEF, is_assignable
from appo_tui.evaluator.types.collections import Array, Collection, Element, Hash, Struct, Tuple
from appo_tui.evaluator.types.compounds import NotUndef, Optional, Variant
from appo_tui.evaluator.types.inference import one_of
from appo_tui.evaluator.types.kind import Containing, PuppetType
from appo_tui.evaluator.types.scalars import Enum, Float, Integer, Pattern, String, Undef


def normalize(written: PuppetType) -> PuppetType:
    """The type that says the same as ``written`` and which messages are made from."""
    match written:
        case Variant():
            return _variant(written)
        case Optional():
            return _optional(written)
        case NotUndef():
            return _not_undef(written)
        case Containing(contained=PuppetType() as contained):
            return type(written)(normalize(contained))
        case Array():
            return Array(normalize(written.element), written.size)
        case Hash():
            return Hash(normalize(written.key), normalize(written.value), written.size)
        case Tuple():
            return Tuple(tuple(normalize(part) for part in written.types), written.size)
        case Struct():
            return Struct(
                tuple(Element(one.name, normalize(one.value), one.optional) for one in written.elements)
            )
        case Collection():
            return Collection()
    return written


def _optional(written: Optional) -> PuppetType:
    if written.contained is None:
        return written
    contained = normalize(written.contained)
    if isinstance(contained, NotUndef):
        return normalize(Optional(contained.contained))
    return contained if is_assignable(contained, UNDEF) else Optional(contained)


def _not_undef(written: NotUndef) -> PuppetType:
    if written.contained is None:
        return written
    contained = normalize(written.contained)
    if isinstance(contained, Optional):
        return normalize(NotUndef(contained.contained))
    return NotUndef(contained) if is_assignable(contained, UNDEF) else contained


def _variant(written: Variant) -> PuppetType:
    if not written.types:
        return written
    types = [normalize(part) for part in written.types]
    if len(types) == 1:
        return types[0]
    if any(isinstance(part, (Undef, Optional)) for part in types):
        rest = [part.contained if isinstance(part, Optional) else part for part in types]
        kept = tuple(part for part in rest if part is not None and not isinstance(part, Undef))
        return normalize(Optional(one_of(kept)))
    flat = one_of(tuple(types))
    types = list(flat.types) if isinstance(flat, Variant) else [flat]
    for merge in (_merged_not_undefs, _merged_strings, _merged_loose_strings, _merged_patterns):
        types = merge(types)
    types = _merged_numbers(_merged_numbers(types, Integer), Float)
    return types[0] if len(types) == 1 else one_of(tuple(types))


def _merged_not_undefs(types: list[PuppetType]) -> list[PuppetType]:
    wrapped = [part for part in types if isinstance(part, NotUndef)]
    if len(wrapped) < 2:
        return types
    inner = one_of(tuple(part.contained for part in wrapped if part.contained is not None))
    return [*(part for part in types if part not in wrapped), NotUndef(normalize(inner))]


def _merged_strings(types: list[PuppetType]) -> list[PuppetType]:
    """One ``Enum`` of all the literal strings and enums."""
    merged = [
        part
        for part in types
        if (isinstance(part, Enum) and part.values and not part.ignores_case)
        or (isinstance(part, String) and part.value is not None)
    ]
    if len(merged) < 2:
        return types
    texts: list[str] = []
    for part in merged:
        texts.extend(part.values if isinstance(part, Enum) else (part.value or "",))
    return [*(part for part in types if part not in merged), Enum(tuple(texts))]


def _merged_loose_strings(types: list[PuppetType]) -> list[PuppetType]:
    """One ``Enum`` of all those that ignore case."""
    merged = [part for part in types if isinstance(part, Enum) and part.values and part.ignores_case]
    if len(merged) < 2:
        return types
    texts = tuple(text.lower() for part in merged for text in part.values)
    return [*(part for part in types if part not in merged), Enum(texts, ignores_case=True)]


def _merged_patterns(types: list[PuppetType]) -> list[PuppetType]:
    merged = [part for part in types if isinstance(part, Pattern)]
    if len(merged) < 2:
        return types
    patterns = dict.fromkeys(pattern for part in merged for pattern in part.patterns)
    return [*(part for part in types if not isinstance(part, Pattern)), Pattern(tuple(patterns))]


def _merged_numbers(types: list[PuppetType], kind: type[Integer] | type[Float]) -> list[PuppetType]:
    """Ranges that touch as one."""
    ranges = [part for part in types if isinstance(part, kind)]
    if len(ranges) < 2:
        return types
    result: list[PuppetType] = []
    while ranges:
        merged = ranges.pop()
        apart: list[Integer | Float] = []
        for other in ranges:
            if _touch(merged, other):
                low = None if None in (merged.minimum, other.minimum) else min(merged.low, other.low)
                high = None if None in (merged.maximum, other.maximum) else max(merged.high, other.high)
                merged = kind(low, high)  # type: ignore[arg-type]  # of the ranges' own kind of number
            else:
                apart.append(other)
        result.append(merged)
        ranges = apart
    return [*result, *(part for part in types if not isinstance(part, kind))]


def _touch(left: Integer | Float, right: Integer | Float) -> bool:
    if not (left.high < right.low or right.high < left.low):
        return True
    return isinstance(left, Integer) and (left.high + 1 == right.low or right.high + 1 == left.low)
