"""A job's progress as lines: its nodes by level, one node's story, its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appo_tui.jobs.progress import JobProgress, NodeProgress
from appo_tui.jobs.states import NodeState
from appo_tui.tui.drawing.glyphs import JOB_ROLES, NODE_ROLES, Glyphs, job_glyph, node_glyph
from appo_tui.tui.drawing.lines import EMPTY, Entry, Line, Span, line, reference, span
from appo_tui.tui.drawing.times import clock, duration
from appo_tui.tui.drawing.wrapping import wrapped
from appo_tui.tui.selection import Selection

_WIDEST_NAME = 32
_NOT_WELL = (NodeState.FAILED, NodeState.ERRORED, NodeState.SKIPPED)


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A row of the job's nodes: a level's heading, with the level's members, or a node.

    ``width`` is that of the longest certname.
    """

    level: int
    certname: str = ""
    members: tuple[str, ...] = ()
    width: int = 0


def node_rows(progress: JobProgress, *, only_failures: bool) -> tuple[NodeRow, ...]:
    """The rows: each level's heading, then its nodes."""
    rows: list[NodeRow] = []
    width = min(_WIDEST_NAME, max((len(name) for name in progress.nodes), default=0))
    for level, certnames in enumerate(progress.request.plan.levels):
        wanted = [each for each in certnames if not only_failures or progress.nodes[each].state in _NOT_WELL]
        if wanted:
            rows.append(NodeRow(level, members=certnames))
            rows += [NodeRow(level, each, width=width) for each in wanted]
    return tuple(rows)


def node_row_line(row: NodeRow, progress: JobProgress, now: float, glyphs: Glyphs) -> Line:
    """A row's text: sign, state in a word, elapsed, name, what it changed, what was said of it."""
    if not row.certname:
        return _level_line(row, progress, glyphs)
    node = progress.nodes[row.certname]
    role = NODE_ROLES[node.state]
    spans: list[Span] = [
        span(f"  {node_glyph(node.state, glyphs)} {node.state:8} ", role),
        span(f"{elapsed(node, now):>6} ", "dim"),
        span(f"{row.certname:{row.width}}  ", "node"),
    ]
    if node.metrics is not None:
        spans += _metrics(node)
    if node.message and not (node.metrics is not None and node.state is NodeState.FINISHED):
        gap = "  " if node.metrics is not None else ""
        spans.append(span(gap + node.message.partition("\n")[0], role))
    return tuple(spans)


def elapsed(node: NodeProgress, now: float) -> str:
    """How long a node has run, or ran."""
    if node.started is None:
        return ""
    return duration((node.finished or now) - node.started)


def job_line(progress: JobProgress, now: float, glyphs: Glyphs, width: int = 20) -> Line:
    """The job in one line: state, bar, counts, time."""
    done = sum(1 for node in progress.nodes.values() if node.state.ended)
    total = len(progress.nodes)
    filled = width * done // total if total else width
    end = progress.finished or now
    well = not any(progress.counts.get(state) for state in _NOT_WELL)
    spans: list[Span] = [
        span(f"{job_glyph(progress.state, glyphs)} {progress.state}", JOB_ROLES[progress.state]),
        span(f"  {glyphs.bar * filled}{glyphs.bar_rest * (width - filled)}", "good" if well else "warning"),
        span(f" {done}/{total}"),
    ]
    if progress.started is not None:
        spans.append(span(f"  {duration(end - progress.started)}", "dim"))
    for state, count in progress.counts.items():
        if state in _NOT_WELL or state is NodeState.RUNNING:
            spans.append(span(f"  {node_glyph(state, glyphs)} {count} {state}", NODE_ROLES[state]))
    if progress.stopping and not progress.state.ended:
        how = "ending what runs" if progress.stopping == "force" else "waiting for what runs; s again ends it"
        spans.append(span(f"  stopping: {how}", "warning"))
    if progress.runner_lost and not progress.state.ended:
        spans.append(span("  the runner is gone: :resume goes on", "bad"))
    return tuple(spans)


def node_story(progress: JobProgress, certname: str, now: float, glyphs: Glyphs) -> tuple[Entry, ...]:
    """Why a node waits, was skipped or failed; its attempts, with what was run, and its report."""
    node = progress.nodes.get(certname)
    if node is None:
        return (Entry(line(span("Put the cursor on a node.", "dim"))),)
    sign = f"{node_glyph(node.state, glyphs)} {node.state}"
    entries = [
        Entry(line(span("node ", "dim"), span(certname, "node"), "  ", span(sign, NODE_ROLES[node.state]),
                   span(f"  {elapsed(node, now)}", "dim"))),
    ]  # fmt: skip
    entries += [Entry(line(f"  {text}")) for text in node.message.splitlines()]
    if node.cause:
        entries.append(
            Entry(line(span("  because of ", "dim"), span(node.cause, "node")), Selection("node", node.cause))
        )
    entries += [EMPTY, *_waits(progress, certname, glyphs)]
    for attempt in node.attempts:
        entries += [EMPTY, Entry(line(span(f"Attempt {attempt.number}", "heading")))]
        entries.append(Entry(line(span("  started   ", "dim"), clock(attempt.started))))
        if attempt.finished is not None:
            entries.append(
                Entry(line(span("  took      ", "dim"), duration(attempt.finished - attempt.started)))
            )
        entries.append(Entry(line(span("  log       ", "dim"), f"{attempt.log_lines} lines")))
        entries.append(Entry(line(span("  command   ", "dim"), span(attempt.command, "string"))))
    if node.metrics is not None:
        entries += [EMPTY, Entry(line(span("Report", "heading")))]
        entries.append(Entry((span("  "), *_metrics(node), span(" resources", "dim"))))
        if node.configuration_version:
            entries.append(Entry(line(span("  version   ", "dim"), node.configuration_version)))
    planned = next((each for each in progress.request.plan.nodes if each.certname == certname), None)
    if planned is not None:
        entries += [EMPTY, Entry(line(span("Components", "heading")))]
        entries += [Entry((span("  "), *reference(each.component))) for each in planned.components]
    if progress.warnings:
        entries += [EMPTY, Entry(line(span("The whole job", "heading")))]
        mark = span(f"  {glyphs.errored} ", "warning")
        entries += [Entry(line(mark, text)) for text in progress.warnings]
    return tuple(entries)


