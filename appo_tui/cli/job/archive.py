"""`appo job export` and `import`: jobs taken out of the history, and put into it."""

from __future__ import annotations

from pathlib import Path

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.cli.job.options import job_number


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the commands."""
    export = commands.add_parser("export", parents=[parents], help="write a job to a file, its log included")
    export.add_argument("ID", type=job_number)
    export.add_argument("FILE", type=Path)
    export.set_defaults(run=_export)
    imported = commands.add_parser("import", parents=[parents], help="put a job of a file into the history")
    imported.add_argument("FILE", type=Path)
    imported.set_defaults(run=_import)


def _export(call: Call) -> int:
    from appo_tui.jobs.archive import export_job

    job = call.options.ID
    with call.store() as store:
        try:
            export_job(store, job, call.options.FILE)
        except OSError as error:
            raise CommandError(f"{call.options.FILE} can't be written: {error.strerror}") from error
    _tell(call, job, f"Job {job} is in {call.options.FILE}.")
    return 0


def _import(call: Call) -> int:
    from appo_tui.jobs.archive import import_job

    call.refuse_if_read_only("an import")
    with call.store() as store:
        try:
            job = import_job(store, call.options.FILE)
        except OSError as error:
            raise CommandError(f"{call.options.FILE} can't be read: {error.strerror}") from error
    _tell(call, job, f"New job id created: {job}")
    return 0


def _tell(call: Call, job: int, text: str) -> None:
    if call.output.as_json:
        call.output.json({"job": {"id": str(job), "name": str(job)}})
    else:
        call.output.line(call.output.text(text))
