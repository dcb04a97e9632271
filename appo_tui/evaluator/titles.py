"""Titles of native resources: a type has one namevar, or patterns that take titles apart."""

from __future__ import annotations

from appo_tui.evaluator.faults import BareError, EvaluationError
from appo_tui.evaluator.native_types import NativeType


def check_title(native: NativeType, title: str) -> None:
    """Have a title taken for a resource of a type.

    Raises:
        EvaluationError: the type has no namevar, or several without patterns.
    """
    fault = title_fault(native, title)
    if fault is not None:
        raise EvaluationError(fault.text, code=fault.code, hint=fault.hint)


def title_fault(native: NativeType, title: str) -> BareError | None:
    """What Puppet says of a title where it is not evaluating anything; None if it takes it."""
    if native.takes_titles:
        return None
    if native.key_attributes:
        text = "you must specify title patterns when there are two or more key attributes"
        hint = "Keep one `:is_namevar => true`."
    else:
        text = f'No set of title patterns matched the title "{title}".'
        hint = "Add `newparam :name, :is_namevar => true`."
    return BareError(text, code="namevar", hint=f"{hint[:-1]} in the type {native.name}.", about=native.place)
