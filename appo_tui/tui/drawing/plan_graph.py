"""A job plan drawn as columns of nodes, one a level, with the lines between them.

Lines that pass a level get a place of their own in its column, and every line turns in the gutter
between two columns, where each source has a track. Lines come in on even rows and go out on odd ones, so
that none lies on another; where two only cross, the upright one is drawn. What is drawn is a grid of
characters with roles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from appo_tui.environment.printable import printable
from appo_tui.plan.entities import JobPlan
from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.lines import Line, Span

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_ALL = _UP | _DOWN | _LEFT | _RIGHT
_SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in a box: its lines of text, the first with a role of its own."""

    lines: tuple[str, ...]
    role: str = "node"


@dataclass(slots=True, eq=False)
class _Slot:
    """A place in a column: a node, or the passage of a line."""

    name: str
    label: Label | None
    after: list[_Slot] = field(default_factory=list)
    before: list[_Slot] = field(default_factory=list)
    rank: float = 0.0
    top: int = 0

    @property
    def height(self) -> int:
        """Rows, an even number of them."""
        return (len(self.label.lines) + 2) // 2 * 2 if self.label else 2

    @property
    def entry(self) -> int:
        """The row on which lines come in."""
        return self.top

    @property
    def exit(self) -> int:
        """The row on which its line goes out."""
        return self.top + 1


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node is drawn: its name's column and row, and how many of them it takes."""

    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture, and where each node is on it."""

    lines: tuple[Line, ...]
    boxes: Mapping[str, Box]

    def at(self, column: int, row: int) -> str | None:
        """The node at a place, or None."""
        for certname, box in self.boxes.items():
            if box.column <= column < box.column + box.width and box.row <= row < box.row + box.height:
                return certname
        return None

    def marked(self, certname: str | None) -> tuple[Line, ...]:
        """The lines, a node's name drawn as the one that one is at."""
        box = self.boxes.get(certname) if certname is not None else None
        if box is None:
            return self.lines
        spans: list[Span] = []
        column = 0
        for text, role in self.lines[box.row]:
            spans.append((text, "here" if column == box.column and text.strip() else role))
            column += cell_len(text)
        return (*self.lines[: box.row], tuple(spans), *self.lines[box.row + 1 :])


def draw_plan(plan: JobPlan, labels: Mapping[str, Label], glyphs: Glyphs) -> Drawing:
    """Draw a plan; ``labels`` has what to write for each certname."""
    columns = _columns(plan, labels)
    _order(columns)
    for column in columns:
        top = 0
        for slot in column:
            slot.top = top
            top += slot.height
    grid = _Grid(glyphs)
    left = 0
    boxes: dict[str, Box] = {}
    for number, column in enumerate(columns):
        width = (
            max((cell_len(text) for slot in column if slot.label for text in slot.label.lines), default=0) + 2
        )
        for slot in column:
            if slot.label is None:
                grid.across(left, left + 1, slot.entry)
                grid.mark(left + 1, slot.entry, _LEFT)
                grid.down(left + 1, slot.entry, slot.exit)
                grid.mark(left + 1, slot.exit, _RIGHT)
                grid.across(left + 2, left + width, slot.exit)
            else:
                boxes[slot.name] = Box(left, slot.top, width - 2, len(slot.label.lines))
                _write(grid, slot, left, width, outgoing=bool(slot.after))
        left += width
        if number + 1 < len(columns):
            left = _gutter(grid, column, left)
    return Drawing(grid.lines(), boxes)


def _columns(plan: JobPlan, labels: Mapping[str, Label]) -> list[list[_Slot]]:
    levels = {node.certname: node.level for node in plan.nodes}
    columns: list[list[_Slot]] = [[_Slot(name, labels[name]) for name in level] for level in plan.levels]
    slots = {slot.name: slot for column in columns for slot in column}
    passages: dict[tuple[str, int], _Slot] = {}
    for producer, consumer in dict.fromkeys((edge.producer, edge.consumer) for edge in plan.edges):
        last = slots[producer]
        for level in range(levels[producer] + 1, levels[consumer]):
            passage = passages.get((producer, level))
            if passage is None:
                passage = passages[producer, level] = _Slot(f"{producer} {level}", None)
                columns[level].append(passage)
                _join(last, passage)
            last = passage
        _join(last, slots[consumer])
    return columns


def _join(first: _Slot, second: _Slot) -> None:
    if second not in first.after:
        first.after.append(second)
        second.before.append(first)


