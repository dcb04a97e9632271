"""What functions of Puppet's first interface (3.x) are given, and how they complain.

They are written in Ruby without types: what a wrong argument comes to is Ruby's own complaint.
"""

from __future__ import annotations

from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.types.ruby_values import name_in_conversions
from appo_tui.evaluator.types.text_form import text_of
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.types.versions import SemVer, SemVerRange
from appo_tui.evaluator.values import Regexp, Value


def as_given(argument: Value, undef: str | None) -> Value:
    """An argument as such a function gets it.

    Args:
        argument: as the call has it.
        undef: what stands for undef; None where a function of the newer interface hands on what it got.
    """
    if undef is None:
        return argument
    if argument is None:
        return undef
    if isinstance(argument, Regexp | bytes | SemVer | SemVerRange | Timespan | Timestamp):
        return text_of(argument)
    return argument


def count_fault(count: int, least: int, most: int | None, *, by_puppet: bool) -> str | None:
    """What is wrong with the number of arguments; None if nothing is.

    Args:
        count: how many there are.
        least: how many there must be.
        most: how many there may be; None: any number.
        by_puppet: whether Puppet counts; functions of modules count themselves.
    """
    if count >= least and (most is None or count <= most):
        return None
    wanted = f"minimum {least}" if by_puppet and most is None else str(least)
    return f"Wrong number of arguments given ({count} for {wanted})"


def text_given(argument: Value) -> str:
    """An argument that Ruby takes as text.

    Raises:
        FunctionError: it is none.
    """
    if not isinstance(argument, str):
        raise FunctionError(f"no implicit conversion of {name_in_conversions(argument)} into String")
    return argument
