"""Names that are defined twice, or not in the file that they belong to, in Puppet's words."""

from __future__ import annotations

from pathlib import Path

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.manifests import Manifest
from puppet_grammar import nodes


def refuse_again(
    kind: str,
    node: nodes.Node,
    known: tuple[nodes.Node, Manifest] | None,
) -> None:
    """Have no function, no define and no type alias defined twice.

    Raises:
        EvaluationError: there is one of this name already.
    """
    if known is None or known[0] is node:
        return
    first, manifest = known
    where = manifest.place(first)
    column = where.column or 1
    if isinstance(first, nodes.TypeAlias):
        column += manifest.source.text.index(first.name, first.start) - first.start
    name = str(getattr(node, "name", "")).removeprefix("::").lower()
    raise EvaluationError(
        f"Attempt to redefine entity 'http://puppet.com/2016.1/runtime/{kind}/{name}'. "
        f"Originally set at file://{where.file}?line={where.line}&pos={column}.",
        code="already-defined", hint="Give one of the two another name, or remove one.", about=where,
    )  # fmt: skip


def wrong_name(file: Path, expected: str, found: nodes.TypeAlias) -> EvaluationError:
    """What is said of a file that has another type alias than its name promises."""
    return EvaluationError(
        f"The code loaded from {file} produced type with the wrong name, expected '{expected}', "
        f"actual '{found.name}'",
        code="unknown-type", hint="Name the type after its file, or rename the file.",
    )  # fmt: skip
