"""The sample environment, as far as it can be known without a node."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment import NO_FACTS, read_environment
from appo_tui.jobs.bundle.components import node_manifest
from appo_tui.model import read_model
from appo_tui.model.entities import Model
from appo_tui.plan import Target, make_plan

SAMPLES = Path(__file__).parent.parent / "sample_modules"


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(read_environment(SAMPLES, "production"), NO_FACTS)


def test_it_has_nothing_worse_than_a_note(model: Model) -> None:
    assert [found for found in model.diagnostics if found.severity != "note"] == []


def test_its_plan_has_five_levels_and_a_diamond(model: Model) -> None:
    assert make_plan(model, Target("all")).levels == (
        ("db1.test", "db2.test", "queue1.test"),
        ("api1.test", "web1.test", "web2.test", "web3.test", "worker1.test"),
        ("front1.test", "lb1.test"),
        ("edge1.test",),
        ("watch1.test",),
    )


def test_references_that_a_component_reads_itself_reach_its_node(model: Model) -> None:
    manifest = node_manifest(model, "lb1.test", availability=True)
    assert "backends => [Http['web-app1-1'], Http['web-app1-2']]," in manifest