def _order(columns: Sequence[list[_Slot]]) -> None:
    """Put every slot near the middle of its neighbours, forth and back: fewer lines cross."""
    for column in columns:
        _rank(column)
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        for column in columns if forth else reversed(columns):
            for slot in column:
                near = slot.before if forth else slot.after
                if near:
                    slot.rank = sum(each.rank for each in near) / len(near)
            column.sort(key=lambda slot: slot.rank)
            _rank(column)


def _rank(column: list[_Slot]) -> None:
    for rank, slot in enumerate(column):
        slot.rank = (rank + 0.5) / len(column)


def _write(grid: _Grid, slot: _Slot, left: int, width: int, *, outgoing: bool) -> None:
    assert slot.label is not None
    for number, text in enumerate(slot.label.lines):
        grid.write(left, slot.top + number, text, slot.label.role if number == 0 else "dim")
    if outgoing:
        text = slot.label.lines[1] if len(slot.label.lines) > 1 else ""
        grid.across(left + cell_len(text) + 1, left + width, slot.exit)


def _gutter(grid: _Grid, column: Sequence[_Slot], left: int) -> int:
    """Draw the lines between a column and the next; returns where the next begins."""
    sources = [slot for slot in column if slot.after]
    tracks = _tracks(sources)
    width = max(tracks.values(), default=-1) * 2 + 5
    for slot in sources:
        turn = left + 1 + tracks[slot.name] * 2
        ends = [slot.exit, *(each.entry for each in slot.after)]
        grid.across(left, turn, slot.exit)
        grid.join(turn, slot.exit, _LEFT)
        grid.down(turn, min(ends), max(ends))
        for target in slot.after:
            grid.join(turn, target.entry, _RIGHT)
            grid.across(turn + 1, left + width - 1, target.entry)
            if target.label is not None:
                grid.arrow(left + width - 2, target.entry)
            else:
                grid.across(left + width - 1, left + width, target.entry)
    return left + width


def _tracks(sources: Sequence[_Slot]) -> dict[str, int]:
    """A track for each source, such that no two vertical lines lie on each other."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for slot in sources:
        ends = [slot.exit, *(each.entry for each in slot.after)]
        first, last = min(ends), max(ends)
        free = (
            number
            for number, taken_spans in enumerate(taken)
            if all(last < start or end < first for start, end in taken_spans)
        )
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((first, last))
        found[slot.name] = track
    return found


class _Grid:
    """Characters by place; lines are kept as the arms of each cell, so that they join and cross."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._arms: dict[tuple[int, int], int] = {}
        self._joins: set[tuple[int, int]] = set()
        self._texts: dict[tuple[int, int], tuple[str, str]] = {}

    def mark(self, x: int, y: int, arms: int) -> None:
        self._arms[x, y] = self._arms.get((x, y), 0) | arms

    def join(self, x: int, y: int, arms: int) -> None:
        """Add arms where a line turns or branches: lines that meet there belong together."""
        self._joins.add((x, y))
        self.mark(x, y, arms)

    def across(self, start: int, end: int, y: int) -> None:
        for x in range(start, end):
            self.mark(x, y, _LEFT | _RIGHT)

    def down(self, x: int, start: int, end: int) -> None:
        for y in range(start, end):
            self.mark(x, y, _DOWN)
            self.mark(x, y + 1, _UP)

    def write(self, x: int, y: int, text: str, role: str) -> None:
        self._texts[x, y] = (printable(text), role)

    def arrow(self, x: int, y: int) -> None:
        self._texts[x, y] = (self._glyphs.running if self._glyphs.running == ">" else "▶", "dim")

    def lines(self) -> tuple[Line, ...]:
        height = max((y for _, y in (*self._arms, *self._texts)), default=-1) + 1
        rows: list[dict[int, tuple[str, str]]] = [{} for _ in range(height)]
        for (x, y), arms in self._arms.items():
            crossing = arms == _ALL and (x, y) not in self._joins
            rows[y][x] = (self._glyphs.boxes[_UP | _DOWN if crossing else arms], "dim")
        for (x, y), text in self._texts.items():
            rows[y][x] = text
        return tuple(_line(row) for row in rows)


def _line(row: Mapping[int, tuple[str, str]]) -> Line:
    spans: list[tuple[str, str]] = []
    end = 0
    for x in sorted(row):
        text, role = row[x]
        if x < end:
            continue
        if x > end:
            spans.append((" " * (x - end), ""))
        if spans and spans[-1][1] == role and role == "dim":
            spans[-1] = (spans[-1][0] + text, role)
        else:
            spans.append((text, role))
        end = x + cell_len(text)
    return tuple(spans)
