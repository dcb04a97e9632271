"""What a Puppet server did for an environment and nothing does where there is none.

Exported resources need a PuppetDB, an external node classifier its server, and a hiera backend its code.
None of it breaks the graph: what hangs on it is missing on the nodes, or unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from appo_tui.environment.places import Place
from appo_tui.evaluator.manifests import Manifest
from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.resolution import Resolution
from puppet_grammar import nodes
from puppet_grammar.traversal import walk

_CLASSIFIER = re.compile(r"\s*node_terminus\s*=\s*(exec|classifier|ldap)\b")
_SERVERS_FILES = ("puppet.conf", "../../puppet.conf", "../../../puppet/puppet.conf")
"""Where puppet.conf lies beside an environment: of a copy, of Puppet 3, of Puppet 4 and later."""
_UNREADABLE = frozenset(("yaml_data", "json_data", "eyaml_lookup_key", "hocon_data"))


def not_carried_over(resolution: Resolution) -> Iterator[Diagnostic]:
    """Warnings of what the code or the configuration asks a server for, and faults of hiera.yaml files."""
    for manifest in resolution.compilation.definitions.files.values():
        yield from _exported(manifest)
    yield from _classifier(resolution.environment.root)
    yield from _data(resolution)


def _exported(manifest: Manifest) -> Iterator[Diagnostic]:
    text = manifest.source.text
    if manifest.program is None or ("@@" not in text and "<<|" not in text):
        return
    for node in walk(manifest.program):
        if isinstance(node, nodes.ResourceExpression) and node.form == "exported":
            yield Diagnostic(
                Severity.WARNING, "exported-resource",
                f"An exported resource (@@{manifest.text(node.type_name)}) needs a PuppetDB",
                manifest.place(node),
                "In apply mode no other node collects it: export a service resource instead.",
            )  # fmt: skip
        elif isinstance(node, nodes.ExportedQuery):
            yield Diagnostic(
                Severity.WARNING, "exported-collector",
                "A collector of exported resources (<<| |>>) needs a PuppetDB",
                manifest.place(node),
                "In apply mode it collects nothing of other nodes: consume a service resource instead.",
            )  # fmt: skip


def _classifier(root: Path) -> Iterator[Diagnostic]:
    for relative in _SERVERS_FILES:
        file = (root / relative).resolve()
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for number, line in enumerate(lines, 1):
            if _CLASSIFIER.match(line):
                yield Diagnostic(
                    Severity.WARNING, "external-nodes",
                    "An external node classifier gives nodes classes and variables that are not known here",
                    Place(str(file), number),
                    "In apply mode nodes get neither: write node blocks, or put the variables into hiera.",
                )  # fmt: skip
        return


def _data(resolution: Resolution) -> Iterator[Diagnostic]:
    hiera = resolution.compilation.hiera
    if hiera is None:
        return
    told = {fault.text for fault in resolution.catalog_faults}
    for layer in hiera.layers:
        place = Place(str(layer.root / "hiera.yaml"), 1)
        if layer.fault is not None and not any(str(layer.fault) in text for text in told):
            hint = "Every lookup that comes to this file fails: correct it."
            at_fault = Place(place.file, layer.fault.line or place.line)
            yield Diagnostic(Severity.ERROR, "hiera", str(layer.fault), at_fault, hint)
        for level in (*layer.levels, *layer.default_levels):
            function = level.function.removeprefix("Hiera 3 backend ")
            if level.function in _UNREADABLE or resolution.environment.ruby_function_file(function):
                continue
            yield Diagnostic(
                Severity.WARNING, "hiera-backend",
                f"The level '{level.name}' of the data asks {function}, which no module here brings",
                place,
                "What it would give is unknown; in apply mode every node needs it: add its module, or take "
                "the level out.",
            )  # fmt: skip
