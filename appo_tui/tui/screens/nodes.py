"""All nodes that have components: what they run, and how their last runs ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from appo_tui.plan.entities import Target
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.credentials import with_host_keys
from appo_tui.tui.drawing.absence import absence, nothing_declared
from appo_tui.tui.drawing.lines import Entry, Line, counted, line
from appo_tui.tui.drawing.node_lines import KnownNode, LastRun, fact_entries, node_page, node_table
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.widgets.table import Table

_FAULTS_TOLD = 5
"""Nodes that a notification names; the rest are in the table."""


class NodesScreen(PanedScreen):
    """A table of nodes; beside it components and facts of the one under the cursor."""

    CSS_PATH = "nodes.tcss"
    BINDINGS = bindings_of("nodes")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "nodes")
    KEEPS_FILTER = True
    PANES: ClassVar[tuple[tuple[str, str], ...]] = (
        ("nodes", "Nodes"),
        ("page", "Details"),
        ("facts", "Facts"),
    )

    class RunsRead(Message):
        """A worker has read the nodes' last runs."""

        def __init__(self, runs: Mapping[str, LastRun]) -> None:
            super().__init__()
            self.runs = runs

    class FactsRead(Message):
        """A worker has read a node's facts, or that there are none."""

        def __init__(self, certname: str, facts: Mapping[str, object] | None) -> None:
            super().__init__()
            self.certname = certname
            self.facts = facts

    class Collected(Message):
        """A worker has read when the nodes' facts were collected."""

        def __init__(self, known: Mapping[str, KnownNode]) -> None:
            super().__init__()
            self.known = known

    class Tested(Message):
        """A worker has tried to reach nodes."""

        def __init__(self, answers: Mapping[str, KnownNode]) -> None:
            super().__init__()
            self.answers = answers

    class Asked(Message):
        """A worker has asked nodes for their facts."""

        def __init__(self, count: int, faults: Mapping[str, str]) -> None:
            super().__init__()
            self.count = count
            self.faults = faults

    def __init__(self) -> None:
        super().__init__()
        self._runs: Mapping[str, LastRun] = {}
        self._collected: Mapping[str, KnownNode] = {}
        self._reached: dict[str, KnownNode] = {}

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        if pane == "nodes":
            columns = ("node", "instances", "facts", "reached", "last run", "when", "components")
            return Table(columns, self.appo.glyphs, id="nodes")
        return Document(wraps=True, id=pane)

    def on_mount(self) -> None:
        """Read the last runs."""
        self._read_runs()
        self._read_known()

    def model_changed(self) -> None:
        """Facts may have been collected."""
        self._read_known()
        super().model_changed()

    def fill_pane(self, pane: str) -> None:
        """Show the nodes."""
        model, widget = self.appo.model, self.pane(pane)
        if model is None:
            self._show_absence(widget)
        elif isinstance(widget, Table):
            widget.marked = self.appo.marked_nodes
            widget.placeholder = nothing_declared(model)
            widget.show(node_table(model, self._runs, self._known, self.appo.now(), self.appo.glyphs))
        elif isinstance(widget, Document) and pane == "page" and self.certname:
            run = self._runs.get(self.certname)
            known = self._known.get(self.certname, KnownNode())
            now = self.appo.now()
            widget.show(node_page(model, self.certname, run, known, now, self.appo.glyphs), keep_place=True)
        elif self.certname:
            self._read_facts(self.certname)

    def command(self) -> str:
        """Its number's."""
        return "nodes"

    def crumbs(self) -> Sequence[str]:
        """Environment, nodes."""
        return (self.appo.workspace.session.environment, "nodes")

    def said(self) -> Line:
        """How many there are, and how many are marked."""
        model = self.appo.model
        marked = len(self.appo.marked_nodes)
        count = counted(len(model.nodes), "node") if model else ""
        return line(count + (f", {marked} marked" if marked else ""))

    @property
    def certname(self) -> str | None:
        """The node under the cursor."""
        key = self.query_one("#nodes", Table).cursor_key
        return key if isinstance(key, str) else None

    def on_nodes_screen_runs_read(self, event: RunsRead) -> None:
        """Show them."""
        self._runs = event.runs
        self.fill_panes()

    def on_nodes_screen_facts_read(self, event: FactsRead) -> None:
        """Show them."""
        widget = self.pane("facts")
        known = self._known.get(event.certname, KnownNode())
        if isinstance(widget, Document) and event.certname == self.certname:
            widget.show(fact_entries(event.facts, known, self.appo.now()))

    @on(RowList.Highlighted, "#nodes")
    def _node_highlighted(self) -> None:
        for pane in ("page", "facts"):
            widget = self.pane(pane)
            if widget is not None and widget.display:
                self.fill_pane(pane)

    @on(RowList.Selected, "#nodes")
    def _node_chosen(self) -> None:
        self.show_pane("page")

    @on(RowList.Selected, "#page")
    def _step_chosen(self, event: RowList.Selected) -> None:
        target = event.rows.leads_to(event.key) if isinstance(event.rows, Document) else None
        if isinstance(target, Selection):
            self.appo.reveal(target)

    def action_mark(self) -> None:
        """Mark a node, or take its mark away."""
        if self.certname is not None:
            self.appo.marked_nodes ^= {self.certname}
            self.fill_panes()
            self.query_one("#nodes", Table).action_cursor_down()

    def action_plan(self) -> None:
        """Plan the marked nodes, or the one under the cursor."""
        names = self._chosen()
        if names:
            self.appo.open_plan(Target("nodes", names))

    def action_test(self) -> None:
        """Try to reach the marked nodes, or the one under the cursor."""
        names = self._chosen()
        if names:
            self.notify(f"Connecting to {_counted(len(names))} ...", timeout=2)
            with_host_keys(self.appo, names, lambda: self._test(names))

    def action_collect(self) -> None:
        """Ask the marked nodes, or the one under the cursor, for their facts."""
        names = self._chosen()
        if names:
            self.notify(f"Asking {_counted(len(names))} for facts ...", timeout=2)
            with_host_keys(self.appo, names, lambda: self._collect(names))

    def on_nodes_screen_collected(self, event: Collected) -> None:
        """Show them."""
        self._collected = event.known
        self.fill_panes()

    def on_nodes_screen_tested(self, event: Tested) -> None:
        """Show what they answered."""
        self._reached |= dict(event.answers)
        failed = [f"{name}: {each.fault}" for name, each in event.answers.items() if each.fault]
        good = len(event.answers) - len(failed)
        self._tell(f"{_counted(good)} answered, with Puppet.", failed)
        self.fill_panes()

    def on_nodes_screen_asked(self, event: Asked) -> None:
        """Read the environment with the new facts."""
        failed = [f"{name}: {fault}" for name, fault in event.faults.items()]
        self._tell(f"Facts of {_counted(event.count - len(failed))} collected.", failed)
        self._read_known()
        self.appo.read_model()

    def _show_absence(self, widget: Widget | None) -> None:
        lines = absence(self.appo.model_fault)
        if isinstance(widget, Table):
            widget.placeholder = lines
            widget.show(())
        elif isinstance(widget, Document):
            widget.show(tuple(Entry(each) for each in lines))

    def _tell(self, text: str, failed: Sequence[str]) -> None:
        more = [f"and {len(failed) - _FAULTS_TOLD} more"] if len(failed) > _FAULTS_TOLD else []
        lines = [text, *failed[:_FAULTS_TOLD], *more]
        self.notify("\n".join(lines), severity="error" if failed else "information")

    def _chosen(self) -> tuple[str, ...]:
        return tuple(sorted(self.appo.marked_nodes)) or ((self.certname,) if self.certname else ())

    @property
    def _known(self) -> Mapping[str, KnownNode]:
        """What facts and tests of the connection told, one node at a time."""
        known = dict(self._collected)
        for name, answer in self._reached.items():
            before = known.get(name, KnownNode())
            known[name] = replace(answer, asked=before.asked, puppet=answer.puppet or before.puppet)
        return known

    @work(thread=True, exclusive=True, group="runs", exit_on_error=False)
    def _read_runs(self) -> None:
        with self.appo.telling("The jobs can't be read"):
            self.post_message(self.RunsRead(self.appo.workspace.last_runs()))

    @work(thread=True, exclusive=True, group="known", exit_on_error=False)
    def _read_known(self) -> None:
        with self.appo.telling("The facts can't be read"):
            self.post_message(self.Collected(self.appo.workspace.known_nodes()))

    @work(thread=True, group="test", exit_on_error=False)
    def _test(self, certnames: Sequence[str]) -> None:
        with self.appo.telling("The nodes can't be reached"):
            self.post_message(self.Tested(self.appo.workspace.test_connections(certnames)))

    @work(thread=True, group="collect", exit_on_error=False)
    def _collect(self, certnames: Sequence[str]) -> None:
        with self.appo.telling("The facts can't be collected"):
            faults = self.appo.workspace.collect_facts(certnames)
            self.post_message(self.Asked(len(certnames), faults))

    @work(thread=True, exclusive=True, group="facts", exit_on_error=False)
    def _read_facts(self, certname: str) -> None:
        with self.appo.telling("The facts can't be read"):
            self.post_message(self.FactsRead(certname, self.appo.workspace.facts(certname)))


def _counted(count: int) -> str:
    return "1 node" if count == 1 else f"{count} nodes"
