"""The keys in the brackets after a type, and what is said of wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from appo_tui.evaluator import values
from appo_tui.evaluator.types.inference import generalize, infer
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.mismatches import with_article
from appo_tui.evaluator.types.ruby_values import ruby_class
from appo_tui.evaluator.types.scalars import Integer
from appo_tui.evaluator.values import Value

Keys = tuple[Value, ...]
Rules = dict[type[PuppetType], Callable[..., PuppetType | tuple[PuppetType, ...] | None]]
RAISED: Final = "Error while evaluating a '[]' expression, "
"""What Puppet puts before messages of its own classes, which know nothing of expressions."""


class TypeAccessError(ValueError):
    """``[]`` that a type does not take, in Puppet's words and without a place.

    Attributes:
        key_index: which key is to blame; None if it is the whole expression.
    """

    def __init__(self, message: str, key_index: int | None = None) -> None:
        super().__init__(message)
        self.key_index = key_index


def label_of(general: PuppetType) -> str:
    """How messages call a type as such: ``Integer-Type``."""
    return f"{general.keyword}-Type"


def flattened_keys(keys: Sequence[Value]) -> Keys:
    """The keys in arrays of keys, too."""
    flat: list[Value] = []
    for key in keys:
        if isinstance(key, tuple):
            flat.extend(flattened_keys(key))
        else:
            flat.append(key)
    return tuple(flat)


def kind_of(value: Value) -> str:
    """How messages name a key of the wrong kind."""
    if value is None:
        return "Undef"
    if isinstance(value, values.Default):
        return "Default"
    return str(generalize(infer(value)))


def wrong_count(general: PuppetType | str, least: int, most: int | None, count: int) -> TypeAccessError:
    """The error for too few or too many keys."""
    label = general if isinstance(general, str) else with_article(label_of(general))
    label = label[0].upper() + label[1:]
    if most is None:
        return TypeAccessError(f"{label}[] accepts {least} or more arguments. Got {count}")
    if most != least:
        return TypeAccessError(f"{label}[] accepts {least} to {most} arguments. Got {count}")
    return TypeAccessError(f"{label}[] accepts {least} argument{'' if least == 1 else 's'}. Got {count}")


def check_keys(
    general: PuppetType, keys: Keys, most: int | None, kinds: tuple[type, ...], expected: str
) -> None:
    """Between one and ``most`` keys, each of ``kinds``, which messages call ``expected``."""
    if not keys or (most is not None and len(keys) > most):
        raise wrong_count(general, 1, most, len(keys))
    for index, key in enumerate(keys):
        if not isinstance(key, kinds):
            raise TypeAccessError(
                f"Error creating type specialization of {with_article(label_of(general))}, "
                f"Cannot use {kind_of(key)} where {expected} is expected",
                index,
            )


def is_integer(key: Value) -> bool:
    """Whether a key is an integer."""
    return isinstance(key, int) and not isinstance(key, bool)


def bound(key: Value) -> int | None:
    """One end of a range; ``default`` leaves it open."""
    return key if isinstance(key, int) else None


def size_constraint(keys: Keys, start: int) -> Integer:
    """The size constraint that one or two keys make; ``start`` is the index of the first."""
    if len(keys) == 1 and isinstance(keys[0], Integer):
        return Integer(max(keys[0].minimum or 0, 0), keys[0].maximum)
    for index, key in enumerate(keys):
        if not (is_integer(key) or isinstance(key, values.Default)):
            raise TypeAccessError(
                "A Type's size constraint arguments must be a single Integer type, "
                f"or 1-2 integers (or default). Got {with_article(_label_of_key(key))}",
                start + index,
            )
    low, high = bound(keys[0]), bound(keys[1]) if len(keys) > 1 else None
    if low is not None and high is not None and low > high:
        raise TypeAccessError(f"{RAISED}'from' must be less or equal to 'to'. Got ({low}, {high}")
    return Integer(max(low or 0, 0), high)


def _label_of_key(key: Value) -> str:
    return f"{key}-Type" if isinstance(key, PuppetType) else ruby_class(key)


def type_key(label: str, keys: Keys, index: int) -> PuppetType:
    """The key at ``index``, which must be a type."""
    key = keys[index]
    if isinstance(key, PuppetType):
        return key
    raise TypeAccessError(f"{label}[] arguments must be types. Got {ruby_class(key)}", index)


def type_keys(keys: Keys) -> tuple[PuppetType, ...]:
    """The keys that are types."""
    return tuple(key for key in keys if isinstance(key, PuppetType))
