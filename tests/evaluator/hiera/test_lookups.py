"""What Puppet itself finds in an environment's data (fill_tables.rb), against ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.evaluator.hiera import Hiera, read_layer
from tests.evaluator.calls import Evaluator, Row, rows

HERE = Path(__file__).parent
ENVIRONMENT = HERE / "environment"
ROWS = [pytest.param(row, id=str(row)) for row in rows(HERE / "tables" / "lookups.txt")]
FACTS = {"role": "web", "networking": {"ip": "10.0.0.1"}, "sites": ("one", "two")}


def environment_data() -> Hiera:
    """The data of the environment beside this file."""
    module = read_layer(ENVIRONMENT / "modules/mod/hiera.yaml", of_module=True)
    return Hiera(read_layer(ENVIRONMENT / "hiera.yaml"), {"mod": module})


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    facts = {"fqdn": "n1.example.com", **FACTS}
    return Evaluator(ENVIRONMENT, environment_data(), facts=facts, **FACTS)


@pytest.mark.parametrize("row", ROWS)
def test_a_lookup_gives_what_puppet_gives(evaluator: Evaluator, row: Row) -> None:
    assert evaluator.outcome(row.expression) == row
