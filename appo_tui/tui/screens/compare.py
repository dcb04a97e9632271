"""Two jobs compared, node by node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from appo_tui.jobs.progress import JobProgress
from appo_tui.tui.actions import Where
from appo_tui.tui.comparing import NodePair, comparison_rows, heading, pair_entries, pairs
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.widgets.table import Table


class CompareScreen(PanedScreen):
    """A table of nodes with both states and times; beside it what differs on the one under the cursor."""

    CSS_PATH = "compare.tcss"
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "compare")
    PANES: ClassVar[tuple[tuple[str, str], ...]] = (("pairs", "Nodes"), ("difference", "Difference"))

    class Read(Message):
        """A worker has read both jobs."""

        def __init__(self, first: JobProgress, second: JobProgress) -> None:
            super().__init__()
            self.first = first
            self.second = second

    def __init__(self, first: int, second: int) -> None:
        super().__init__()
        self.numbers = (first, second)
        self._crumb = f"jobs {first} and {second}"
        self._pairs: dict[str, NodePair] = {}

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        if pane == "pairs":
            first, second = self.numbers
            columns = ("node", f"job {first}", f"job {second}", "took", "then took", "more", "events")
            return Table(columns, self.appo.glyphs, empty="Reading both jobs...", id="pairs")
        return Document(wraps=True, id="difference")

    def on_mount(self) -> None:
        """Read both."""
        self._read()

    def fill_pane(self, pane: str) -> None:
        """Show the comparison."""
        widget = self.pane(pane)
        if isinstance(widget, Table):
            widget.show(comparison_rows(self._pairs.values(), self.appo.glyphs))
        elif isinstance(widget, Document):
            key = self.query_one("#pairs", Table).cursor_key
            pair = self._pairs.get(key) if isinstance(key, str) else None
            widget.show(pair_entries(pair, self.numbers) if pair else ())

    def crumbs(self) -> Sequence[str]:
        """Both jobs."""
        return ("history", self._crumb)

    def on_compare_screen_read(self, event: Read) -> None:
        """Show them."""
        self._pairs = {pair.certname: pair for pair in pairs(event.first, event.second)}
        self._crumb = " and ".join(
            heading(each, number)
            for each, number in zip((event.first, event.second), self.numbers, strict=True)
        )
        self.fill_panes()

    @on(RowList.Highlighted, "#pairs")
    def _node_highlighted(self) -> None:
        difference = self.pane("difference")
        if difference is not None and difference.display:
            self.fill_pane("difference")

    @on(RowList.Selected, "#pairs")
    def _node_chosen(self) -> None:
        self.show_pane("difference")

    @work(thread=True, exclusive=True, group="compare", exit_on_error=False)
    def _read(self) -> None:
        with self.appo.telling("The jobs can't be compared"):
            first, second = (self.appo.workspace.progress(number) for number in self.numbers)
            self.post_message(self.Read(first, second))
