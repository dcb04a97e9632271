"""What Puppet itself made of many calls (fill_tables.rb), against ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.evaluator.calls import Evaluator, Row, rows, with_module_functions

HERE = Path(__file__).parent
FOLDERS = (HERE, HERE / "types", HERE / "functions")
TABLES = sorted(table for folder in FOLDERS for table in folder.glob("tables/*.txt"))
FACTS: dict[str, Any] = {"role": "web", "networking": {"ip": "10.0.0.1"}, "sites": ("one", "two")}
"""Those that fill_tables.rb gives its node."""
ROWS = [pytest.param(row, id=f"{table.stem}: {row}") for table in TABLES for row in rows(table)]


@pytest.fixture(scope="module")
def evaluator(tmp_path_factory: pytest.TempPathFactory) -> Evaluator:
    root = tmp_path_factory.mktemp("environment")
    (root / "manifests").mkdir()
    return Evaluator(with_module_functions(root), **FACTS)


@pytest.mark.parametrize("row", ROWS)
def test_a_call_gives_what_puppet_gives(evaluator: Evaluator, row: Row) -> None:
    assert evaluator.outcome(row.expression) == row
