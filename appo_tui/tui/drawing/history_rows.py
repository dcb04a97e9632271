"""Jobs of the history as rows of its table, and what came of one as a page."""

from __future__ import annotations

from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store.summary import JobSummary
from appo_tui.tui.drawing.glyphs import JOB_ROLES, Glyphs, job_glyph, node_glyph
from appo_tui.tui.drawing.job_lines import job_line, node_row_line, node_rows
from appo_tui.tui.drawing.lines import EMPTY, Entry, line, span
from appo_tui.tui.drawing.times import age, clock, duration
from appo_tui.tui.widgets.table import Row


def job_row(job: JobSummary, now: float, glyphs: Glyphs) -> Row:
    """A job as a row of the table."""
    role = JOB_ROLES[job.state]
    took = job.duration if job.duration is not None else (now - job.started if job.started else None)
    state = f"{job_glyph(job.state, glyphs)} {job.state}"
    if job.lost:
        state, role = f"{glyphs.errored} lost", "bad"
    if job.noop:
        state += ", no-op"
    counts = " ".join(f"{node_glyph(each, glyphs)}{count}" for each, count in job.node_states.items())
    note = " ".join(
        each for each in (job.description, "(simulated)" if job.simulated else "") if each
    )
    cells = (
        span(str(job.id), "number"), span(state, role), span(_short(job.target), "type"), span(counts),
        span(age(job.started or job.created, now), "dim"), span(duration(took)), span(job.owner, "dim"),
        span(note), span(job.environment, "dim"),
    )  # fmt: skip
    order = (
        job.id,
        job.state.value,
        job.target,
        job.node_count,
        job.started or job.created,
        job.duration,
        job.owner,
        job.description,
        job.environment,
    )
    return Row(job.id, cells, order)


def _short(target: str) -> str:
    """The first of several nodes, and how many others there are."""
    first, *others = target.split(", ")
    return f"{first} and {len(others)} more" if len(others) > 1 else target


def summary_entries(number: int, progress: JobProgress, glyphs: Glyphs) -> tuple[Entry, ...]:
    """What came of a job, on a page."""
    request = progress.request
    end = progress.finished or progress.last_time or 0.0
    entries = [
        Entry((span(f"job {number}  ", "heading"), *job_line(progress, end, glyphs, width=10))),
        EMPTY,
        Entry(line(span("target       ", "dim"), str(request.plan.target))),
        Entry(line(span("environment  ", "dim"), request.environment)),
        Entry(
            line(
                span("started      ", "dim"),
                clock(progress.started),
                span(f"  by {request.owner}@{request.host}", "dim"),
            )
        ),
        Entry(line(span("command      ", "dim"), span(request.command, "string"))),
    ]
    if request.retry_of is not None:
        entries.append(Entry(line(span("retry of     ", "dim"), f"job {request.retry_of}")))
    if progress.stale:
        entries.append(Entry(line(span("The files had changed since it was planned.", "warning"))))
    entries.append(EMPTY)
    rows = node_rows(progress, only_failures=False)
    entries += [Entry(node_row_line(row, progress, end, glyphs)) for row in rows]
    return tuple(entries)
