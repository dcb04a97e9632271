"""What tells values apart by which code may come to something else."""

from __future__ import annotations

from itertools import combinations

import pytest

from appo_tui.evaluator.asking import canonical
from appo_tui.evaluator.values import Sensitive, Value

ALIKE: tuple[Value, ...] = (
    1, 1.0, True, "1", (1,), {"a": 1}, {"a": True}, Sensitive(1), Sensitive(True), Sensitive((1.0,)), None,
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), combinations(ALIKE, 2))
def test_values_that_code_can_tell_apart_differ(one: Value, other: Value) -> None:
    assert canonical(one, "") != canonical(other, "")


def test_hashes_of_another_order_differ() -> None:
    assert canonical({"a": 1, "b": 2}, "") != canonical({"b": 2, "a": 1}, "")


def test_values_of_two_readings_are_the_same() -> None:
    assert canonical(({"a": Sensitive("x")},), "") == canonical(({"a": Sensitive("x")},), "")
