"""What a conformance case expects, against what Puppet 5.5 says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_OBJECT_ID = re.compile(r"0x[0-9a-f]+")


def differences(case: Path, said: dict[str, Any]) -> Iterator[str]:
    """How a case's expected.json differs from Puppet's result, a line each.

    Compared are status, the error's message, graph, dependencies, cycle, applications, and each node's
    status, resources and error message.
    """
    expected = json.loads((case / "expected.json").read_text())
    for part in ("status", "graph", "dependencies", "cycle", "applications"):
        if (expected.get(part) or None) != (said.get(part) or None):
            yield f"{part}: expected {expected.get(part)}, Puppet says {said.get(part)}"
    if _message(expected) != _message(said):
        yield f"error: expected {_message(expected)!r}, Puppet says {_message(said)!r}"
    for certname, node in (expected.get("nodes") or {}).items():
        theirs = said["nodes"].get(certname, {})
        if (node["status"], _message(node)) != (theirs.get("status"), _message(theirs)):
            yield f"{certname}: expected {node['status']} {_message(node)}, Puppet says {theirs}"
        elif node.get("resources") != theirs.get("resources"):
            yield f"{certname}: its resources differ"


def _message(compiled: dict[str, Any]) -> str | None:
    error = compiled.get("error")
    return _OBJECT_ID.sub("0x", error["message"]) if error else None
