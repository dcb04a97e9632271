"""Puppet's own functions of arrays and hashes."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from appo_tui.evaluator.functions.call import Block, FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.iteration import elements
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_inspect, ruby_text, to_integer
from appo_tui.evaluator.values import Regexp, Sensitive, Unknown, Value

_BOTH = (
    "Collection collection, Callable[1, 1] &block", "Array array, Callable[2, 2] &block",
    "Collection collection, Callable[2, 2] &block",
)  # fmt: skip


def flattened(values: tuple[Value, ...]) -> Iterator[Value]:
    """What is in arrays of arrays, in order."""
    for value in values:
        if isinstance(value, tuple):
            yield from flattened(value)
        else:
            yield value


def distinct(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Each value once, at its first place. ``1`` and ``true`` are two values, ``1`` and ``1.0`` too."""
    seen: dict[Value, Value] = {}
    for value in values:
        seen.setdefault(identity(value), value)
    return tuple(seen.values())


def identity(value: Value) -> Value:
    """Something that is equal for values that Ruby calls equal, and can be a key."""
    if isinstance(value, tuple):
        return ("array", *(identity(item) for item in value))
    if isinstance(value, dict):
        return ("hash", frozenset((identity(key), identity(item)) for key, item in value.items()))
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = +value  # a number that was a key is a number again
    return (type(value), value)


@built_in("keys", "Hash hsh", unknowns=Unknowns.WHOLE)
def keys(_call: FunctionCall, value: dict[Value, Value]) -> Value:
    """A hash's keys."""
    return tuple(value)


@built_in("values", "Hash hsh", unknowns=Unknowns.WHOLE)
def values_(_call: FunctionCall, value: dict[Value, Value]) -> Value:
    """A hash's values."""
    return tuple(value.values())


@built_in("length", "Collection arg", "String arg", "Binary arg", unknowns=Unknowns.WHOLE)
def length(_call: FunctionCall, value: tuple[Value, ...]) -> Value:
    """How many elements or characters there are."""
    return len(value)


@built_in("size", "Variant[Collection, String, Binary] arg", unknowns=Unknowns.WHOLE)
def size(_call: FunctionCall, value: tuple[Value, ...]) -> Value:
    """How many elements or characters there are."""
    return len(value)


@built_in(
    "empty", "Collection coll", "Sensitive[String] str", "String str", "Numeric num", "Binary bin", "Undef x",
    unknowns=Unknowns.WHOLE,
)  # fmt: skip
def empty(_call: FunctionCall, value: Value) -> Value:
    """Whether there is nothing in it; undef is empty and numbers aren't."""
    if isinstance(value, Sensitive):
        value = value.value
    return value is None or (isinstance(value, (tuple, dict, str, bytes)) and not value)


@built_in("flatten", "Any args*", unknowns=Unknowns.WHOLE)
def flatten(_call: FunctionCall, *arguments: Value) -> Value:
    """All that is in arrays of arrays in one."""
    return tuple(flattened(arguments))


@built_in("join", "Array arg, String delimiter?")
def join(_call: FunctionCall, values: tuple[Value, ...], delimiter: str = "") -> Value:
    """The elements, those of inner arrays too, as one text."""
    return delimiter.join(ruby_text(item) for item in flattened(values))


@built_in("unique",
    "String string, Callable[String] &block?", "Hash hash, Callable[Any] &block?",
    "Array array, Callable[Any] &block?", "Iterable iterable, Callable[Any] &block?",
)  # fmt: skip
def unique(call: FunctionCall, value: Value) -> Value:
    """Each element once. Of a hash: arrays of the keys that have the same value, with their values."""
    if isinstance(value, dict):
        groups: dict[Value, list[tuple[Value, Value]]] = {}
        for key, item in value.items():
            groups.setdefault(identity(_through(call.block, item)), []).append((key, item))
        return {
            tuple(key for key, _ in pairs): distinct(tuple(item for _, item in pairs))
            for pairs in groups.values()
        }
    seen: dict[Value, Value] = {}
    for item in elements(value):
        seen.setdefault(identity(_through(call.block, item)), item)
    return "".join(map(str, seen.values())) if isinstance(value, str) else tuple(seen.values())


def _through(block: Block | None, value: Value) -> Value:
    return value if block is None else block(value)


