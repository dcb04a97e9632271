"""A tree of rows that asks for children only where a branch is open."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.drawing.glyphs import UNICODE, Glyphs
from appo_tui.tui.drawing.lines import Line
from appo_tui.tui.drawing.outline_rows import Branches, OutlineRow, collect, matches_of
from appo_tui.tui.filters import Pattern, compile_pattern
from appo_tui.tui.slices import Slices
from appo_tui.tui.soon import call_after
from appo_tui.tui.widgets.row_list import RowList

_REST_SECONDS = 0.002
_ROWS_AT_ONCE = 16


class Outline(RowList):
    """A tree: branches open and close, a filter keeps what matches with what is above and below it.

    What takes long is done in slices of time; until it is done, the rows are those of before.
    """

    BINDINGS = bindings_of("tree")

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.glyphs = glyphs
        self.marked: frozenset[Hashable] = frozenset()
        self._branches: Branches | None = None
        self._expanded: set[Hashable] = set()
        self._rows: list[OutlineRow] = []
        self._places: dict[Hashable, int] | None = None
        self._kept: set[Hashable] | None = None
        self._matching: Collection[Hashable] = ()
        self._outcome = ""
        self._slices = Slices(lambda go_on: call_after(_REST_SECONDS, self, go_on))

    def show(self, branches: Branches, *, expanded: Sequence[Hashable] = ()) -> None:
        """Show other branches; what was open stays open, and ``expanded`` opens too."""
        self._expanded.update(expanded)
        self._do(self._show_branches(branches), kind="show")

    def clear(self) -> None:
        """Show nothing, with nothing open and no filter."""
        self._slices.clear()
        self._branches = self._kept = self._pattern = None
        self._expanded.clear()
        self._take([])

    def search(self, text: str) -> str:
        """Show only rows that match, with all above and below them; an empty text shows all."""
        pattern = compile_pattern(text) if text else None
        self._pattern, self._outcome = pattern, "searching..." if pattern else ""
        self._do(self._show_matches(pattern), kind="filter")
        return self._outcome

    def reveal(self, path: Sequence[Hashable]) -> None:
        """Open the branches of a path, and put the cursor on its last key."""
        self._do(self._show_path(path))

    # The rows.

    def row_count(self) -> int:
        """How many rows are open."""
        return len(self._rows)

    def row_key(self, index: int) -> Hashable:
        """The key of a row."""
        return self._rows[index].key

    def row_index(self, key: Hashable) -> int | None:
        """Where a key's row is."""
        if self._places is None:
            self._places = {row.key: index for index, row in enumerate(self._rows)}
        return self._places.get(key)

    def row_line(self, index: int) -> Line:
        """A row: indent, sign, text."""
        row = self._rows[index]
        assert self._branches is not None
        sign = self.glyphs.leaf
        if not row.leaf:
            sign = self.glyphs.opened if self._is_open(row.key) else self.glyphs.closed
        mark = (self.glyphs.marked, "mark") if row.key in self.marked else (" ", "")
        return (mark, (f"{'  ' * row.depth}{sign} ", "dim"), *self._branches.line(row.key))

    # Actions.

    def action_expand(self) -> None:
        """Open the branch under the cursor; if it is open, go to its first row."""
        if not self._rows:
            return
        row = self._rows[self.cursor_index]
        if row.leaf:
            self.action_sideways(8)
        elif self._is_open(row.key):
            self.action_cursor_down()
        else:
            self._do(self._open_branch(row.key))

    def action_collapse(self) -> None:
        """Close the branch under the cursor; if it is closed, go to the row above it."""
        if not self._rows:
            return
        if self.scroll_offset.x > 0:
            self.action_sideways(-8)
            return
        row = self._rows[self.cursor_index]
        if not row.leaf and self._is_open(row.key) and self._kept is None:
            self._do(self._close_branch(row.key))
            return
        for index in range(self.cursor_index - 1, -1, -1):
            if self._rows[index].depth < row.depth:
                self.move_to(index)
                return

    def action_expand_all(self) -> None:
        """Open everything below the cursor."""
        if self._rows:
            self._do(self._open_all_below(self.cursor_key))

    def action_collapse_all(self) -> None:
        """Close all branches."""
        self._do(self._close_everything())

    def action_select(self) -> None:
        """Open or close the branch under the cursor, and say that it was chosen."""
        if self._rows:
            self._turn(self._rows[self.cursor_index])
            super().action_select()

    def click_row(self, index: int, column: int) -> bool:
        """A click on the sign of a branch opens or closes it."""
        row = self._rows[index]
        # Before the sign there is a mark, and after it a blank.
        on_sign = not row.leaf and 0 <= column - 1 - 2 * row.depth <= 1
        if on_sign:
            self._turn(row)
        return on_sign

    def _turn(self, row: OutlineRow) -> None:
        if not row.leaf and self._kept is None:
            self._do(self._close_branch(row.key) if self._is_open(row.key) else self._open_branch(row.key))

    # What is done in slices: each comes on whenever it may be left for a while.

    def _do(self, work: Iterator[None], *, kind: str = "") -> None:
        self._slices.add(work, kind=kind)

    def _show_branches(self, branches: Branches) -> Iterator[None]:
        rows: list[OutlineRow] = []
        kept: set[Hashable] | None = None
        if self._pattern is not None:
            kept = set()
            matching: set[Hashable] = set()
            yield from matches_of(branches, self._pattern, kept, matching)
            self._matching = matching
        yield from collect(rows, branches, branches.roots(), 0, kept, self._expanded)
        self._branches, self._kept = branches, kept
        self._take(rows)
        if self._pattern is not None:
            self._tell_matches()

    def _show_matches(self, pattern: Pattern | None) -> Iterator[None]:
        branches = self._branches
        kept: set[Hashable] | None = None
        matching: set[Hashable] = set()
        rows: list[OutlineRow] = []
        if branches is not None:
            if pattern is not None:
                kept = set()
                yield from matches_of(branches, pattern, kept, matching)
            yield from collect(rows, branches, branches.roots(), 0, kept, self._expanded)
        self._kept, self._matching = kept, matching
        self._take(rows)
        if matching and not self._matches(self.cursor_index):
            self.next_match(1)
        self._tell_matches()

    def _open_branch(self, key: Hashable) -> Iterator[None]:
        index = self._index_of(key)
        if index is None or self._branches is None or self._rows[index].leaf:
            return
        self._expanded.add(key)
        rows: list[OutlineRow] = []
        branches, depth = self._branches, self._rows[index].depth + 1
        yield from collect(rows, branches, branches.children(key), depth, self._kept, self._expanded)
        index = self._index_of(key)
        if index is not None and self._end_of(index) == index + 1:
            self._rows[index + 1 : index + 1] = rows
            self._take(self._rows)

    def _close_branch(self, key: Hashable) -> Iterator[None]:
        self._expanded.discard(key)
        index = self._index_of(key)
        if index is not None:
            del self._rows[index + 1 : self._end_of(index)]
            self._take(self._rows)
        yield from ()

    def _open_all_below(self, key: Hashable) -> Iterator[None]:
        branches = self._branches
        if branches is None:
            return
        waiting, steps = [key], 0
        while waiting:
            parent = waiting.pop()
            children = branches.children(parent)
            if children:
                self._expanded.add(parent)
                waiting += children
            steps += 1
            if steps % _ROWS_AT_ONCE == 0:
                yield
        yield from self._show_branches(branches)

    def _close_everything(self) -> Iterator[None]:
        self._expanded.clear()
        if self._branches is not None:
            yield from self._show_branches(self._branches)

    def _show_path(self, path: Sequence[Hashable]) -> Iterator[None]:
        for key in path[:-1]:
            if key not in self._expanded:
                yield from self._open_branch(key)
        if path:
            self.move_to_key(path[-1])

    # Inside.

    def _tell_matches(self) -> None:
        found = len(self._matching)
        self._outcome = f"{found} match{'' if found == 1 else 'es'}" if self._pattern else ""
        self.post_message(self.Searched(self, self._outcome))

    def _is_open(self, key: Hashable) -> bool:
        return self._kept is not None or key in self._expanded

    def _matches(self, index: int) -> bool:
        return index < len(self._rows) and self._rows[index].key in self._matching

    def _index_of(self, key: Hashable) -> int | None:
        if self._rows and self._rows[self.cursor_index].key == key:
            return self.cursor_index
        return self.row_index(key)

    def _end_of(self, index: int) -> int:
        depth = self._rows[index].depth
        end = index + 1
        while end < len(self._rows) and self._rows[end].depth > depth:
            end += 1
        return end

    def _take(self, rows: list[OutlineRow]) -> None:
        self._rows = rows
        self._places = None
        self.rows_changed()
