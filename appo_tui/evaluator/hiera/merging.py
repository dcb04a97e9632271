"""How the values of several levels become one.

Manual: https://www.puppet.com/docs/puppet/7/hiera_merging.html
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from appo_tui.evaluator.hiera.documents import HieraArgumentError, HieraError
from appo_tui.evaluator.types import Hash, PuppetType, describe_mismatch
from appo_tui.evaluator.types.parsing import parse_type
from appo_tui.evaluator.values import Unknown, Value


@dataclass(frozen=True, slots=True)
class Merge:
    """A way of merging.

    Attributes:
        strategy: ``first``, ``unique``, ``hash``, ``deep`` or ``reverse_deep``.
        knockout_prefix: what marks an element that removes another; None if nothing does.
        sorts_arrays: whether merged arrays are put in order.
        merges_hash_arrays: whether hashes in arrays are merged one by one.
    """

    strategy: str = "first"
    knockout_prefix: str | None = None
    sorts_arrays: bool = False
    merges_hash_arrays: bool = False

    @property
    def takes_first(self) -> bool:
        """Whether the most significant value is all that counts."""
        return self.strategy in ("first", "default")


_DEEP_OPTIONS = (
    "knockout_prefix => Optional[String], merge_debug => Optional[Boolean], "
    "merge_hash_arrays => Optional[Boolean], sort_merged_arrays => Optional[Boolean]"
)
_STRATEGIES = ("first", "default", "unique", "hash", "deep", "reverse_deep", "unconstrained_deep")


@functools.cache
def _options_type(strategy: str) -> PuppetType:
    """The options that a strategy takes, its name among them."""
    if strategy in ("unconstrained_deep", "reverse_deep"):
        return parse_type("Hash[String[1], Any]")
    named = f"strategy => Optional[Pattern[/{strategy}/]]"
    options = f"{named}, {_DEEP_OPTIONS}" if strategy == "deep" else named
    return parse_type(f"Struct[{{{options}}}]")


def merge_named(given: Value) -> Merge:
    """The way of merging that a strategy's name, or a hash of one with its options, says.

    Raises:
        HieraArgumentError: there is no such strategy.
    """
    if given is None:
        return Merge()
    options = given if isinstance(given, dict) else {"strategy": given}
    if options.get("strategy") is None:
        raise HieraArgumentError(
            "The hash given as 'merge' must contain the name of a strategy in string form for the key "
            "'strategy'"
        )
    strategy = str(options["strategy"])
    if strategy not in _STRATEGIES:
        raise HieraArgumentError(f"Unknown merge strategy: '{strategy}'")
    if len(options) > 1:
        fault = describe_mismatch("The merge options has wrong type,", _options_type(strategy), options)
        if fault:
            raise HieraArgumentError(fault)
    knockout = options.get("knockout_prefix")
    return Merge(
        "deep" if strategy == "unconstrained_deep" else strategy,
        None if knockout is None else str(knockout),
        bool(options.get("sort_merged_arrays")),
        bool(options.get("merge_hash_arrays")),
    )


def merged(found: list[Value], merge: Merge) -> Value:
    """The values, most significant first, as one. Something unknown among them makes all of it unknown."""
    if merge.takes_first:
        return found[0]
    unknown = next((value for value in found if isinstance(value, Unknown)), None)
    if unknown is not None:
        return unknown
    if merge.strategy == "unique":
        return _unique(found)
    two = _TWO[merge.strategy]
    return functools.reduce(lambda upper, lower: two(upper, lower, merge), found)


def _unique(found: list[Value]) -> Value:
    items: list[Value] = []
    for value in found:
        for item in _flat(value):
            if not any(_same(item, one) for one in items):
                items.append(item)
    return tuple(items)


def _same(left: Value, right: Value) -> bool:
    return type(left) is type(right) and left == right


def _flat(value: Value) -> list[Value]:
    if not isinstance(value, tuple):
        return [value]
    return [item for part in value for item in _flat(part)]


def _hash(upper: Value, lower: Value, _merge: Merge) -> Value:
    for value, order in ((upper, "first"), (lower, "second")):
        if not isinstance(value, dict):
            subject = f"The {order} element of the merge has wrong type,"
            raise HieraError(describe_mismatch(subject, Hash(), value))
    return {**lower, **upper}  # type: ignore[dict-item]  # both are hashes


def _deep(upper: Value, lower: Value, merge: Merge) -> Value:
    """``upper`` laid over ``lower``: hashes key by key, arrays as one of both, anything else replaces."""
    if isinstance(upper, dict) and isinstance(lower, dict):
        return _deep_hashes(upper, lower, merge)
    if isinstance(upper, tuple) and isinstance(lower, tuple):
        return _deep_arrays(upper, lower, merge)
    return _replacing(upper, merge)


def _deep_hashes(upper: dict[Value, Value], lower: dict[Value, Value], merge: Merge) -> Value:
    result = dict(lower)
    for key, value in upper.items():
        prefix = merge.knockout_prefix
        if prefix is not None and isinstance(key, str) and key.startswith(prefix):
            result.pop(key.removeprefix(prefix), None)
        elif result.get(key) is not None:
            result[key] = _deep(value, result[key], merge)
        else:
            result[key] = value
    return result


def _deep_arrays(upper: tuple[Value, ...], lower: tuple[Value, ...], merge: Merge) -> Value:
    prefix = merge.knockout_prefix
    kept_upper, kept_lower = list(upper), list(lower)
    if prefix is not None:
        if prefix in kept_upper:
            kept_lower, kept_upper = [], [item for item in kept_upper if item != prefix]
        knocked = [item for item in kept_upper if isinstance(item, str) and item.startswith(prefix)]
        gone = {item.removeprefix(prefix) for item in knocked} | set(knocked)
        kept_lower = [item for item in kept_lower if not (isinstance(item, str) and item in gone)]
        kept_upper = [item for item in kept_upper if item not in knocked]
    if merge.merges_hash_arrays and all(isinstance(item, dict) for item in [*kept_upper, *kept_lower]):
        pairs = [
            _deep(kept_upper[place] if place < len(kept_upper) else {}, below, merge)
            for place, below in enumerate(kept_lower)
        ]
        joined = pairs + kept_upper[len(kept_lower) :]
    else:
        joined = list(kept_lower)
        for item in kept_upper:
            if not any(_same(item, one) for one in joined):
                joined.append(item)
    return tuple(sorted(joined, key=str)) if merge.sorts_arrays else tuple(joined)


def _replacing(value: Value, merge: Merge) -> Value:
    prefix = merge.knockout_prefix
    if prefix is None:
        return value
    if isinstance(value, str) and value.startswith(prefix):
        return ""
    if isinstance(value, tuple):
        kept = tuple(item for item in value if not (isinstance(item, str) and item.startswith(prefix)))
        return kept if kept == value else ""
    return value


_TWO: dict[str, Callable[[Value, Value, Merge], Value]] = {
    "hash": _hash,
    "deep": _deep,
    "reverse_deep": lambda upper, lower, merge: _deep(lower, upper, merge),
}
