"""A tree of rows that asks for children only where a branch is open."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple, Protocol

from textual.message import Message

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.filters import compile_pattern
from appo_tui.tui.glyphs import UNICODE, Glyphs
from appo_tui.tui.lines import Line, plain
from appo_tui.tui.widgets.row_list import RowList


class Branches(Protocol):
    """What an outline shows: keys that have lines and children. Immutable; a change brings another one."""

    def roots(self) -> Sequence[Hashable]:
        """The rows of the first level."""

    def children(self, key: Hashable) -> Sequence[Hashable]:
        """The rows below a row."""

    def line(self, key: Hashable) -> Line:
        """A row's text, without its indent."""


class _Row(NamedTuple):
    key: Hashable
    depth: int
    leaf: bool


class Outline(RowList):
    """A tree: branches open and close, a filter keeps what matches with what is above and below it."""

    BINDINGS = bindings_of("tree")

    class Opened(Message):
        """A branch was opened or closed."""

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.glyphs = glyphs
        self.marked: frozenset[Hashable] = frozenset()
        self._branches: Branches | None = None
        self._expanded: set[Hashable] = set()
        self._rows: list[_Row] = []
        self._places: dict[Hashable, int] | None = None
        self._kept: frozenset[Hashable] | None = None

    def show(self, branches: Branches, *, expanded: Sequence[Hashable] = ()) -> None:
        """Show other branches; what was open stays open, and ``expanded`` opens too."""
        self._branches = branches
        self._expanded.update(expanded)
        self._rebuild()

    def clear(self) -> None:
        """Show nothing, with nothing open and no filter."""
        self._branches = self._kept = self._pattern = None
        self._expanded.clear()
        self._rows = []
        self._places = None
        self.rows_changed()

    def search(self, text: str) -> str:
        """Show only rows that match, with all above and below them; an empty text shows all."""
        self._pattern = compile_pattern(text) if text else None
        self._kept = None
        found = 0
        if self._pattern is not None and self._branches is not None:
            kept: set[Hashable] = set()
            for path in self._paths():
                if self._pattern.matches(plain(self._branches.line(path[-1]))):
                    found += 1
                    kept.update(path)
                    kept.update(self._below(path[-1]))
            self._kept = frozenset(kept)
        self._rebuild()
        if found and not self._matches(self.cursor_index):
            self.next_match(1)
        return f"{found} match{'' if found == 1 else 'es'}" if self._pattern else ""

    def reveal(self, path: Sequence[Hashable]) -> bool:
        """Open the branches of a path, and put the cursor on its last key."""
        self._expanded.update(path[:-1])
        self._rebuild()
        return bool(path) and self.move_to_key(path[-1])

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
            self._open(self.cursor_index)

    def action_collapse(self) -> None:
        """Close the branch under the cursor; if it is closed, go to the row above it."""
        if not self._rows:
            return
        if self.scroll_offset.x > 0:
            self.action_sideways(-8)
            return
        row = self._rows[self.cursor_index]
        if not row.leaf and self._is_open(row.key) and self._kept is None:
            self._close(self.cursor_index)
            return
        for index in range(self.cursor_index - 1, -1, -1):
            if self._rows[index].depth < row.depth:
                self.move_to(index)
                return

    def action_expand_all(self) -> None:
        """Open everything below the cursor."""
        if self._rows:
            self._expanded.update(self._below(self.cursor_key))
            self._expanded.add(self.cursor_key)
            self._rebuild()

    def action_collapse_all(self) -> None:
        """Close all branches."""
        self._expanded.clear()
        self._rebuild()

    def action_select(self) -> None:
        """Open or close the branch under the cursor, and say that it was chosen."""
        if not self._rows:
            return
        row = self._rows[self.cursor_index]
        if not row.leaf and self._kept is None:
            (self._close if self._is_open(row.key) else self._open)(self.cursor_index)
        super().action_select()

    # Inside.

    def _is_open(self, key: Hashable) -> bool:
        return self._kept is not None or key in self._expanded

    def _open(self, index: int) -> None:
        row = self._rows[index]
        self._expanded.add(row.key)
        self._rows[index + 1 : index + 1] = list(self._walk(self._children(row.key), row.depth + 1))
        self._places = None
        self.rows_changed()
        self.post_message(self.Opened())

    def _close(self, index: int) -> None:
        row = self._rows[index]
        self._expanded.discard(row.key)
        end = index + 1
        while end < len(self._rows) and self._rows[end].depth > row.depth:
            end += 1
        del self._rows[index + 1 : end]
        self._places = None
        self.rows_changed()
        self.post_message(self.Opened())

    def _rebuild(self) -> None:
        if self._branches is None:
            return
        self._rows = list(self._walk(self._branches.roots(), 0))
        self._places = None
        self.rows_changed()

    def _children(self, key: Hashable) -> Sequence[Hashable]:
        assert self._branches is not None
        children = self._branches.children(key)
        return children if self._kept is None else [child for child in children if child in self._kept]

    def _walk(self, keys: Sequence[Hashable], depth: int) -> Iterator[_Row]:
        for key in keys:
            if self._kept is not None and key not in self._kept:
                continue
            children = self._children(key)
            yield _Row(key, depth, leaf=not children)
            if children and self._is_open(key):
                yield from self._walk(children, depth + 1)

    def _paths(self) -> Iterator[tuple[Hashable, ...]]:
        assert self._branches is not None
        waiting: list[tuple[Hashable, ...]] = [(root,) for root in reversed(self._branches.roots())]
        while waiting:
            path = waiting.pop()
            yield path
            waiting.extend((*path, child) for child in reversed(self._branches.children(path[-1])))

    def _below(self, key: Hashable) -> Iterator[Hashable]:
        assert self._branches is not None
        for child in self._branches.children(key):
            yield child
            yield from self._below(child)
