"""What is wrong with an environment, found before anything runs."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from appo_tui.environment.places import Place


class Severity(StrEnum):
    """How bad it is: an error keeps a job from starting, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One fault.

    Attributes:
        severity: how bad it is.
        code: a stable lower-case word with dashes, such as ``never-exported``; listed in docs/diagnostics.md.
        message: Puppet's own text where Puppet has one, without the place.
        place: where; None where it is of the whole environment.
        hint: what to do about it, or an empty string.
        node: the certname, where it shows only in that node's catalog.
    """

    severity: Severity
    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    node: str | None = None
