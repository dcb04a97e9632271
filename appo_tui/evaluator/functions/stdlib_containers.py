"""The functions of stdlib for arrays and hashes."""

from __future__ import annotations

from collections.abc import Callable

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.containers import distinct, flattened, identity
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, stdlib, stdlib_counting
from appo_tui.evaluator.functions.stdlib_conversions import truth_of_text
from appo_tui.evaluator.hash_keys import has_element
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import (
    name_in_conversions,
    ruby_class,
    ruby_inspect,
    ruby_text,
    to_integer,
)
from appo_tui.evaluator.values import Unknown, Value

Mapped = dict[Value, Value]
_WHOLE = Unknowns.WHOLE


def _array(value: Value, complaint: str) -> tuple[Value, ...]:
    if isinstance(value, tuple):
        return value
    raise FunctionError(complaint)


def without(array: tuple[Value, ...], removed: tuple[Value, ...]) -> tuple[Value, ...]:
    """``array - removed``."""
    gone = {identity(item) for item in removed}
    return tuple(item for item in array if identity(item) not in gone)


@stdlib_counting("pick", 0, None, unknowns=Unknowns.TAKEN)
def pick(_call: FunctionCall, *arguments: Value) -> Value:
    """The first argument that is neither undef nor empty text."""
    for argument in arguments:
        if argument is not None and argument != "":
            return argument
    raise FunctionError("pick(): must receive at least one non empty value")


@stdlib_counting("pick_default", 0, None, unknowns=Unknowns.TAKEN)
def pick_default(_call: FunctionCall, *arguments: Value) -> Value:
    """As ``pick``, and the last argument whatever it is."""
    if not arguments:
        raise FunctionError("Must receive at least one argument.")
    return next((one for one in arguments[:-1] if one is not None and one != ""), arguments[-1])


@stdlib_counting("merge", 0, None, unknowns=_WHOLE)
def merge(_call: FunctionCall, *arguments: Value) -> Value:
    """Hashes in one; the last one's value of a key wins."""
    if len(arguments) < 2:
        raise FunctionError(f"merge(): wrong number of arguments ({len(arguments)}; must be at least 2)")
    merged: Mapped = {}
    for argument in _hashes("merge", arguments):
        merged.update(argument)
    return merged


def _hashes(name: str, arguments: tuple[Value, ...]) -> list[Mapped]:
    hashes: list[Mapped] = []
    for argument in arguments:
        if isinstance(argument, dict):
            hashes.append(argument)
        elif argument not in ("", None):
            raise FunctionError(
                f"{name}: unexpected argument type {ruby_class(argument)}, only expects hash arguments"
            )
    return hashes


@stdlib_counting("deep_merge", 0, None, unknowns=_WHOLE)
def deep_merge(_call: FunctionCall, *arguments: Value) -> Value:
    """As ``merge``, and hashes in hashes are merged too."""
    if len(arguments) < 2:
        raise FunctionError(
            f"deep_merge(): wrong number of arguments ({len(arguments)}; must be at least 2)"
        )
    merged: Mapped = {}
    for argument in _hashes("deep_merge", arguments):
        merged = _deeply_merged(merged, argument)
    return merged


def _deeply_merged(lower: Mapped, upper: Mapped) -> Mapped:
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _deeply_merged(below, value) if both else value  # type: ignore[arg-type]  # both
    return merged


@stdlib_counting("member", 2, None)
def member(_call: FunctionCall, array: Value, wanted: Value, *_more: Value) -> Value:
    """Whether an item, or every item of an array, is in an array."""
    items = _array(array, "member(): Requires array to work with")
    if isinstance(wanted, bool) or not isinstance(wanted, (str, int, tuple)):
        raise FunctionError("member(): Item to search for must be a string, fixnum, or array")
    sought = wanted if isinstance(wanted, tuple) else (wanted,)
    if not sought:
        raise FunctionError("member(): You must provide item to search for within array given")
    return not without(sought, items)


@stdlib_counting("has_key", 0, None, unknowns=_WHOLE)
def has_key(_call: FunctionCall, *arguments: Value) -> Value:
    """Whether a hash has a key."""
    if len(arguments) != 2:
        raise FunctionError(f"has_key(): wrong number of arguments ({len(arguments)}; must be 2)")
    table, key = arguments
    if not isinstance(table, dict):
        raise FunctionError(
            f"has_key(): expects the first argument to be a hash, got {ruby_inspect(table)} "
            f"which is of type {ruby_class(table)}"
        )
    return has_element(table, key)


@stdlib_counting("concat", 0, None, unknowns=_WHOLE)
def concat(_call: FunctionCall, *arguments: Value) -> Value:
    """An array with further elements and the elements of further arrays."""
    if len(arguments) < 2:
        raise FunctionError(f"concat(): Wrong number of arguments given ({len(arguments)} for < 2)")
    array, *others = arguments
    joined = list(_array(array, "concat(): Requires array to work with"))
    for other in others:
        joined.extend(other if isinstance(other, tuple) else (other,))
    return tuple(joined)


