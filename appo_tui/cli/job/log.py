"""`appo job log` and `appo job events`: what the nodes and the job said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.cli.job.options import job_number, positive
from appo_tui.cli.output import Colour

if TYPE_CHECKING:
    from appo_tui.jobs import Store
    from appo_tui.jobs.events import AnyEvent, LogLine

_PAGE = 5000
_LABELS = {"err": "Error", "warning": "Warning", "notice": "Notice", "info": "Info", "debug": "Debug"}
_COLOURS: dict[str, Colour] = {
    "err": "red",
    "alert": "red",
    "emerg": "red",
    "crit": "red",
    "warning": "yellow",
}


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the commands."""
    log = commands.add_parser("log", parents=[parents], help="the log of a job's runs")
    log.add_argument("ID", type=job_number)
    log.add_argument("--node", metavar="CERTNAME", help="of this node alone")
    log.add_argument("--attempt", metavar="N", type=positive, help="with --node: not of its latest attempt")
    log.add_argument("-f", "--follow", action="store_true", help="go on until the job has ended")
    log.set_defaults(run=_log)
    events = commands.add_parser("events", parents=[parents], help="a job's events")
    events.add_argument("ID", type=job_number)
    events.add_argument("--start", metavar="N", type=int, default=1, help="from this event on")
    events.set_defaults(run=_events)


def _log(call: Call) -> int:
    options = call.options
    with call.store() as store:
        if options.node is not None:
            _check_node(store, options.ID, options.node)
        if options.node is not None and not options.follow:
            chosen: Iterable[_Chunk] = _of_node(store, options.ID, options.node, options.attempt)
        else:
            chosen = _of_all(store, options.ID, options.node, following=options.follow)
        for node, attempt, first, lines in chosen:
            for number, line in enumerate(lines, first):
                _write(call, node, attempt, number, line)
            if options.follow:
                call.output.flush()
    return 0


_Chunk = tuple[str, int, int, "tuple[LogLine, ...]"]


def _check_node(store: Store, job: int, node: str) -> None:
    nodes = [each.certname for each in store.job(job).request.plan.nodes]
    if node not in nodes:
        raise CommandError(f"job {job} has no node {node!r}", hint=f"it has: {', '.join(nodes)}")


def _of_node(store: Store, job: int, node: str, attempt: int | None) -> Iterator[_Chunk]:
    """Yields a node's log of one attempt, page by page."""
    attempts = store.log_attempts(job, node)
    chosen = attempt if attempt is not None else max(attempts, default=1)
    first = 1
    while lines := store.log(job, node, chosen, first, _PAGE):
        yield node, chosen, first, lines
        first += len(lines)


def _of_all(store: Store, job: int, node: str | None, *, following: bool) -> Iterator[_Chunk]:
    """Yields the log in the order in which it came in, of one node or of all."""
    from appo_tui.jobs import follow
    from appo_tui.jobs.events import LogChunk

    batches = follow(store, job) if following else _batches(store, job)
    for batch in batches:
        for event in batch:
            if isinstance(event, LogChunk) and node in (None, event.node):
                yield event.node, event.attempt, event.first, event.lines


def _batches(store: Store, job: int, after: int = 0) -> Iterator[tuple[AnyEvent, ...]]:
    store.job(job)
    while batch := store.events(job, after, limit=_PAGE):
        yield batch
        after = batch[-1].sequence


def _write(call: Call, node: str, attempt: int, number: int, line: LogLine) -> None:
    output = call.output
    if output.as_json:
        output.json_line(
            {
                "node": node,
                "attempt": attempt,
                "line": number,
                "stream": line.stream,
                "time": line.time,
                "level": line.level,
                "source": line.source,
                "text": line.text,
            }
        )
        return
    prefix = "" if call.options.node else f"{node}: "
    label = _LABELS.get(line.level, line.level.capitalize())
    source = f"{line.source}: " if line.source not in ("", "Puppet") else ""
    text = f"{prefix}{label}: {source}{line.text}"
    colour = _COLOURS.get(line.level)
    output.line(output.paint(text, colour) if colour else output.text(text))


def _events(call: Call) -> int:
    from appo_tui.cli.job.json_forms import event_json, timestamp

    with call.store() as store:
        store.job(call.options.ID)
        events = store.events(call.options.ID, call.options.start - 1, logs=False)
    items = [event_json(event) for event in events]
    if call.output.as_json:
        following = str(events[-1].sequence + 1) if events else str(call.options.start)
        call.output.json({"next-events": {"event": following}, "items": items})
        return 0
    for event, item in zip(events, items, strict=True):
        details = item["details"]
        node = details.get("node", "") if isinstance(details, dict) else ""
        words = (item["id"], timestamp(event.time), item["type"], node, item["message"])
        call.output.line(call.output.text("  ".join(str(word) for word in words if word)))
    return 0
