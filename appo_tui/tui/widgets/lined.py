"""What draws lines of spans: the ground of every list, tree, table, log and graph here."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from appo_tui.tui.drawing.lines import ROLES, Line


class Lined(ScrollView, can_focus=True):
    """A scrolling surface whose lines are spans with roles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lined--{role}" for role in ROLES} | {
        "lined--cursor",
        "lined--cursor-blurred",
        "lined--header",
        "lined--new-value",
    }

    DEFAULT_CSS = """
    Lined {
        background: $background;
        scrollbar-size-horizontal: 0;
        scrollbar-size-vertical: 1;
        &:ansi { scrollbar-size-vertical: 0; }
    }
    .ascii Lined { scrollbar-size-vertical: 0; }
    Lined > .lined--dim { text-style: dim; }
    Lined > .lined--heading { text-style: bold; }
    Lined > .lined--type { color: $text-primary; }
    Lined > .lined--title { color: $foreground; text-style: bold; }
    Lined > .lined--node { color: $text-accent; }
    Lined > .lined--name { color: $text-secondary; }
    Lined > .lined--string { color: $text-success; }
    Lined > .lined--number { color: $text-accent; }
    Lined > .lined--keyword { color: $text-primary; text-style: bold; }
    Lined > .lined--comment { text-style: dim italic; }
    Lined > .lined--link { color: $text-primary; text-style: underline; }
    Lined > .lined--unknown { color: $text-warning; text-style: italic; }
    Lined > .lined--good { color: $text-success; }
    Lined > .lined--busy { color: $text-accent; text-style: bold; }
    Lined > .lined--waiting { color: $text-secondary; }
    Lined > .lined--bad { color: $text-error; text-style: bold; }
    Lined > .lined--warning { color: $text-warning; }
    Lined > .lined--note { text-style: dim; }
    Lined > .lined--match { text-style: reverse; }
    Lined > .lined--here { text-style: bold reverse; }
    Lined > .lined--mark { color: $text-warning; text-style: bold; }
    Lined > .lined--old { color: $text-error; }
    Lined > .lined--new { color: $text-success; }
    Lined > .lined--cursor { background: $primary; color: $text; text-style: bold; }
    Lined > .lined--cursor-blurred { background: $surface-lighten-1; }
    Lined > .lined--header { background: $surface; color: $foreground; text-style: bold; }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """What can be scrolled over. Unlike Textual's, it may change without everything being laid out anew."""

    class Searched(Message):
        """A search that takes longer has come on; the outcome so far, in words."""

        def __init__(self, lined: Lined, outcome: str) -> None:
            super().__init__()
            self.lined = lined
            self.outcome = outcome

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes)
        self._styles_by_role: dict[str, Style] = {}
        self._styles_on_ground: dict[tuple[str | None, str], Style] = {}

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        super().notify_style_update()
        self._styles_by_role.clear()
        self._styles_on_ground.clear()

    def watch_virtual_size(self, _before: Size, size: Size) -> None:
        """Tell the scrollbar; only where it comes or goes, the widgets have to be laid out."""
        visible = self.container_size.height
        if self.show_vertical_scrollbar != (size.height > visible):
            self.refresh(layout=True)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height

    # What ``/``, ``&``, ``n``, ``N`` and ``y`` do; a surface without text does nothing.

    @property
    def search_text(self) -> str:
        """The search or filter that is in force, as it was typed."""
        return ""

    @property
    def only_text(self) -> str:
        """What lines are limited to, as it was typed."""
        return ""

    def search(self, text: str) -> str:  # noqa: ARG002 (subclasses use it)
        """Search or filter; an empty text ends it. Returns the outcome in words.

        Raises:
            FilterError: the text is no pattern.
        """
        return ""

    def only(self, text: str) -> str:
        """Limit the lines to those that match; an empty text ends it. Returns the outcome in words.

        Raises:
            FilterError: the text is no pattern.
        """
        return self.search(text)

    def next_match(self, step: int) -> None:
        """Go to the next match (1) or the one before (-1)."""

    def copied_text(self) -> str:
        """What copying takes."""
        return ""

    def role_style(self, role: str) -> Style:
        """The style of a role in the present theme, to be laid over a line's own."""
        style = self._styles_by_role.get(role)
        if style is None:
            style = self.get_component_rich_style(f"lined--{role}", partial=True)
            self._styles_by_role[role] = style
        return style

    def draw(self, line: Line, *, left: int, width: int, over: str | None = None) -> Strip:
        """The cells from column ``left`` of a line, padded to ``width``.

        Args:
            line: its spans.
            left: the first column that is shown.
            width: in cells.
            over: a role that colours the whole line, such as ``cursor``.
        """
        segments = [Segment(text, self._style_on(over, role)) for text, role in line]
        ground = self._style_on(over, "")
        if left:
            return Strip(segments).crop_extend(left, left + width, ground)
        return Strip(Segment.adjust_line_length(segments, width, ground), width)

    def _style_on(self, over: str | None, role: str) -> Style:
        """The whole style of a role: Textual takes long to tell, and lines are many."""
        style = self._styles_on_ground.get((over, role))
        if style is None:
            style = self.rich_style
            if over is not None:
                style += self.role_style(over)
            if role:
                style += self.role_style(role) if over is None else _without_colour(self.role_style(role))
            self._styles_on_ground[over, role] = style
        return style


def _without_colour(style: Style) -> Style:
    """A role's style on a coloured line: its colour might not be legible there, its weight is."""
    return Style(bold=style.bold, italic=style.italic, underline=style.underline, reverse=style.reverse)
