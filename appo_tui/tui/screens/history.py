"""All jobs, the newest first, page by page as one comes to their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store.reading import JobOrder
from appo_tui.jobs.store.summary import JobSummary
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.drawing.history_rows import job_row, summary_entries
from appo_tui.tui.drawing.lines import Line, counted, line
from appo_tui.tui.filters import Pattern
from appo_tui.tui.job_search import PAGE, FoundJobs, find_jobs
from appo_tui.tui.saving import save
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.job_table import JobTable
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.widgets.table import Row, row_text

_LOOK_SECONDS = 2.0
_TYPING_SECONDS = 0.15
_NO_JOBS = "No job yet: 1 shows the applications, p plans one, r runs the plan."
_COLUMNS = ("job", "state", "target", "nodes", "started", "took", "who", "description", "environment")


_ORDERS: tuple[JobOrder, ...] = (
    "job", "state", "target", "nodes", "started", "took", "owner", "description", "environment",
)  # fmt: skip
"""What the store sorts by where one sorts by a column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which jobs are asked of the store, and in which order."""

    text: str = ""
    order: JobOrder = "job"
    descending: bool = True
    pattern: Pattern | None = None
    """What their rows match, which the store can't tell; all that do have the text."""


class HistoryScreen(PanedScreen):
    """A table of jobs; beside it what came of the one under the cursor."""

    CSS_PATH = "history.tcss"
    BINDINGS = bindings_of("history")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "history")
    KEEPS_FILTER = True
    PANES: ClassVar[tuple[tuple[str, str], ...]] = (("jobs", "Jobs"), ("summary", "Summary"))

    class Page(Message):
        """A worker has found some of the jobs that were asked for, and counted all."""

        def __init__(self, found: FoundJobs, total: int, asked: Asked) -> None:
            super().__init__()
            self.found = found
            self.total = total
            self.asked = asked

    class Summed(Message):
        """A worker has read what came of a job."""

        def __init__(self, number: int, progress: JobProgress) -> None:
            super().__init__()
            self.number = number
            self.progress = progress

    def __init__(self) -> None:
        super().__init__()
        self._jobs: dict[int, JobSummary] = {}
        """The first of those that were asked for, as many as have been read."""
        self._rows: dict[int, Row] = {}
        self._asked = Asked()
        self._shown = Asked()
        """What was asked for when the jobs were read that are shown."""
        self._looked_at = 0
        """Jobs of the store, in the order that was asked for, that have been looked at."""
        self._whole = False
        """Whether these are all."""
        self._total = 0
        self._soon: Timer | None = None
        self._marked: tuple[int, ...] = ()

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        if pane == "jobs":
            return JobTable(_COLUMNS, self.appo.glyphs, self._row_now, empty="Reading the jobs...", id="jobs")
        return Document(wraps=True, id="summary")

    def on_mount(self) -> None:
        """Read the newest jobs, and look for newer ones."""
        self._read(0)
        self.set_interval(_LOOK_SECONDS, self.look_again)

    def fill_pane(self, pane: str) -> None:
        """Show the jobs."""
        widget = self.pane(pane)
        if isinstance(widget, JobTable):
            widget.marked = frozenset(self._marked)
            widget.total, widget.whole = self._total, self._whole
            if self._whole and not self._jobs and not widget.search_text:
                widget.empty = _NO_JOBS
            widget.show([self._rows[number] for number in sorted(self._jobs, reverse=True)])
        elif self.number is not None:
            self._sum(self.number)

    def command(self) -> str:
        """Its number's."""
        return "history"

    def crumbs(self) -> Sequence[str]:
        """History."""
        return (self.appo.workspace.session.environment, "history")

    def said(self) -> Line:
        """How many jobs there are."""
        return line(counted(self._total, "job") if self._total else "")

    @property
    def number(self) -> int | None:
        """The job under the cursor."""
        key = self.query_one("#jobs", JobTable).cursor_key
        return key if isinstance(key, int) else None

    def on_screen_resume(self) -> None:
        """Jobs may have come on."""
        self._read(0)

    def on_history_screen_page(self, event: Page) -> None:
        """Take jobs."""
        if event.asked != self._asked:
            return
        found = event.found
        changed = event.total != self._total
        if self._shown != self._asked:
            self._jobs, self._rows, self._shown, self._looked_at = {}, {}, self._asked, 0
            changed = True
        self._total = event.total
        read = {each.id: each for each in found.jobs}
        if found.end >= self._looked_at:
            changed = changed or self._whole != found.whole
            self._looked_at, self._whole = found.end, found.whole
        if found.whole and not found.first and self._jobs.keys() - read.keys():
            # What was found is not any more, as its state is another one, or it is forgotten.
            self._jobs = {key: each for key, each in self._jobs.items() if key in read}
            changed = True
        new = [each for each in found.jobs if self._jobs.get(each.id) != each]
        if new or changed:
            now = self.appo.now()
            self._rows.update((each.id, job_row(each, now, self.appo.glyphs)) for each in new)
            self._jobs.update(read)
            self.fill_panes()
        else:
            self.query_one("#jobs").refresh()

    def on_job_table_asked(self) -> None:
        """Read what is wanted now, unless one types on."""
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(_TYPING_SECONDS, partial(self._read, 0))

    def on_history_screen_summed(self, event: Summed) -> None:
        """Show what came of a job."""
        widget = self.pane("summary")
        if isinstance(widget, Document) and event.number == self.number:
            widget.show(summary_entries(event.number, event.progress, self.appo.glyphs))

    @on(RowList.Highlighted, "#jobs")
    def _job_highlighted(self, event: RowList.Highlighted) -> None:
        if not self._whole and event.rows.cursor_index >= len(self._jobs) - 2:
            self._read(self._looked_at)
        summary = self.pane("summary")
        if summary is not None and summary.display:
            self.fill_pane("summary")

    @on(RowList.Selected, "#jobs")
    def _job_chosen(self) -> None:
        if self.number is not None:
            self.appo.open_job(self.number)

    def action_mark(self) -> None:
        """Mark a job; the last two count."""
        number = self.number
        if number is None:
            return
        kept = tuple(each for each in self._marked if each != number)
        self._marked = kept if number in self._marked else (*kept[-1:], number)
        self.fill_pane("jobs")
        self.query_one("#jobs", JobTable).action_cursor_down()

    def action_compare(self) -> None:
        """Compare the marked jobs, or the marked one and that under the cursor."""
        from appo_tui.tui.screens.compare import CompareScreen

        chosen = dict.fromkeys(
            (*self._marked, *((self.number,) if self.number and len(self._marked) < 2 else ()))
        )
        if len(chosen) != 2:
            self.notify("Mark two jobs with the space bar, then compare them.")
            return
        first, second = sorted(chosen)
        self.app.push_screen(CompareScreen(first, second))

    def action_replay(self) -> None:
        """Play the job's events again."""
        from appo_tui.tui.screens.replay import ReplayScreen

        if self.number is not None:
            self.app.push_screen(ReplayScreen(self.number))

    def action_export(self) -> None:
        """Ask for a file, and write the job to it."""
        from appo_tui.tui.dialogs.ask_text import AskText

        number = self.number
        if number is None:
            return

        def given(name: str | None) -> None:
            if name:
                self._export(number, name)

        hint = "The job with its log: import reads it, here or elsewhere."
        question = AskText(f"Export job {number}", f"job-{number}.json", hint, verb="export")
        self.app.push_screen(question, given)

    def action_import(self) -> None:
        """Ask for a file, and put its job into the history."""
        from appo_tui.tui.dialogs.ask_text import AskText

        def given(name: str | None) -> None:
            if name:
                self._import(name)

        question = AskText("Import a job", "", "A file that export has written.", verb="import")
        self.app.push_screen(question, given)

    def _row_now(self, row: Row) -> Row:
        job = self._jobs.get(row.key) if isinstance(row.key, int) else None
        return row if job is None else job_row(job, self.appo.now(), self.appo.glyphs)

    def look_again(self) -> None:
        """Read the first jobs, and those that are seen, as they are now."""
        if not self.is_current or self._asked != self._shown:
            return
        self._read(0, least=0)
        table = self.query_one("#jobs", JobTable)
        if table.first_seen >= PAGE // 2 and table.pattern_asked is None:
            self._read(table.first_seen - PAGE // 2, least=0)

    def _read(self, first: int, *, least: int = PAGE) -> None:
        table = self.query_one("#jobs", JobTable)
        column, reverse = table.order
        if column is None:
            self._asked = Asked(table.text_asked, "job", not reverse, table.pattern_asked)
        else:
            self._asked = Asked(table.text_asked, _ORDERS[column], reverse, table.pattern_asked)
        if self._asked == self._shown:
            self._find(self._asked, first, least)
        else:
            self._find(self._asked, 0, PAGE)

    @work(thread=True, group="jobs", exit_on_error=False)
    def _find(self, asked: Asked, first: int, least: int) -> None:
        workspace, pattern = self.appo.workspace, asked.pattern
        now, glyphs = self.appo.now(), self.appo.glyphs

        def read(offset: int, limit: int) -> Sequence[JobSummary]:
            return workspace.jobs(
                offset=offset, limit=limit, text=asked.text, order=asked.order, descending=asked.descending
            )

        def wanted(job: JobSummary) -> bool:
            return pattern is None or pattern.matches(row_text(job_row(job, now, glyphs)))

        with self.appo.telling("The jobs can't be read"):
            found = find_jobs(
                read, wanted, first=first, least=least, of_interest=lambda: asked == self._asked
            )
            self.post_message(self.Page(found, workspace.job_count(), asked))

    @work(thread=True, group="archive", exit_on_error=False)
    def _export(self, number: int, name: str) -> None:
        with self.appo.telling("The job could not be exported"):
            save(self.appo, name, lambda file: self.appo.workspace.export_job(number, file))

    @work(thread=True, group="archive", exit_on_error=False)
    def _import(self, name: str) -> None:
        with self.appo.telling("The job could not be imported"):
            job = self.appo.workspace.import_job(name)
            self.app.post_message(self.appo.Done(f"It is job {job} of this history."))
            self.app.call_from_thread(self._read, 0)

    @work(thread=True, exclusive=True, group="summary", exit_on_error=False)
    def _sum(self, number: int) -> None:
        with self.appo.telling(f"Job {number} can't be read"):
            self.post_message(self.Summed(number, self.appo.workspace.progress(number)))
