"""What Puppet itself makes of a module's types and functions (fill_tables.rb), against ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluator.calls import Evaluator, Row, rows

HERE = Path(__file__).parent
ROWS = [pytest.param(row, id=str(row)) for row in rows(HERE / "in_environment" / "aliases.txt")]


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Evaluator(HERE / "environment")


@pytest.mark.parametrize("row", ROWS)
def test_a_type_of_a_module_gives_what_puppet_gives(evaluator: Evaluator, row: Row) -> None:
    assert evaluator.outcome(row.expression) == row
