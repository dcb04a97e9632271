"""What is wrong with a manifest's text, in Puppet's words."""

from __future__ import annotations

from dataclasses import replace

from appo_tui.environment.places import Place
from appo_tui.evaluator.definitions import definitions_in
from appo_tui.evaluator.faults import EvaluationError, PreformattedError
from appo_tui.evaluator.manifests import Manifest
from puppet_grammar import nodes


def syntax_faults(manifest: Manifest) -> list[EvaluationError]:
    """All syntax errors of a manifest, in order; Puppet stops at the first."""
    return [
        EvaluationError(
            error.message, Place(manifest.file, error.line, error.column), code="syntax", hint=error.hint
        )
        for error in manifest.errors
    ]


def readable(manifest: Manifest) -> list[Manifest]:
    """What is left of a manifest without its statements that have syntax errors: one manifest, or none."""
    if manifest.readable is None:
        return []
    return [replace(manifest, program=manifest.readable, error=None)]


def raise_parse_error(manifest: Manifest) -> None:
    """Raise what Puppet says of a file that it can't use.

    Raises:
        EvaluationError: a syntax error, the one fault that validation found, or their number.
    """
    error = manifest.error
    if error is not None:
        place = Place(manifest.file, error.line, error.column)
        if error.message.endswith(" at end of input"):  # Puppet gives no line for it
            text = f"{error.message} (file: {manifest.file})"
            raise PreformattedError(text, code="syntax", hint=error.hint, about=place)
        raise EvaluationError(error.message, place, code="syntax", hint=error.hint)
    errors = [
        (issue.message, Place(manifest.file, issue.line, issue.column))
        for issue in manifest.issues
        if issue.severity == "error"
    ]
    if not errors:
        return
    if len(errors) == 1:
        raise EvaluationError(errors[0][0], errors[0][1], code="validation")
    warnings = sum(issue.severity != "error" for issue in manifest.issues) + _deprecated(manifest)
    counted = f"{len(errors)} errors" + (f", and {warnings} warnings" if warnings else "")
    raise EvaluationError(
        f"Language validation logged {counted}. Giving up (file: {manifest.file})", code="validation"
    )


def _deprecated(manifest: Manifest) -> int:
    """How many statements of application orchestration there are: each is a warning since Puppet 5.5.21."""
    if manifest.program is None:
        return 0
    orchestration = (nodes.ApplicationExpression, nodes.SiteDefinition, nodes.CapabilityMapping)
    return sum(isinstance(node, orchestration) for node in definitions_in(manifest.program))