def critical_path(progress: JobProgress) -> tuple[str, ...]:
    """The chain of nodes that made the job last as long as it did, in the order in which they ran."""
    ended = [node for node in progress.nodes.values() if node.started is not None]
    if not ended:
        return ()
    before = {node.certname: node.dependencies for node in progress.request.plan.nodes}

    def end(certname: str) -> float:
        node = progress.nodes[certname]
        return node.finished or progress.last_time or 0.0

    chain = [max(ended, key=lambda node: end(node.certname)).certname]
    while True:
        ran = [each for each in before.get(chain[-1], ()) if progress.nodes[each].started is not None]
        if not ran:
            return tuple(reversed(chain))
        chain.append(max(ran, key=end))


def timeline(progress: JobProgress, now: float, width: int, glyphs: Glyphs) -> Sequence[Line]:
    """A bar for each node that ran, on one scale; the critical path is marked."""
    started = progress.started
    if started is None:
        return (line(span("Nothing has run yet.", "dim")),)
    end = max(progress.finished or now, started + 0.001)
    longest = set(critical_path(progress))
    names = min(28, max((len(name) for name in progress.nodes), default=0))
    room = max(10, width - names - 12)
    scale = room / (end - started)
    lines: list[Line] = [
        line(span(f"{'':{names + 11}}0{duration(end - started):>{room - 1}}", "dim")),
    ]
    for certname, node in progress.nodes.items():
        mark = glyphs.marked if certname in longest else " "
        head: list[Span] = [
            span(f"{mark} ", "mark"),
            span(f"{certname[:names]:{names}} ", "node"),
            span(f"{elapsed(node, now):>7} ", "dim"),
        ]
        if node.started is not None:
            first = int((node.started - started) * scale)
            last = max(first + 1, int(((node.finished or now) - started) * scale))
            head += [span(" " * first), span(glyphs.bar * (last - first), NODE_ROLES[node.state])]
            head.append(span(f" {node_glyph(node.state, glyphs)}", NODE_ROLES[node.state]))
        else:
            head.append(span(f"{node_glyph(node.state, glyphs)} {node.state}", NODE_ROLES[node.state]))
        lines.append(tuple(head))
    chain = " > ".join(critical_path(progress))
    path = line(span(f"{glyphs.marked} ", "mark"), span("critical path: ", "dim"), chain)
    return [*lines, line(""), *wrapped(path, width)]


def _waits(progress: JobProgress, certname: str, glyphs: Glyphs) -> list[Entry]:
    edges = [edge for edge in progress.request.plan.edges if edge.consumer == certname]
    if not edges:
        waiting = progress.nodes[certname].started is None
        return [Entry(line(span("Waits for nothing." if waiting else "Waited for nothing.", "dim")))]
    entries = [Entry(line(span("Runs after", "heading")))]
    for producer in dict.fromkeys(edge.producer for edge in edges):
        node = progress.nodes[producer]
        names = ", ".join(edge.service_resource for edge in edges if edge.producer == producer)
        entries.append(
            Entry(
                line(
                    span(f"  {node_glyph(node.state, glyphs)} {node.state:8} ", NODE_ROLES[node.state]),
                    span(producer, "node"),
                    span(f"  {names}", "dim"),
                ),
                Selection("node", producer),
            )
        )
    return entries


def _metrics(node: NodeProgress) -> list[Span]:
    metrics = node.metrics
    if metrics is None:
        return []
    counts = (
        (metrics.failed, "failed", "bad"),
        (metrics.changed, "changed", "new"),
        (metrics.noop, "would change", "warning"),
        (metrics.skipped, "skipped", "warning"),
    )
    spans: list[Span] = []
    for count, word, role in counts:
        if count:
            spans += [span(", " if spans else "", "dim"), span(f"{count} {word}", role)]
    return [*(spans or [span("0 changed", "dim")]), span(f" of {metrics.total}", "dim")]


def _level_line(row: NodeRow, progress: JobProgress, glyphs: Glyphs) -> Line:
    done = sum(1 for each in row.members if progress.nodes[each].state.ended)
    return (span(f"{row.level} {glyphs.rule * 8} {done}/{len(row.members)}", "dim"),)
