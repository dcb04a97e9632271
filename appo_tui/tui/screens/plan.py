"""A job plan: what would run, in which order and why; from here a job is started."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.request import JobOptions, Mode
from appo_tui.plan.entities import JobPlan, Target
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.credentials import with_credentials
from appo_tui.tui.drawing.absence import absence
from appo_tui.tui.drawing.lines import Entry, Line, line, span
from appo_tui.tui.drawing.plan_around import around
from appo_tui.tui.drawing.plan_graph import Drawing, Label, draw_plan
from appo_tui.tui.drawing.plan_lines import (
    command_entries,
    mode_words,
    plan_entries,
    size_words,
    target_words,
    why_entries,
)
from appo_tui.tui.saving import save
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.canvas import Canvas
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.workspaces.workspace import WorkspaceError

_MOST_DRAWN = 200
"""Nodes up to which the whole graph is drawn: of larger plans, the part around the node under the cursor."""


class PlanScreen(PanedScreen):
    """The plan as the orchestrator's list, as a graph, with reasons, and as a command."""

    CSS_PATH = "plan.tcss"
    BINDINGS = bindings_of("plan")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "plan")
    OF_ENVIRONMENT = True
    PANES: ClassVar[tuple[tuple[str, str], ...]] = (
        ("list", "Plan"),
        ("graph", "Graph"),
        ("why", "Why"),
        ("command", "Command"),
    )

    class Planned(Message):
        """A worker has made the plan, or has found why there is none."""

        def __init__(self, plan: JobPlan | None, fault: str = "") -> None:
            super().__init__()
            self.plan = plan
            self.fault = fault

    class Drawn(Message):
        """A worker has drawn a plan, or the part of it around a node."""

        def __init__(self, plan: JobPlan, centre: str, drawing: Drawing) -> None:
            super().__init__()
            self.plan = plan
            self.centre = centre
            self.drawing = drawing

    class Launched(Message):
        """A worker has started a job."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
        self.plan: JobPlan | None = None
        self.options = JobOptions()
        self.node: str | None = None
        self._fault = ""
        self._drawn: PlanScreen.Drawn | None = None
        self._looked_at: str | None = None

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        return Canvas(id="graph") if pane == "graph" else Document(id=pane)

    def on_mount(self) -> None:
        """Make the plan."""
        settings = self.appo.settings
        mode: Mode = "agent" if settings.mode == "agent" else "apply"
        self.options = JobOptions(
            mode=mode,
            concurrency=settings.concurrency or None,
            run_as=settings.run_as or None,
            availability=settings.availability,
        )
        self._make_plan()

    def model_changed(self) -> None:
        """Plan again: what is shown is what would run."""
        self._make_plan()

    def fill_pane(self, pane: str) -> None:
        """Show the plan."""
        model, plan, widget = self.appo.model, self.plan, self.pane(pane)
        if isinstance(widget, Canvas):
            self._show_graph(widget)
        elif not isinstance(widget, Document):
            return
        elif model is None:
            widget.show(tuple(Entry(each) for each in absence(self.appo.model_fault)))
        elif plan is None:
            role = "bad" if self._fault else "dim"
            text = self._fault or "Planning..."
            widget.show(tuple(Entry(line(span(each, role))) for each in text.splitlines()))
        elif pane == "list":
            widget.show(plan_entries(plan, self.options, model, self.appo.glyphs), keep_place=True)
        elif pane == "why":
            widget.show(why_entries(plan, self.node, model, self.appo.glyphs))
        else:
            widget.show(command_entries(self.appo.workspace.command(plan, self.options), plan))

    def command(self) -> str:
        """The plan of the target, unless it is some nodes."""
        return "" if self.target.kind == "nodes" else f"plan {''.join(self.target.names) or 'all'}"

    def crumbs(self) -> Sequence[str]:
        """Environment, plan, target."""
        return (self.appo.workspace.session.environment, "plan", target_words(self.target))

    def said(self) -> Line:
        """How it would run."""
        return line(f"{size_words(self.plan)}, {mode_words(self.options)}") if self.plan is not None else ()

    # Messages.

    @on(Canvas.Clicked, "#graph")
    def _graph_clicked(self, event: Canvas.Clicked) -> None:
        certname = self._drawn.drawing.at(event.column, event.row - self._heading) if self._drawn else None
        if certname is not None:
            self._go_to(certname)

    @on(RowList.Highlighted, "#list")
    def _line_highlighted(self, event: RowList.Highlighted) -> None:
        target = event.rows.leads_to(event.key) if isinstance(event.rows, Document) else None
        if isinstance(target, Selection) and target.kind == "node":
            self.node = target.name
            for pane in ("why", "graph"):
                widget = self.pane(pane)
                if widget is not None and widget.display:
                    self.fill_pane(pane)

    @on(RowList.Selected, "#list")
    def _line_chosen(self) -> None:
        self.show_pane("why")

    @on(RowList.Selected, "#why")
    def _reason_chosen(self, event: RowList.Selected) -> None:
        target = event.rows.leads_to(event.key) if isinstance(event.rows, Document) else None
        if isinstance(target, Selection) and target.kind == "node":
            self._go_to(target.name)

    def on_plan_screen_planned(self, event: Planned) -> None:
        """Show it."""
        self.plan, self._fault = event.plan, event.fault
        if event.plan is not None and self.node not in {each.certname for each in event.plan.nodes}:
            self.node = event.plan.nodes[0].certname if event.plan.nodes else None
        self.fill_panes()

    def on_plan_screen_launched(self, event: Launched) -> None:
        """Go to the job."""
        self.appo.marked_nodes = frozenset()
        self.appo.open_job(event.number)

    # Actions.

    def action_plan_all(self) -> None:
        """Plan the whole environment."""
        self.target = Target("all")
        self._make_plan()

    def action_toggle_noop(self) -> None:
        """Simulate the run, or not."""
        from msgspec.structs import replace

        self.options = replace(self.options, noop=not self.options.noop, no_noop=False)
        self.fill_panes()

    def action_options(self) -> None:
        """Ask for the options."""
        from appo_tui.tui.dialogs.options import OptionsDialog

        self.app.push_screen(OptionsDialog(self.options), self._options_given)

    def _options_given(self, options: JobOptions | None) -> None:
        if options is not None:
            self.options = options
            self.fill_panes()

    def action_launch(self) -> None:
        """Ask whether to start a job."""
        from appo_tui.tui.dialogs.confirm import Confirm

        plan = self.plan
        if plan is None:
            self.notify(self._fault or "There is no plan yet.", severity="warning")
            return
        simulated = self.appo.workspace.session.simulated
        lines = [
            f"Target       {plan.target}",
            f"Size         {size_words(plan)}",
            f"Mode         {mode_words(self.options)}",
            f"Concurrency  {self.options.concurrency or 'no limit'}",
            *("Incomplete   " + each.reference for each in plan.instances if not each.complete),
            "",
            "Puppet is simulated: nothing is changed anywhere." if simulated
            else "Puppet runs on these nodes" + (", but changes nothing." if self.options.noop else "."),
        ]  # fmt: skip
        self.app.push_screen(Confirm("Run this job?", lines, key="y", verb="run"), self._launch_answered)

    def _launch_answered(self, answer: bool | None) -> None:  # noqa: FBT001 (the dialog's answer)
        plan, options = self.plan, self.options
        if answer and plan is not None:
            with_credentials(
                self.appo,
                lambda: self.appo.workspace.needed(plan, options),
                lambda credentials: self._launch(plan, options, credentials),
            )

    def action_export(self) -> None:
        """Ask for a file, and save the plan."""
        from appo_tui.tui.dialogs.ask_text import AskText

        if self.plan is not None:
            hint = "Its ending says the form: .json, .dot, .mmd or .svg"
            self.app.push_screen(AskText("Save the plan", "plan.svg", hint), self._file_given)

    def _file_given(self, name: str | None) -> None:
        if name and self.plan is not None:
            self._export(self.plan, name)

    # Workers.

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def _make_plan(self) -> None:
        model = self.appo.model
        if model is None:
            return
        try:
            self.post_message(self.Planned(self.appo.workspace.plan(model, self.target)))
        except WorkspaceError as error:
            self.post_message(self.Planned(None, str(error)))

    @work(thread=True, exclusive=True, group="launch", exit_on_error=False)
    def _launch(self, plan: JobPlan, options: JobOptions, credentials: Credentials) -> None:
        with self.appo.telling("The job could not be started"):
            self.post_message(self.Launched(self.appo.workspace.launch(plan, options, credentials)))

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def _export(self, plan: JobPlan, name: str) -> None:
        with self.appo.telling("The plan could not be saved"):
            save(self.appo, name, lambda file: self.appo.workspace.export_plan(plan, file))

    # Inside.

    def _go_to(self, certname: str) -> None:
        """Put the cursor of the list on a node."""
        listed = self.query_one("#list", Document)
        target = Selection("node", certname)
        place = next((n for n, each in enumerate(listed.entries) if each.leads_to == target), None)
        if place is not None:
            listed.move_to(place)

    @property
    def _centre(self) -> str:
        """Around which node the graph is drawn; empty if it is drawn whole."""
        plan = self.plan
        return self.node or "" if plan is not None and len(plan.nodes) > _MOST_DRAWN else ""

    @property
    def _heading(self) -> int:
        """How many lines there are above the graph."""
        return 2 if self._centre else 0

    def _show_graph(self, canvas: Canvas) -> None:
        """Show the graph, with the node under the cursor in view; a worker draws it if it is another one."""
        plan, drawn = self.plan, self._drawn
        if plan is None:
            canvas.show(())
            return
        if drawn is None or drawn.plan is not plan or drawn.centre != self._centre:
            self._draw(plan, self._centre)
            return
        text = f"What {drawn.centre} waits for, and what waits for it (of {len(plan.nodes):,} nodes)"
        heading = (line(span(text, "dim")), line(""))[: self._heading]
        canvas.show((*heading, *drawn.drawing.marked(self.node)))
        box = drawn.drawing.boxes.get(self.node or "")
        if box is not None and self.node != self._looked_at:
            self._looked_at = self.node
            canvas.look_at(box.column, box.row + self._heading, box.width, box.height)

    def on_plan_screen_drawn(self, event: Drawn) -> None:
        """Show it."""
        self._drawn, self._looked_at = event, None
        graph = self.pane("graph")
        if isinstance(graph, Canvas):
            self._show_graph(graph)

    @work(thread=True, exclusive=True, group="graph", exit_on_error=False)
    def _draw(self, plan: JobPlan, centre: str) -> None:
        part = around(plan, centre, _MOST_DRAWN) if centre else plan
        labels = {
            node.certname: Label(
                (node.certname, *(f"  {each.component}" for each in node.components)),
            )
            for node in part.nodes
        }
        self.post_message(self.Drawn(plan, centre, draw_plan(part, labels, self.appo.glyphs)))
