"""The nodes of a job, level by level, with their states."""

from __future__ import annotations

from collections.abc import Hashable

from appo_tui.jobs.progress import JobProgress
from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.job_lines import NodeRow, node_row_line, node_rows
from appo_tui.tui.drawing.lines import Line
from appo_tui.tui.widgets.row_list import RowList


class JobNodes(RowList):
    """Levels and nodes; keys are certnames, and level numbers for headings."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.only_failures = False
        self._glyphs = glyphs
        self._progress: JobProgress | None = None
        self._now = 0.0
        self._rows: tuple[NodeRow, ...] = ()

    def show(self, progress: JobProgress, now: float) -> None:
        """Show how far a job is at a moment."""
        same = self._progress is not None and self._progress.request is progress.request
        self._progress, self._now = progress, now
        if not same or self.only_failures or not self._rows:
            self._rows = node_rows(progress, only_failures=self.only_failures)
            self.rows_changed()
        self.refresh()

    def show_only_failures(self, *, wanted: bool) -> None:
        """Show only nodes that did not finish well, or all."""
        self.only_failures = wanted
        if self._progress is not None:
            self._rows = node_rows(self._progress, only_failures=wanted)
            self.rows_changed()

    @property
    def certname(self) -> str | None:
        """The node under the cursor."""
        return self.cursor_key if isinstance(self.cursor_key, str) else None

    def row_count(self) -> int:
        """Headings and nodes."""
        return len(self._rows)

    def row_key(self, index: int) -> Hashable:
        """A certname, or a heading's level."""
        row = self._rows[index]
        return row.certname or row.level

    def can_rest(self, index: int) -> bool:
        """Headings are passed over."""
        return bool(self._rows[index].certname)

    def row_line(self, index: int) -> Line:
        """A heading, or a node as it stands."""
        assert self._progress is not None
        return node_row_line(self._rows[index], self._progress, self._now, self._glyphs)
