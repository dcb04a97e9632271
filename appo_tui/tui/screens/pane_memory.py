"""What a screen's panes keep from one time to the next, and how wide they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.widget import Widget

from appo_tui.tui.filters import FilterError
from appo_tui.tui.remembered import Kept, Remembered
from appo_tui.tui.widgets.lined import Lined

if TYPE_CHECKING:
    from appo_tui.tui.app import AppoApp

NARROWEST, WIDEST = 20, 80
"""Hundredths of the width that the main pane may have."""


@runtime_checkable
class Keeping(Protocol):
    """A widget that keeps something."""

    def kept(self) -> Kept:
        """What to remember."""

    def keep(self, kept: Kept) -> None:
        """Be again as it was; names that are missing or values that make no sense change nothing."""


def restore(remembered: Remembered, screen: str, widget: Widget) -> None:
    """Let a new pane be as the last one was."""
    kept = remembered.panes.get(f"{screen}.{widget.id}")
    if kept and isinstance(widget, Keeping):
        widget.keep(kept)


def note(remembered: Remembered, screen: str, widget: Widget | None) -> None:
    """Remember what a pane keeps."""
    if widget is not None and isinstance(widget, Keeping):
        remembered.panes[f"{screen}.{widget.id}"] = widget.kept()


def note_filter(app: AppoApp, screen: str, widget: Widget | None) -> None:
    """Remember the filter of a pane, for the present environment."""
    if isinstance(widget, Lined):
        app.remembered.filter(app.workspace.session.root, screen, widget.search_text)


def restore_filter(app: AppoApp, screen: str, widget: Lined) -> str:
    """Have the filter of before; returns what comes of it, in words."""
    text = app.remembered.filters.get(str(app.workspace.session.root), {}).get(screen, "")
    try:
        return widget.search(text) if text else ""
    except FilterError:
        return ""


def share_widths(remembered: Remembered, screen: str, main: Widget, side: Widget | None) -> None:
    """Give two panes beside each other their widths; without a side pane, the style sheet has its way."""
    share = remembered.shares.get(screen)
    if share is None or side is None:
        for pane in (main, *((side,) if side else ())):
            if pane.styles.clear_rule("width"):
                pane.refresh(layout=True)
        return
    share = min(max(share, NARROWEST), WIDEST)
    main.styles.width = f"{share}fr"
    side.styles.width = f"{100 - share}fr"
