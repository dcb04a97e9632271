"""The sample environment as Puppet 5.5, which has the language, compiles it."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests.hosts.controller import SAMPLES, Controller
from tests.hosts.testbed import Bed
from tests.reference.compiling import HOST, compile_cases

pytestmark = pytest.mark.hosts
HOSTS = (f"{HOST}@bullseye",)
METAPARAMETERS = {"require", "export", "consume"}


@pytest.fixture(scope="module")
def compiled(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    case = tmp_path_factory.mktemp("reference") / "samples"
    shutil.copytree(SAMPLES, case / "env")
    return compile_cases(bed, [case])["samples"]


@pytest.fixture(scope="module")
def shown(compiled: dict[str, Any], controller: Controller) -> dict[str, Any]:
    """What `appo node show` says of each node."""
    return {certname: controller.json("node", "show", certname) for certname in compiled["nodes"]}


def puppets_values(compiled: dict[str, Any], certname: str, kind: str) -> dict[str, dict[str, Any]]:
    """The parameters of a node's `components`, or of the service resources that it `produces`."""
    components = {c["ref"] for application in compiled["applications"] for c in application["components"]}
    return {
        resource["ref"]: {k: v for k, v in resource["parameters"].items() if k not in METAPARAMETERS}
        for resource in compiled["nodes"][certname]["resources"]
        if (resource["ref"] in components if kind == "components" else "producer" in resource)
    }


def test_every_node_compiles_without_a_warning(compiled: dict[str, Any]) -> None:
    assert compiled["status"] == "ok"
    assert [node for node in compiled["nodes"].values() if "logs" in node] == []


def test_our_graph_is_puppets(compiled: dict[str, Any], controller: Controller) -> None:
    assert controller.json("app", "show")["applications"] == compiled["graph"]


@pytest.mark.parametrize("kind", ["components", "produces"])
def test_our_values_are_puppets(compiled: dict[str, Any], shown: dict[str, Any], kind: str) -> None:
    for certname in compiled["nodes"]:
        theirs = puppets_values(compiled, certname, kind)
        assert with_secrets_of(theirs, shown[certname][kind]) == theirs


def with_secrets_of(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Ours, with Puppet's value where ours is hidden."""
    return {
        reference: {
            name: theirs[reference][name] if value == {"sensitive": True} else value
            for name, value in parameters.items()
        }
        for reference, parameters in ours.items()
    }