@stdlib_counting("delete", 2, 2)
def delete(_call: FunctionCall, collection: Value, unwanted: Value) -> Value:
    """A collection without items, or text without some text."""
    items = _as_items(unwanted)
    if isinstance(collection, tuple):
        return without(collection, items)
    if isinstance(collection, dict):
        return {key: value for key, value in collection.items() if key not in items}
    if isinstance(collection, str):
        for item in items:
            if not isinstance(item, str):
                raise FunctionError(f"wrong argument type {name_in_conversions(item)} (expected Regexp)")
            collection = collection.replace(item, "")
        return collection
    raise FunctionError(
        "delete(): First argument must be an Array, String, or Hash. "
        f"Given an argument of class {ruby_class(collection)}."
    )


def _as_items(value: Value) -> tuple[Value, ...]:
    """``Array(value)``."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return tuple(value.items())
    return () if value is None else (value,)


@stdlib_counting("delete_at", 2, 2, unknowns=_WHOLE)
def delete_at(_call: FunctionCall, array: Value, place: Value) -> Value:
    """An array without the element at an index."""
    items = _array(array, "delete_at(): Requires array")
    if not isinstance(place, int):
        raise FunctionError("delete_at(): You must provide non-negative numeric index")
    if place > len(items) - 1:
        raise FunctionError("delete_at(): Given index exceeds size of array given")
    place = place % len(items) if place < 0 else place
    return items[:place] + items[place + 1 :]


@stdlib_counting("delete_regex", 2, 2)
def delete_regex(_call: FunctionCall, collection: Value, patterns: Value) -> Value:
    """A collection without the items, or the keys, that match."""
    expressions = [compiled(ruby_text(pattern)) for pattern in _as_items(patterns)]

    def stays(item: Value) -> bool:
        return not isinstance(item, str) or not any(one.fullmatch(item) for one in expressions)

    if isinstance(collection, dict):
        return {key: value for key, value in collection.items() if stays(key)}
    items = _array(collection, _not_a_container("delete_regex", collection))
    return tuple(item for item in items if stays(item))


def _not_a_container(name: str, value: Value) -> str:
    return (
        f"{name}(): First argument must be an Array, Hash, or String. "
        f"Given an argument of class {ruby_class(value)}."
    )


@stdlib_counting("delete_values", 2, 2)
def delete_values(_call: FunctionCall, table: Value, unwanted: Value) -> Value:
    """A hash without the entries that have a value."""
    if not isinstance(table, dict):
        raise FunctionError(
            f"delete_values(): First argument must be a Hash. Given an argument of class {ruby_class(table)}."
        )
    return {key: value for key, value in table.items() if identity(value) != identity(unwanted)}


@stdlib_counting("delete_undef_values", 1, None, unknowns=_WHOLE)
def delete_undef_values(_call: FunctionCall, collection: Value, *_more: Value) -> Value:
    """A collection without undef."""
    if isinstance(collection, dict):
        return {key: value for key, value in collection.items() if value is not None}
    if isinstance(collection, tuple):
        return tuple(item for item in collection if item is not None)
    raise FunctionError(
        f"delete_undef_values(): expected an array or hash, got {ruby_text(collection)} "
        f"type  {ruby_class(collection)} "
    )


@stdlib_counting("difference", 2, 2)
def difference(_call: FunctionCall, first: Value, second: Value) -> Value:
    """The elements of the first array that aren't in the second."""
    message = "difference(): Requires 2 arrays"
    return without(_array(first, message), _array(second, message))


@stdlib_counting("intersection", 2, 2)
def intersection(_call: FunctionCall, first: Value, second: Value) -> Value:
    """The elements that are in both arrays."""
    message = "intersection(): Requires 2 arrays"
    kept = {identity(item) for item in _array(second, message)}
    return distinct(tuple(item for item in _array(first, message) if identity(item) in kept))


@stdlib_counting("union", 0, None)
def union(_call: FunctionCall, *arrays: Value) -> Value:
    """The elements of all arrays, each once."""
    if len(arrays) < 2:
        raise FunctionError(f"union(): Wrong number of arguments given ({len(arrays)} for < 2)")
    items: list[Value] = []
    for array in arrays:
        items.extend(_array(array, "union(): Every parameter must be an array"))
    return distinct(tuple(items))


@stdlib_counting("zip", 2, None, unknowns=_WHOLE)
def zip_(_call: FunctionCall, first: Value, second: Value, flat: Value = None, *_more: Value) -> Value:
    """Pairs of the elements of two arrays."""
    message = "zip(): Requires array to work with"
    left, right = _array(first, message), _array(second, message)
    pairs = tuple((one, right[place] if place < len(right) else None) for place, one in enumerate(left))
    return tuple(flattened(pairs)) if flat and truth_of_text(flat) else pairs


@stdlib_counting("hash", 1, None, unknowns=_WHOLE)
def hash_(_call: FunctionCall, array: Value, *_more: Value) -> Value:
    """A hash of an array of keys and values."""
    items = tuple(flattened(_array(array, "hash(): Requires array to work with")))
    if len(items) % 2:
        raise FunctionError("hash(): Unable to compute hash from array given")
    return dict(zip(items[::2], items[1::2], strict=True))


