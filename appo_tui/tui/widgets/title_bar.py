"""The first line of the screen: where one is, and what must not be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.lines import Line, plain
from appo_tui.tui.drawing.text import literal, printable

_ROLES = ("good", "busy", "waiting", "warning", "bad")
"""Roles of a line that have a colour here."""


class TitleBar(Widget):
    """Breadcrumbs on the left; badges, such as ``simulated``, on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"title-bar--{role}" for role in _ROLES}

    DEFAULT_CSS = """
    TitleBar { height: 1; background: $surface; color: $foreground; }
    TitleBar > .title-bar--good { color: $text-success; }
    TitleBar > .title-bar--busy { color: $text-accent; }
    TitleBar > .title-bar--waiting { color: $text-secondary; }
    TitleBar > .title-bar--warning { color: $text-warning; }
    TitleBar > .title-bar--bad { color: $text-error; }
    """

    def __init__(self, glyphs: Glyphs, badges: Sequence[str]) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._badges = tuple(badges)
        self._crumbs: tuple[str, ...] = ()
        self._said: Line = ()

    def show(self, crumbs: Sequence[str], said: Line = ()) -> None:
        """Show where one is, and in a few words how it stands."""
        self._crumbs = tuple(crumbs)
        self._said = said
        self.refresh()

    def render(self) -> Text:
        """The line, cut where it is too long."""
        joint = f" {self._glyphs.crumb} "
        badges = printable("".join(f" [{badge}]" for badge in self._badges) + " ")
        room = max(0, self.size.width - cell_len(badges))
        crumbs = ["appo", *self._crumbs]
        # What stands where matters less than how it stands: the first crumbs go first.
        while len(crumbs) > 1 and len(joint.join(crumbs)) + cell_len(plain(self._said)) + 3 > room:
            del crumbs[0]
        line = Text(" ").append_text(literal(joint.join(crumbs)))
        line.stylize("bold")
        line.append("  ")
        for text, role in self._said:
            name = f"title-bar--{role}"
            line.append(text, self.get_component_rich_style(name, partial=True) if role in _ROLES else None)
        line.truncate(room, overflow="ellipsis" if self._glyphs.ellipsis == "…" else "crop", pad=True)
        line.append(badges, style="bold reverse" if self._badges else "")
        return line
