"""`appo job compare` and `replay`: past jobs looked at again."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.durations import duration
from appo_tui.cli.job.ending import exit_code, write_ending
from appo_tui.cli.job.options import job_number
from appo_tui.cli.job.watching import EventWriter
from appo_tui.cli.table import write_table

if TYPE_CHECKING:
    from appo_tui.jobs import JobProgress, NodeProgress

_LONGEST_GAP = 3600.0  # seconds of the job's time that a replay waits at once


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the commands."""
    compare = commands.add_parser("compare", parents=[parents], help="how two jobs differ, node by node")
    compare.add_argument("ID", type=job_number)
    compare.add_argument("OTHER", type=job_number)
    compare.set_defaults(run=_compare)
    replay = commands.add_parser("replay", parents=[parents], help="show a past job as it went")
    replay.add_argument("ID", type=job_number)
    replay.add_argument("--speed", metavar="X", type=_speed, default=1.0, help="times as fast as it was (1)")
    replay.set_defaults(run=_replay, formats=("text",))


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not speed > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return speed


def _compare(call: Call) -> int:
    with call.store() as store:
        first, second = store.progress(call.options.ID), store.progress(call.options.OTHER)
    certnames = list(dict.fromkeys([*first.nodes, *second.nodes]))
    if call.output.as_json:
        from appo_tui.cli.job.json_forms import node_json

        call.output.json(
            {
                "jobs": [str(call.options.ID), str(call.options.OTHER)],
                "same_environment": _same_files(first, second),
                "nodes": {
                    name: [
                        node_json(job.nodes[name]) if name in job.nodes else None for job in (first, second)
                    ]
                    for name in certnames
                },
            }
        )
        return 0
    heading = ("NODE", f"JOB {call.options.ID}", f"JOB {call.options.OTHER}")
    rows = [(name, _cell(first.nodes.get(name)), _cell(second.nodes.get(name))) for name in certnames]
    write_table(heading, rows, call.output)
    if not _same_files(first, second):
        call.output.line("The environment's files changed between them.")
    return 0


def _same_files(first: JobProgress, second: JobProgress) -> bool:
    return first.request.plan.model_digest == second.request.plan.model_digest


def _cell(node: NodeProgress | None) -> str:
    """Returns a node's part of a job in a few words."""
    if node is None:
        return "not in it"
    parts = [str(node.state)]
    if node.started is not None and node.finished is not None:
        parts.append(duration(node.finished - node.started))
    if node.metrics is not None:
        parts += [f"{node.metrics.changed} changed", f"{node.metrics.failed} failed"]
    return ", ".join(parts)


def _replay(call: Call) -> int:
    """Writes a job's events again, with the pauses between them that there were."""
    with call.store() as store:
        progress = store.progress(call.options.ID)
        events = store.events(call.options.ID, logs=False)
    writer = EventWriter(call.output, call.options.ID, simulated=progress.request.simulated)
    before = events[0].time if events else 0.0
    for event in events:
        time.sleep(min(max(event.time - before, 0.0), _LONGEST_GAP) / call.options.speed)
        before = event.time
        writer.write((event,))
    write_ending(progress, call.output)
    return exit_code(progress)
