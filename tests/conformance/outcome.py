"""What a case comes to here, in the form of its expected.json."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from appo_tui.environment import Facts, read_environment
from appo_tui.environment.facts import frozen
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.text import ruby_inspected
from appo_tui.evaluator.values import Sensitive
from appo_tui.model import graph
from appo_tui.model.node_catalogs import NodeCatalog
from appo_tui.model.node_compilation import node_message
from appo_tui.model.reading import model_of
from appo_tui.model.resolution import Resolution, resolve
from appo_tui.model.service_values import ServiceValues, StoredResource
from appo_tui.model.showing import as_json, in_catalog
from appo_tui.model.validation import is_component

REDACTED = "Sensitive [value redacted]"


@dataclass(frozen=True)
class Case:
    """A program and what Puppet makes of it."""

    directory: Path

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def expected(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.directory / "expected.json").read_text())
        return content

    @property
    def inputs(self) -> dict[str, Any]:
        file = self.directory / "inputs.yaml"
        return (yaml.safe_load(file.read_text()) or {}) if file.exists() else {}


def outcome(case: Case) -> dict[str, Any]:
    """Resolve a case's environment with its inputs."""
    inputs = case.inputs
    given: dict[str, Any] = {name: frozen(facts or {}) for name, facts in (inputs.get("facts") or {}).items()}
    nodes = tuple(inputs.get("nodes") or ())
    for certname in (*case.expected.get("nodes", {}), *nodes):
        given.setdefault(certname, {})
    facts = Facts(given)
    resolution = resolve(
        read_environment(case.directory / "env"),
        facts,
        settings=CompilerSettings(**(inputs.get("settings") or {})),
        values=_left_behind(inputs.get("puppetdb") or []),
    )
    return _described(case, resolution, facts)


def _left_behind(entries: list[dict[str, Any]]) -> ServiceValues:
    values = ServiceValues()
    for entry in entries:
        whole = {"tags": ["producer:production"], "parameters": {}, "certname": "preloaded", **entry}
        tag = next((tag for tag in whole["tags"] if tag.startswith("producer:")), None)
        if tag is None:
            continue
        order = ("tags", "parameters", "certname", "type", "title")
        shown: dict[str, Any] = {key: frozen(whole[key]) for key in order}
        values.add(
            StoredResource(
                whole["type"], whole["title"], shown["parameters"], whole["certname"],
                tag.removeprefix("producer:"), inspected=ruby_inspected(shown),
            )
        )  # fmt: skip
    return values


def _described(case: Case, resolution: Resolution, facts: Facts) -> dict[str, Any]:
    root = str(case.directory / "env")
    found: dict[str, Any] = {"status": "ok", "nodes": {}}
    model = model_of(resolution, facts)
    if resolution.error is not None:
        found["status"] = "error"
        found["error"] = _plain(str(resolution.error_message), root)
    if not resolution.catalog_faults and not resolution.graph_faults:
        found["graph"] = graph(model)["applications"]
        found["dependencies"] = [
            f"{binding.producer} -> {binding.consumer} ({binding.service_resource})"
            for binding in model.bindings
            if model.components[binding.consumer].instance and model.components[binding.producer].instance
        ]
    found["cycles"] = [item.message for item in model.diagnostics if item.code == "component-cycle"]
    for certname, catalog in resolution.nodes.items():
        found["nodes"][certname] = _node(catalog, root)
    bad = next((name for name, node in found["nodes"].items() if node["status"] == "error"), None)
    if found["status"] == "ok" and bad is not None:
        found["status"] = "node_error"
        found["error"] = found["nodes"][bad]["error"]
    return found


def _node(catalog: NodeCatalog, root: str) -> dict[str, Any]:
    if catalog.faults:
        message = _plain(node_message(catalog.faults[0], catalog.certname), root)
        return {"status": "error", "error": message, "code": catalog.faults[0].code}
    compilation = catalog.compilation
    bound = [
        item
        for item in compilation.catalog
        if not item.is_absent and (item.is_capability or is_component(compilation, item))
    ]
    return {"status": "ok", "resources": {item.reference: _parameters(item) for item in bound}}


def _parameters(resource: Resource) -> dict[str, Any]:
    return {
        name: _value(parameter.value)
        for name, parameter in resource.parameters.items()
        if parameter.value is not None and name not in ("name", "nodes")
    }


def _value(value: object) -> Any:
    return REDACTED if isinstance(value, Sensitive) else as_json(in_catalog(value))


def _plain(text: str, root: str) -> str:
    return re.sub(r"0x[0-9a-f]+>", "0x0>", text.replace(root, "<env>"))
