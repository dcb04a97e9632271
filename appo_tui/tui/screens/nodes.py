"""All nodes that have components: what they run, and how their last runs ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.message import Message
from textual.widget import Widget

from appo_tui.plan.entities import Target
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.node_lines import LastRun, fact_entries, node_page, node_table
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.widgets.table import Table


class NodesScreen(PanedScreen):
    """A table of nodes; beside it components and facts of the one under the cursor."""

    CSS_PATH = "nodes.tcss"
    BINDINGS = bindings_of("nodes")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "nodes")
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

    def __init__(self) -> None:
        super().__init__()
        self._runs: Mapping[str, LastRun] = {}

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        if pane == "nodes":
            columns = ("node", "instances", "facts", "last run", "when", "components")
            return Table(columns, self.appo.glyphs, empty="No node has a component.", id="nodes")
        return Document(id=pane)

    def on_mount(self) -> None:
        """Read the last runs."""
        self._read_runs()

    def fill_pane(self, pane: str) -> None:
        """Show the nodes."""
        model, widget = self.appo.model, self.pane(pane)
        if model is None:
            return
        if isinstance(widget, Table):
            widget.marked = self.appo.marked_nodes
            widget.show(node_table(model, self._runs, self.appo.now(), self.appo.glyphs))
        elif isinstance(widget, Document) and pane == "page" and self.certname:
            run = self._runs.get(self.certname)
            widget.show(node_page(model, self.certname, run, self.appo.now(), self.appo.glyphs))
        elif self.certname:
            self._read_facts(self.certname)

    def crumbs(self) -> Sequence[str]:
        """Environment, nodes."""
        return (self.appo.workspace.session.environment, "nodes")

    def said(self) -> Text | None:
        """How many there are, and how many are marked."""
        model = self.appo.model
        marked = len(self.appo.marked_nodes)
        count = f"{len(model.nodes)} nodes" if model else ""
        return Text(count + (f", {marked} marked" if marked else ""))

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
        if isinstance(widget, Document) and event.certname == self.certname:
            widget.show(fact_entries(event.facts))

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
        names = sorted(self.appo.marked_nodes) or ([self.certname] if self.certname else [])
        if names:
            self.appo.open_plan(Target("nodes", tuple(names)))

    @work(thread=True, exclusive=True, group="runs", exit_on_error=False)
    def _read_runs(self) -> None:
        with self.appo.telling("The jobs can't be read"):
            self.post_message(self.RunsRead(self.appo.workspace.last_runs()))

    @work(thread=True, exclusive=True, group="facts", exit_on_error=False)
    def _read_facts(self, certname: str) -> None:
        with self.appo.telling("The facts can't be read"):
            self.post_message(self.FactsRead(certname, self.appo.workspace.facts(certname)))
