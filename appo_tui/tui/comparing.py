"""Two jobs side by side: which nodes ended otherwise, took longer, or changed other things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appo_tui.jobs.progress import JobProgress, NodeProgress
from appo_tui.tui.drawing.glyphs import NODE_ROLES, Glyphs, node_glyph
from appo_tui.tui.drawing.lines import EMPTY, Entry, Span, line, span
from appo_tui.tui.drawing.times import clock, duration
from appo_tui.tui.widgets.table import Row


@dataclass(frozen=True, slots=True)
class NodePair:
    """A node in both jobs; None where a job has not got it."""

    certname: str
    first: NodeProgress | None
    second: NodeProgress | None

    @property
    def differs(self) -> bool:
        """Whether it ended in another state, or changed other resources."""
        if self.first is None or self.second is None:
            return True
        return self.first.state is not self.second.state or touched(self.first) != touched(self.second)


def pairs(first: JobProgress, second: JobProgress) -> tuple[NodePair, ...]:
    """The nodes of both jobs, those of the first in its order, then those of the second only."""
    names = dict.fromkeys((*first.nodes, *second.nodes))
    return tuple(NodePair(name, first.nodes.get(name), second.nodes.get(name)) for name in names)


def touched(node: NodeProgress) -> frozenset[tuple[str, str]]:
    """The resources of a node's report that were not left as they were, with the status of each."""
    return frozenset(
        (f"{each.resource_type}[{each.resource_title}]", each.status) for each in node.resource_events
    )


def comparison_rows(found: Iterable[NodePair], glyphs: Glyphs) -> list[Row]:
    """A row for each node: its two states, its two durations, and what differs."""
    rows: list[Row] = []
    for pair in found:
        times = [_took(each) for each in (pair.first, pair.second)]
        difference = times[1] - times[0] if times[0] is not None and times[1] is not None else None
        cells: tuple[Span, ...] = (
            span(pair.certname, "node"),
            _state(pair.first, glyphs),
            _state(pair.second, glyphs),
            span(duration(times[0]), "dim"),
            span(duration(times[1]), "dim"),
            span(
                "" if difference is None else f"{'+' if difference >= 0 else '-'}{duration(abs(difference))}"
            ),
            span("differs" if pair.differs else "same", "warning" if pair.differs else "dim"),
        )
        order = (pair.certname, cells[1][0], cells[2][0], times[0], times[1], difference, pair.differs)
        rows.append(Row(pair.certname, cells, order))
    return rows


def pair_entries(pair: NodePair, numbers: tuple[int, int]) -> tuple[Entry, ...]:
    """What a node did in one job and not in the other."""
    entries = [Entry(line(span("node ", "dim"), span(pair.certname, "node"))), EMPTY]
    before = touched(pair.first) if pair.first else frozenset()
    after = touched(pair.second) if pair.second else frozenset()
    for title, these, role in (
        (f"Only in job {numbers[0]}", before - after, "old"),
        (f"Only in job {numbers[1]}", after - before, "new"),
        ("In both", before & after, "dim"),
    ):
        entries.append(Entry(line(span(title, "heading"), span("" if these else "  nothing", "dim"))))
        entries += [Entry(line(span(f"  {status:8} ", role), name)) for name, status in sorted(these)]
        entries.append(EMPTY)
    for number, node in zip(numbers, (pair.first, pair.second), strict=True):
        if node is not None and node.message:
            entries.append(Entry(line(span(f"job {number}: ", "dim"), node.message.partition("\n")[0])))
    return tuple(entries)


def heading(progress: JobProgress, number: int) -> str:
    """A job in a few words."""
    return f"job {number} ({progress.state}, {clock(progress.started)})"


def _took(node: NodeProgress | None) -> float | None:
    if node is None or node.started is None or node.finished is None:
        return None
    return node.finished - node.started


def _state(node: NodeProgress | None, glyphs: Glyphs) -> Span:
    if node is None:
        return span("not in it", "dim")
    return span(f"{node_glyph(node.state, glyphs)} {node.state}", NODE_ROLES[node.state])
