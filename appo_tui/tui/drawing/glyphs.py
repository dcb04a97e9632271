"""Signs that stand before words: never a state by its colour alone, and all of them in ASCII too."""

from __future__ import annotations

from dataclasses import dataclass

from appo_tui.jobs.states import JobState, NodeState
from appo_tui.model.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of one character set."""

    opened: str
    closed: str
    leaf: str
    marked: str
    produces: str
    consumes: str
    runs_on: str
    came_from: str
    crumb: str
    rule: str
    bar: str
    bar_rest: str
    ellipsis: str
    border: str
    ascending: str
    descending: str
    new: str
    ready: str
    running: str
    good: str
    bad: str
    errored: str
    skipped: str
    stopped: str
    boxes: str
    """Horizontal, vertical, then corners and crossings by their arms: see plan_graph."""


UNICODE = Glyphs(
    opened="▾",
    closed="▸",
    leaf=" ",
    marked="●",
    produces="↑",
    consumes="↓",
    runs_on="→",
    came_from="←",
    crumb="›",  # noqa: RUF001 (meant)
    rule="─",
    bar="█",
    bar_rest="░",
    ellipsis="…",
    border="▏",
    ascending="▲",
    descending="▼",
    new="·",
    ready="○",
    running="▶",
    good="✓",
    bad="✗",
    errored="‼",
    skipped="↷",
    stopped="■",
    boxes=" ╵╷│╴┘┐┤╶└┌├─┴┬┼",
)

ASCII = Glyphs(
    opened="-",
    closed="+",
    leaf=" ",
    marked="*",
    produces="^",
    consumes="v",
    runs_on=">",
    came_from="<",
    crumb=">",
    rule="-",
    bar="#",
    bar_rest=".",
    ellipsis="~",
    border="|",
    ascending="^",
    descending="v",
    new=".",
    ready="o",
    running=">",
    good="+",
    bad="x",
    errored="!",
    skipped="/",
    stopped="=",
    boxes=" |||-+++-+++-+++",
)

NODE_ROLES = {
    NodeState.NEW: "dim",
    NodeState.READY: "waiting",
    NodeState.RUNNING: "busy",
    NodeState.FINISHED: "good",
    NodeState.FAILED: "bad",
    NodeState.ERRORED: "bad",
    NodeState.SKIPPED: "warning",
}

JOB_ROLES = {
    JobState.NEW: "dim",
    JobState.READY: "waiting",
    JobState.RUNNING: "busy",
    JobState.STOPPING: "warning",
    JobState.STOPPED: "warning",
    JobState.FINISHED: "good",
    JobState.FAILED: "bad",
}

SEVERITY_ROLES = {Severity.ERROR: "bad", Severity.WARNING: "warning", Severity.NOTE: "note"}


def node_glyph(state: NodeState, glyphs: Glyphs) -> str:
    """The sign of a node's state."""
    return {
        NodeState.NEW: glyphs.new,
        NodeState.READY: glyphs.ready,
        NodeState.RUNNING: glyphs.running,
        NodeState.FINISHED: glyphs.good,
        NodeState.FAILED: glyphs.bad,
        NodeState.ERRORED: glyphs.errored,
        NodeState.SKIPPED: glyphs.skipped,
    }[state]


def job_glyph(state: JobState, glyphs: Glyphs) -> str:
    """The sign of a job's state."""
    return {
        JobState.NEW: glyphs.new,
        JobState.READY: glyphs.ready,
        JobState.RUNNING: glyphs.running,
        JobState.STOPPING: glyphs.stopped,
        JobState.STOPPED: glyphs.stopped,
        JobState.FINISHED: glyphs.good,
        JobState.FAILED: glyphs.bad,
    }[state]


def severity_glyph(severity: Severity, glyphs: Glyphs) -> str:
    """The sign of how bad a diagnostic is."""
    return {Severity.ERROR: glyphs.bad, Severity.WARNING: glyphs.errored, Severity.NOTE: glyphs.new}[severity]