@stdlib_counting("count", 1, 2)
def count(_call: FunctionCall, collection: Value, *wanted: Value) -> Value:
    """How many elements are equal to a value, or are neither undef nor empty text."""
    items = tuple(collection.items()) if isinstance(collection, dict) else _as_items(collection)
    if wanted:
        return sum(identity(item) == identity(wanted[0]) for item in items)
    return sum(item is not None and item != "" for item in items)


@stdlib_counting("join_keys_to_values", 0, None)
def join_keys_to_values(_call: FunctionCall, *given: Value) -> Value:
    """Key, separator and value as text; one for each where a value is an array."""
    if len(given) != 2:
        raise FunctionError(
            f"join_keys_to_values(): Takes exactly two arguments, but {len(given)} given."
        )
    table, separator = given
    if not isinstance(table, dict):
        raise FunctionError(
            "join_keys_to_values(): The first argument must be a hash, "
            f"but a {ruby_class(table)} was given."
        )
    if not isinstance(separator, str):
        raise FunctionError(
            "join_keys_to_values(): The second argument must be a string, "
            f"but a {ruby_class(separator)} was given."
        )
    joined: list[Value] = []
    for key, value in table.items():
        if value is None:
            joined.append(ruby_text(key))
            continue
        items = value if isinstance(value, tuple) else (value,)
        joined.extend(f"{ruby_text(key)}{separator}{ruby_text(item)}" for item in items)
    return tuple(joined)


@stdlib_counting("values_at", 2, None, unknowns=_WHOLE)
def values_at(_call: FunctionCall, array: Value, *places: Value) -> Value:
    """The elements at indices and ranges of them."""
    items = _array(array, "values_at(): Requires array to work with")
    wanted: list[int] = []
    for place in flattened(places):
        text = ruby_text(place)
        low, dots, high = text.partition("..") if ".." in text else text.partition("-")
        if not low.isdigit() or (dots and not high.lstrip(".").isdigit()):
            raise FunctionError("values_at(): Unknown format of given index")
        stop = int(low) if not dots else int(high.lstrip(".")) - high.startswith(".")
        wanted.extend(range(int(low), stop + 1))
    for place_number in wanted:
        if place_number >= len(items):
            raise FunctionError("values_at(): Given index exceeds array size")
    if not wanted:
        raise FunctionError("values_at(): You must provide at least one positive index to collect")
    return tuple(item for item in (items[number] for number in wanted) if item is not None)


def _affixed(name: str, change: Callable[[str, str], str]) -> None:
    def affix(_call: FunctionCall, collection: Value, text: Value = None, *_more: Value) -> Value:
        if not isinstance(collection, (tuple, dict)):
            raise FunctionError(
                f"{name}(): expected first argument to be an Array or a Hash, got {ruby_inspect(collection)}"
            )
        if text and not isinstance(text, str):
            raise FunctionError(
                f"{name}(): expected second argument to be a String, got {ruby_inspect(text)}"
            )
        given = str(text) if text else ""
        if isinstance(collection, dict):
            return {change(ruby_text(key), given): value for key, value in collection.items()}
        return tuple(change(ruby_text(item), given) for item in collection)

    affix.__doc__ = f"Each element, or each key, with a {name}."
    stdlib_counting(name, 1, None)(affix)


_affixed("prefix", lambda text, given: given + text)
_affixed("suffix", lambda text, given: text + given)


@stdlib_counting("reverse", 1, None, unknowns=_WHOLE)
def reverse(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """The elements or characters the other way round."""
    if isinstance(value, (tuple, str)):
        return value[::-1]
    raise FunctionError("reverse(): Requires either array or string to work with")


@stdlib_counting("any2array", 0, None, unknowns=_WHOLE)
def any2array(_call: FunctionCall, *arguments: Value) -> Value:
    """An array of whatever it is; keys and values of a hash."""
    if len(arguments) != 1:
        return arguments
    only = arguments[0]
    if isinstance(only, tuple):
        return only
    if isinstance(only, dict):
        return tuple(part for pair in only.items() for part in pair)
    return () if only == "" else arguments


@stdlib("dig44", "Variant[Hash, Array] data, Array path, Any default?", unknowns=_WHOLE)
def dig44(_call: FunctionCall, data: Value, path: tuple[Value, ...], default: Value = None) -> Value:
    """What is in ``data`` under a path."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, tuple):
            place = to_integer(step)
            data = data[place] if -len(data) <= place < len(data) else None
        else:
            data = None
        if data is None or isinstance(data, Unknown):
            break
    return default if data is None else data


@stdlib("try_get_value", "Any data, String path, Any default?, String separator?", unknowns=_WHOLE)
def try_get_value(
    call: FunctionCall, data: Value, path: str, default: Value = None, separator: str = "/"
) -> Value:
    """What is in ``data`` under a path written as text."""
    steps = tuple(int(one) if one.isdigit() else one for one in path.split(separator))
    return dig44(call, data, steps, default)
