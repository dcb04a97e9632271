"""Functions that call a block for each element of something.

Manual: https://www.puppet.com/docs/puppet/7/lang_iteration.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from appo_tui.evaluator.functions.call import Block, FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError, StopIterationSignal
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.types import Enum, Integer, generalize, infer
from appo_tui.evaluator.values import Unknown, Value

_OVER_PAIRS = "Hash[Any, Any] hash, Callable[2, 2] &block"
_OVER_ENTRIES = "Hash[Any, Any] hash, Callable[1, 1] &block"
_OVER_INDEXED = "Iterable enumerable, Callable[2, 2] &block"
_OVER_ELEMENTS = "Iterable enumerable, Callable[1, 1] &block"
_BOTH: Final = (_OVER_PAIRS, _OVER_ENTRIES, _OVER_INDEXED, _OVER_ELEMENTS)
_OPTIONAL_BLOCK: Final = tuple(signature + "?" for signature in _BOTH)


def elements(value: Value) -> tuple[Value, ...]:
    """What is gone through when a block is called for each element of ``value``.

    A hash gives [key, value] pairs, a number the numbers below it, a string its characters, an integer
    type its range and an enum its strings.

    Raises:
        FunctionError: there is nothing to go through.
    """
    match value:
        case tuple():
            return value
        case dict():
            return tuple(value.items())
        case str():
            return tuple(value)
        case bool() | None:
            pass
        case int():
            return tuple(range(value))
        case Integer(minimum=int() as low, maximum=int() as high):
            return tuple(range(low, high + 1))
        case Enum():
            return value.values
    raise FunctionError(f"expects an Iterable value, got {generalize(infer(value)).short_name}")


def _arguments(block: Block, value: Value) -> Iterator[tuple[Value, ...]]:
    """The arguments of each call of ``block``: key and value, or index and element, where it takes two."""
    two = block.parameter_count == 2 or (block.captures_rest and block.required_count != 1)
    if not two:
        return ((element,) for element in elements(value))
    if isinstance(value, dict):
        return ((key, item) for key, item in value.items())
    return enumerate(elements(value))


@built_in("each", *_BOTH, unknowns=Unknowns.WHOLE)
def each(call: FunctionCall, value: Value) -> Value:
    """Calls the block for each element and gives the collection itself."""
    block = call.yielding
    for arguments in _arguments(block, value):
        try:
            block(*arguments)
        except StopIterationSignal:
            break
    return value


@built_in("map", *_BOTH, unknowns=Unknowns.WHOLE)
def map_(call: FunctionCall, value: Value) -> Value:
    """The block's values."""
    block = call.yielding
    results: list[Value] = []
    for arguments in _arguments(block, value):
        try:
            results.append(block(*arguments))
        except StopIterationSignal:
            break
    return tuple(results)


@built_in("filter", *_BOTH, unknowns=Unknowns.WHOLE)
def filter_(call: FunctionCall, value: Value) -> Value:
    """The elements for which the block is true: an array, or of a hash a hash."""
    block = call.yielding
    kept: list[Value] = []
    for element, arguments in zip(elements(value), _arguments(block, value), strict=True):
        try:
            verdict = block(*arguments)
        except StopIterationSignal:
            break
        if isinstance(verdict, Unknown):
            return verdict
        if _is_kept(verdict):
            kept.append(element)
    return dict(kept) if isinstance(value, dict) else tuple(kept)  # type: ignore[arg-type]  # pairs


def _is_kept(verdict: Value) -> bool:
    return verdict is not None and verdict is not False


@built_in("all", *_BOTH, unknowns=Unknowns.WHOLE)
def all_(call: FunctionCall, value: Value) -> Value:
    """Whether the block is true for every element."""
    block = call.yielding
    for arguments in _arguments(block, value):
        verdict = block(*arguments)
        if isinstance(verdict, Unknown):
            return verdict
        if not _is_kept(verdict):
            return False
    return True


@built_in("any", *_BOTH, unknowns=Unknowns.WHOLE)
def any_(call: FunctionCall, value: Value) -> Value:
    """Whether the block is true for an element."""
    block = call.yielding
    unknown: Unknown | None = None
    for arguments in _arguments(block, value):
        verdict = block(*arguments)
        if isinstance(verdict, Unknown):
            unknown = verdict
        elif _is_kept(verdict):
            return True
    return unknown or False


@built_in(
    "reduce",
    "Iterable enumerable, Callable[2, 2] &block",
    "Iterable enumerable, Any memo, Callable[2, 2] &block",
    unknowns=Unknowns.TAKEN,
)
def reduce_(call: FunctionCall, value: Value, *memo: Value) -> Value:
    """What is left after folding the elements, from the first one or from ``memo`` on."""
    if isinstance(value, Unknown):
        return value
    block = call.yielding
    items = elements(value)
    if memo:
        folded, items = memo[0], items
    elif items:
        folded, items = items[0], items[1:]
    else:
        return None
    for item in items:
        try:
            folded = block(folded, item)
        except StopIterationSignal:
            break
    return folded


@built_in(
    "slice",
    "Hash[Any, Any] hash, Integer[1, default] slice_size, Callable &block?",
    "Iterable enumerable, Integer[1, default] slice_size, Callable &block?",
    unknowns=Unknowns.WHOLE,
)
def slice_(call: FunctionCall, value: Value, size: int) -> Value:
    """The elements in arrays of ``size``, or the block called with each."""
    items = elements(value)
    slices = tuple(items[start : start + size] for start in range(0, len(items), size))
    if call.block is None:
        return slices
    for one in slices:
        padded = one + (None,) * (size - len(one))
        try:
            call.block(*(padded if call.block.parameter_count > 1 else (one,)))
        except StopIterationSignal:
            break
    return value


@built_in(
    "reverse_each", "Iterable iterable", "Iterable iterable, Callable[1, 1] &block", unknowns=Unknowns.WHOLE
)
def reverse_each(call: FunctionCall, value: Value) -> Value:
    """The elements from last to first, or the block called with each."""
    return _each_of(call, elements(value)[::-1], value)


@built_in(
    "step",
    "Iterable iterable, Integer[1] step",
    "Iterable iterable, Integer[1] step, Callable[1, 1] &block",
    unknowns=Unknowns.WHOLE,
)
def step(call: FunctionCall, value: Value, size: int) -> Value:
    """Every ``size``-th element, or the block called with each."""
    return _each_of(call, elements(value)[::size], value)


def _each_of(call: FunctionCall, items: tuple[Value, ...], value: Value) -> Value:
    if call.block is None:
        return items
    for item in items:
        try:
            call.block(item)
        except StopIterationSignal:
            break
    return value


@built_in("with", "Any arg*, Callable &block", unknowns=Unknowns.TAKEN)
def with_(call: FunctionCall, *arguments: Value) -> Value:
    """The block's value for the arguments."""
    return call.yielding(*arguments)


@built_in("then", "Any arg, Callable[1, 1] &block", unknowns=Unknowns.WHOLE)
def then(call: FunctionCall, value: Value) -> Value:
    """The block's value for what is not undef."""
    return None if value is None else call.yielding(value)


@built_in("lest", "Any arg, Callable[0, 0] &block", unknowns=Unknowns.WHOLE)
def lest(call: FunctionCall, value: Value) -> Value:
    """The value, or the block's where it is undef."""
    return call.yielding() if value is None else value


