"""Tables: what is too long for its column."""

from __future__ import annotations

from textual.app import App, ComposeResult

from appo_tui.tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from appo_tui.tui.drawing.lines import plain, span
from appo_tui.tui.widgets.table import Row, Table

LONG = "File[/etc/nginx/conf.d/" + "x" * 60 + ".conf]"


class WithTable(App[None]):
    """A table of one row."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self.glyphs = glyphs

    def compose(self) -> ComposeResult:
        yield Table(("resource", "status"), self.glyphs)


async def test_a_cell_that_is_cut_ends_with_a_sign_and_is_copied_whole() -> None:
    for glyphs in (UNICODE, ASCII):
        app = WithTable(glyphs)
        async with app.run_test():
            table = app.query_one(Table)
            table.show([Row(1, (span(LONG), span("success")), (LONG, "success"))])
            drawn = plain(table.row_line(0)).split()
            assert drawn == [LONG[:47] + glyphs.ellipsis, "success"]
            assert table.copied_text() == f"{LONG}  success"