@built_in("sort", "String string_value, Callable[2, 2] &block?", "Array array_value, Callable[2, 2] &block?")
def sort(call: FunctionCall, value: Value) -> Value:
    """In order, or in the order that the block tells by -1, 0 and 1."""
    block = call.block
    compare = _ruby_order if block is None else (lambda one, other: to_integer(block(one, other)))
    # Python asks about the later element first, Ruby about the earlier one
    key = functools.cmp_to_key(lambda later, earlier: -compare(earlier, later))
    ordered = sorted(elements(value), key=key)
    return "".join(map(str, ordered)) if isinstance(value, str) else tuple(ordered)


def _ruby_order(left: Value, right: Value) -> int:
    """``left <=> right``."""
    match left, right:
        case (bool(), _) | (_, bool()):
            pass
        case (str(), str()) | (int() | float(), int() | float()):
            return (left > right) - (left < right)  # type: ignore[no-any-return, operator]  # both text or numbers
        case tuple(), tuple():
            for one, other in zip(left, right, strict=False):
                order = _ruby_order(one, other)
                if order:
                    return order
            return (len(left) > len(right)) - (len(left) < len(right))
    if left == right:
        return 0
    shown = ruby_inspect(right) if isinstance(right, (int, float)) or right is None else ruby_class(right)
    raise FunctionError(f"comparison of {ruby_class(left)} with {shown} failed")


@built_in("partition", *_BOTH, unknowns=Unknowns.WHOLE)
def partition(call: FunctionCall, value: Value) -> Value:
    """The elements for which the block is true, and the others."""
    block = call.yielding
    chosen: tuple[list[Value], list[Value]] = ([], [])
    for item, arguments in _with_arguments(block, value):
        verdict = block(*arguments)
        if isinstance(verdict, Unknown):
            return verdict
        chosen[verdict is None or verdict is False].append(item)
    return tuple(chosen[0]), tuple(chosen[1])


@built_in("group_by", *_BOTH, unknowns=Unknowns.WHOLE)
def group_by(call: FunctionCall, value: Value) -> Value:
    """The elements by what the block gives for them."""
    block = call.yielding
    groups: dict[Value, list[Value]] = {}
    for item, arguments in _with_arguments(block, value):
        group = block(*arguments)
        if isinstance(group, Unknown):
            return group
        groups.setdefault(key_of(group), []).append(item)
    return {group: tuple(items) for group, items in groups.items()}


def _with_arguments(block: Block, value: Value) -> Iterator[tuple[Value, tuple[Value, ...]]]:
    """Each element and what the block is called with: it, or key and value, or index and element."""
    two = block.parameter_count == 2
    for index, item in enumerate(elements(value)):
        if not two:
            yield item, (item,)
        elif isinstance(value, dict) and isinstance(item, tuple):
            yield item, item
        else:
            yield item, (index, item)


@built_in("index",
    "Hash[Any, Any] hash, Callable[2, 2] &block", "Hash[Any, Any] hash, Callable[1, 1] &block",
    "Iterable enumerable, Callable[2, 2] &block", "Iterable enumerable, Callable[1, 1] &block",
    "String str, Variant[String, Regexp] match", "Iterable enumerable, Any match",
)  # fmt: skip
def index(call: FunctionCall, value: Value, *wanted: Value) -> Value:
    """The index or key of the first element that is, or that the block takes."""
    if isinstance(value, str) and wanted:
        sought = wanted[0]
        if isinstance(sought, Regexp):
            match = compiled(sought.pattern).search(value)
            return match.start() if match else None
        place = value.find(str(sought))
        return place if place >= 0 else None
    pairs = value.items() if isinstance(value, dict) else enumerate(elements(value))
    for place, item in pairs:
        if wanted:
            if identity(item) == identity(wanted[0]):
                return place
        elif _is_true(_chosen(call.yielding, place, item)):
            return place
    return None


def _chosen(block: Block, place: Value, item: Value) -> Value:
    return block(place, item) if block.parameter_count == 2 else block(item)


def _is_true(verdict: Value) -> bool:
    return verdict is not None and verdict is not False


@built_in("unwrap", "Sensitive arg, Callable &block?", "Any arg, Callable &block?", unknowns=Unknowns.WHOLE)
def unwrap(call: FunctionCall, value: Value) -> Value:
    """What a Sensitive hides, or the block's value for it."""
    bare = value.value if isinstance(value, Sensitive) else value
    return bare if call.block is None else call.block(bare)
