"""A job: its nodes, its log, what it changed, how long it took; live, or as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from threading import Event
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.events import ResourceEvent
from appo_tui.jobs.progress import JobProgress
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.credentials import Needed, with_credentials
from appo_tui.tui.drawing.job_lines import job_line, node_story, timeline
from appo_tui.tui.drawing.lines import Line, span
from appo_tui.tui.drawing.plan_lines import target_words
from appo_tui.tui.drawing.resource_rows import RESOURCE_COLUMNS, resource_rows
from appo_tui.tui.job_feed import JobNews, follow_job
from appo_tui.tui.job_questions import retry_question, stop_question, unfinished
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.sieve import sifted
from appo_tui.tui.saving import save
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.canvas import Canvas
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.job_nodes import JobNodes
from appo_tui.tui.widgets.log_view import LogView
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.widgets.table import Table

_TICK_SECONDS = 1.0


class JobScreen(PanedScreen):
    """The nodes of a job with their states, and beside them log, resource events, timeline or details."""

    CSS_PATH = "job.tcss"
    BINDINGS = bindings_of("job")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "job")
    PANES: ClassVar[tuple[tuple[str, str], ...]] = (
        ("nodes", "Nodes"),
        ("log", "Log"),
        ("resources", "Events"),
        ("timeline", "Timeline"),
        ("story", "Why"),
    )

    class News(Message):
        """The worker has something new; it goes on when ``taken`` is set."""

        def __init__(self, news: JobNews, taken: Event) -> None:
            super().__init__()
            self.news = news
            self.taken = taken

    class TextRead(Message):
        """A worker has read the text of log chunks, by the numbers of their events."""

        def __init__(self, sequences: Sequence[int], texts: Mapping[int, bytes]) -> None:
            super().__init__()
            self.sequences = sequences
            self.texts = texts

    class Started(Message):
        """A worker has started another job."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.progress: JobProgress | None = None
        self.lost = False
        self.merged = True
        self._buffer = LogBuffer()
        self._resources: list[tuple[str, ResourceEvent]] = []
        self._stop = Event()

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        glyphs = self.appo.glyphs
        if pane == "nodes":
            return JobNodes(glyphs, id="nodes")
        if pane == "log":
            return LogView(self._buffer, id="log")
        if pane == "resources":
            return Table(
                RESOURCE_COLUMNS, glyphs, id="resources",
                empty="No resource events yet: they come with a node's report.",
            )  # fmt: skip
        return Canvas(id="timeline") if pane == "timeline" else Document(wraps=True, id="story")

    def on_mount(self) -> None:
        """Begin to follow."""
        self.start_feed()
        self.set_interval(_TICK_SECONDS, self._tick)

    def on_unmount(self) -> None:
        """End what waits in a thread."""
        self._stop.set()

    def start_feed(self) -> None:
        """Begin to follow the job."""
        self._follow()

    def now(self) -> float:
        """The moment that is shown."""
        return self.appo.now()

    def fill_pane(self, pane: str) -> None:
        """Show the job."""
        progress, widget = self.progress, self.pane(pane)
        if progress is None:
            return
        if isinstance(widget, JobNodes):
            widget.show(progress, self.now())
        elif isinstance(widget, LogView):
            widget.show_node(None if self.merged else self.certname)
        elif isinstance(widget, Table):
            widget.show(resource_rows(self._resources))
        elif isinstance(widget, Canvas):
            widget.show(
                timeline(progress, self.now(), widget.scrollable_content_region.width, self.appo.glyphs)
            )
        elif isinstance(widget, Document):
            widget.show(
                node_story(progress, self.certname or "", self.now(), self.appo.glyphs), keep_place=True
            )

    def command(self) -> str:
        """The job's number."""
        return f"job {self.number}"

    def crumbs(self) -> Sequence[str]:
        """Environment, job, target."""
        progress = self.progress
        if progress is None:
            return (f"job {self.number}",)
        request = progress.request
        noop = ", no-op" if request.options.noop else ""
        simulated = ", simulated" if request.simulated and not self.appo.workspace.session.simulated else ""
        target = target_words(request.plan.target)
        return (request.environment, target, f"job {self.number}{noop}{simulated}")

    def said(self) -> Line:
        """State, bar, counts, time."""
        if self.progress is None:
            return ()
        spans = job_line(self.progress, self.now(), self.appo.glyphs, width=10)
        return (*spans, span("  its runner is gone, :resume goes on", "bad")) if self.lost else spans

    def idle_actions(self) -> frozenset[str]:
        """A job that has ended can't be stopped, and only one that has ended can be retried."""
        progress = self.progress
        if progress is None or not progress.state.ended:
            return frozenset({"job.retry"})
        return frozenset({"job.stop"} if unfinished(progress) else {"job.stop", "job.retry"})

    @property
    def certname(self) -> str | None:
        """The node under the cursor."""
        return self.query_one("#nodes", JobNodes).certname

    # Messages.

    def on_job_screen_news(self, event: News) -> None:
        """Take what is new."""
        self.take(event.news)
        event.taken.set()

    def take(self, news: JobNews) -> None:
        """Show what is new."""
        first = self.progress is None
        self.progress, self.lost = news.progress, news.lost
        self._resources.extend(news.resources)
        log = self.pane("log")
        if isinstance(log, LogView):
            log.take(news.chunks)
        else:
            self._buffer.append(news.chunks)
        if news.only_lines:
            return
        self.show_states()
        self.show_keys()
        if first:
            self.fill_panes()
        else:
            self._refresh(with_resources=bool(news.resources))

    def show_states(self) -> None:
        """Show the nodes' states in the tree of applications too, if it is of the same environment."""
        progress = self.progress
        if progress is not None and progress.request.root == str(self.appo.workspace.session.root):
            self.appo.states_changed({name: node.state for name, node in progress.nodes.items()})

    def forget_lines(self) -> None:
        """Begin again, with no line and no resource event."""
        self._resources.clear()
        log = self.pane("log")
        if isinstance(log, LogView):
            log.clear()
        else:
            self._buffer.clear()

    @on(RowList.Highlighted, "#nodes")
    def _node_highlighted(self) -> None:
        for pane in ("log", "story"):
            widget = self.pane(pane)
            if widget is not None and widget.display:
                self.fill_pane(pane)

    @on(RowList.Selected, "#nodes")
    def _node_chosen(self) -> None:
        self.merged = False
        self.show_pane("log")

    @on(RowList.Selected, "#story")
    def _step_chosen(self, event: RowList.Selected) -> None:
        target = event.rows.leads_to(event.key) if isinstance(event.rows, Document) else None
        if isinstance(target, Selection):
            self.query_one("#nodes", JobNodes).move_to_key(target.name)

    @on(Canvas.Clicked, "#timeline")
    def _bar_clicked(self, event: Canvas.Clicked) -> None:
        names = list(self.progress.nodes) if self.progress is not None else []
        # The first line is the scale.
        if 0 < event.row <= len(names):
            self.query_one("#nodes", JobNodes).move_to_key(names[event.row - 1])

    def on_log_surface_text_missed(self, event: LogView.TextMissed) -> None:
        """Read text of the log that is not at hand."""
        self._read_text(event.sequences)

    @work(thread=True, group="sift", exit_on_error=False)
    def on_log_surface_sieve_wanted(self, event: LogView.SieveWanted) -> None:
        """Have the store look which chunks of the log a search can leave out."""
        with self.appo.telling("The log can't be searched"):
            for first, held in sifted(event.sieve, partial(self.appo.workspace.log_chunks_with, self.number)):
                event.log.post_message(LogView.Sifted(event.sieve, first, held))
        event.log.post_message(LogView.Sifted(event.sieve, 0, None))

    def on_job_screen_text_read(self, event: TextRead) -> None:
        """Give the log its text."""
        log = self.pane("log")
        if isinstance(log, LogView):
            log.text_read(event.sequences, event.texts)

    def on_job_screen_started(self, event: Started) -> None:
        """Go to the other job."""
        self.app.pop_screen()
        self.appo.open_job(event.number)

    # Actions.

    def action_merge(self) -> None:
        """The log of one node, or of all."""
        self.merged = not self.merged
        self.fill_pane("log")
        self.show_pane("log", focus=self.current == "log")

    def action_only_failures(self) -> None:
        """Only nodes that did not finish well."""
        nodes = self.query_one("#nodes", JobNodes)
        nodes.show_only_failures(wanted=not nodes.only_failures)

    def action_stop(self) -> None:
        """Ask whether to stop; of a job that is stopping, whether to end what runs."""
        progress = self.progress
        if progress is None or progress.state.ended:
            self.notify("The job has ended.")
            return
        answered = self._force_answered if progress.stopping else self._stop_answered
        self.app.push_screen(stop_question(self.number, progress), answered)

    def _stop_answered(self, answer: bool | None) -> None:  # noqa: FBT001 (the dialog's answer)
        if answer:
            self._ask_to_stop(force=False)

    def _force_answered(self, answer: bool | None) -> None:  # noqa: FBT001 (the dialog's answer)
        if answer:
            self._ask_to_stop(force=True)

    def action_retry(self) -> None:
        """Ask whether to run the nodes again that did not finish."""
        progress = self.progress
        if progress is None or not progress.state.ended:
            self.notify("The job has not ended yet.")
            return
        question = retry_question(self.number, progress)
        if question is None:
            self.notify("Every node finished: there is nothing to retry.")
        else:
            self.app.push_screen(question, self._retry_answered)

    def _retry_answered(self, answer: bool | None) -> None:  # noqa: FBT001 (the dialog's answer)
        if answer:
            with_credentials(self.appo, self._needed, self._retry)

    def action_resume(self) -> None:
        """Go on with a job whose runner is gone."""
        if self.lost:
            with_credentials(self.appo, self._needed, self._resume)
        else:
            self.notify("Its runner is there, or it has ended.")

    def action_save_log(self) -> None:
        """Ask for a file, and save the whole log."""
        from appo_tui.tui.dialogs.ask_text import AskText

        hint = "All lines of all nodes, whatever is shown here."
        self.app.push_screen(AskText("Save the log", f"job-{self.number}.log", hint), self._file_given)

    def _file_given(self, name: str | None) -> None:
        if name:
            self._save(name)

    def action_attach(self) -> None:
        """Follow the job in another terminal."""
        self._follow_elsewhere()

    def action_replay(self) -> None:
        """Play the job's events again."""
        from appo_tui.tui.screens.replay import ReplayScreen

        self.app.push_screen(ReplayScreen(self.number))

    # Workers.

    @work(thread=True, exclusive=True, group="feed", exit_on_error=False)
    def _follow(self) -> None:
        with self.appo.telling(f"Job {self.number} can't be read"):
            for news in follow_job(self.appo.workspace, self.number, self._stop, self._stop.wait):
                taken = Event()
                self.post_message(self.News(news, taken))
                while not self._stop.is_set() and not taken.wait(0.2):
                    pass

    @work(thread=True, group="text", exit_on_error=False)
    def _read_text(self, sequences: Sequence[int]) -> None:
        with self.appo.telling("The log can't be read"):
            texts = self.appo.workspace.log_text(self.number, sequences)
            self.post_message(self.TextRead(sequences, texts))

    @work(thread=True, exclusive=True, group="stop", exit_on_error=False)
    def _ask_to_stop(self, *, force: bool) -> None:
        with self.appo.telling("The job could not be stopped"):
            self.appo.workspace.stop(self.number, force=force)

    @work(thread=True, exclusive=True, group="retry", exit_on_error=False)
    def _retry(self, credentials: Credentials) -> None:
        with self.appo.telling("The job could not be retried"):
            self.post_message(self.Started(self.appo.workspace.retry(self.number, credentials)))

    @work(thread=True, exclusive=True, group="resume", exit_on_error=False)
    def _resume(self, credentials: Credentials) -> None:
        with self.appo.telling("The job could not be resumed"):
            self.appo.workspace.resume(self.number, credentials)

    @work(thread=True, exclusive=True, group="attach", exit_on_error=False)
    def _follow_elsewhere(self) -> None:
        with self.appo.telling("No other terminal could be opened"):
            command = self.appo.workspace.follow_elsewhere(self.number)
            self.app.call_from_thread(self.appo.offer_command, command)

    @work(thread=True, exclusive=True, group="save", exit_on_error=False)
    def _save(self, name: str) -> None:
        with self.appo.telling("The log could not be saved"):
            save(self.appo, name, lambda file: self.appo.workspace.save_log(self.number, file))

    # Inside.

    def _needed(self) -> Needed:
        return self.appo.workspace.needed_again(self.number)

    def _tick(self) -> None:
        if self.is_current and self.progress is not None and not self.progress.state.ended:
            self._refresh(with_resources=False)

    def _refresh(self, *, with_resources: bool) -> None:
        for pane in ("nodes", "timeline", "story", *(("resources",) if with_resources else ())):
            widget = self.pane(pane)
            if widget is not None and widget.display:
                self.fill_pane(pane)
        self.refresh_title()
