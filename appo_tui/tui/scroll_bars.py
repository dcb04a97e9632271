"""Scroll bars: Textual's, or some that ASCII can draw."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class AsciiScrollBars(ScrollBarRender):
    """Bars that begin and end at whole cells, for there is no character of ASCII for a part of one."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def use_scroll_bars(*, ascii_only: bool) -> None:
    """Decide how all scroll bars of this process are drawn."""
    ScrollBar.renderer = AsciiScrollBars if ascii_only else ScrollBarRender
