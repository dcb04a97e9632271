"""What the mouse does: every list, table, tree, log, graph and border answers to it."""

from __future__ import annotations

import pytest
from textual.scrollbar import ScrollTo
from textual.widget import Widget

from appo_tui.tui.app import AppoApp
from appo_tui.tui.remembered import Remembered
from appo_tui.tui.screens.job import JobScreen
from appo_tui.tui.screens.plan import PlanScreen
from appo_tui.tui.widgets.canvas import Canvas
from appo_tui.tui.widgets.job_nodes import JobNodes
from appo_tui.tui.widgets.key_line import KeyLine
from appo_tui.tui.widgets.log_view import LogView
from appo_tui.tui.widgets.outline import Outline
from appo_tui.tui.widgets.pane_border import PaneBorder
from appo_tui.tui.widgets.table import Table
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import Driver, driven
from tests.tui.events import log

WIDE = (160, 48)


@pytest.fixture(autouse=True)
def patient_double_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two clicks are a double click however slow the machine is."""
    monkeypatch.setattr(AppoApp, "CLICK_CHAIN_TIME_THRESHOLD", 60.0)


async def click(it: Driver, widget: Widget, column: int, row: int, *, times: int = 1) -> None:
    await it.pilot.click(widget, offset=(column, row), times=times)
    await it.pilot.pause()


async def drag(it: Driver, widget: Widget, *, columns: int) -> None:
    place = (widget.region.x + columns, widget.region.y + 5)
    await it.pilot.mouse_down(widget, offset=(0, 5))
    await it.pilot.hover(offset=place)
    await it.pilot.mouse_up(offset=place)
    await it.pilot.pause()


async def test_the_border_between_panes_is_dragged(workspace: ActingWorkspace) -> None:
    remembered = Remembered()
    async with driven(workspace, size=WIDE, remembered=remembered) as it:
        await it.sees("application Lamp")
        tree, border = it.app.screen.query_one("#tree"), it.app.screen.query_one(PaneBorder)
        width = tree.size.width
        await drag(it, border, columns=20)
        await it.until(lambda: abs(tree.size.width - width - 20) <= 1)
        assert remembered.shares.keys() == {"ApplicationsScreen"}
        await click(it, border, 0, 5, times=2)
        await it.until(lambda: tree.size.width == width)
        assert not remembered.shares


async def test_a_pane_keeps_some_width_however_far_the_border_is_dragged(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.sees("application Lamp")
        tree, border = it.app.screen.query_one("#tree"), it.app.screen.query_one(PaneBorder)
        await drag(it, border, columns=-border.region.x)
        await it.until(lambda: tree.size.width < 40)
        assert tree.size.width > 20


async def test_a_narrow_terminal_has_no_border(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.sees("instances")
        assert not it.app.screen.query_one(PaneBorder).display


async def test_a_click_on_its_sign_opens_and_closes_a_branch(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.sees("Lamp::Db[app1]")
        tree = it.app.screen.query_one("#tree", Outline)
        await click(it, tree, 3, 1)
        await it.sees("▸ Lamp[app1]")
        await click(it, tree, 3, 1)
        await it.sees("▾ Lamp[app1]")
        await click(it, tree, 20, 6)
        await it.sees("▾ Lamp[app2]")


async def test_the_click_that_gives_a_list_the_keyboard_goes_nowhere(
    workspace: ActingWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AppoApp, "CLICK_CHAIN_TIME_THRESHOLD", 0.0)  # the two are no double click
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("whole environment")
        jobs = it.app.screen.query_one("#jobs", Table)
        await click(it, jobs, 10, 1)
        await it.comes_to_rest()
        assert not isinstance(it.app.screen, JobScreen)
        await click(it, jobs, 10, 1)
        await it.until(lambda: isinstance(it.app.screen, JobScreen))


async def test_two_clicks_go_in_once(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("whole environment")
        await click(it, it.app.screen.query_one("#jobs", Table), 10, 2, times=2)
        await it.until(lambda: isinstance(it.app.screen, JobScreen))
        assert len(it.app.screen_stack) == 3


async def test_a_click_on_a_columns_name_sorts_by_it(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("5")
        await it.sees("name only")
        nodes = it.app.screen.query_one("#nodes", Table)
        assert nodes.row_key(0) == "db1.example.com"
        await click(it, nodes, 2, 0)
        await it.sees("node▲")
        await click(it, nodes, 2, 0)
        await it.sees("node▼")
        assert nodes.row_key(0) == "web3.example.com"


async def test_a_click_in_the_log_holds_it_and_chooses_what_is_copied(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("all nodes,")
        view = it.app.screen.query_one("#log", LogView)
        assert view.following
        await click(it, view, 5, 2)
        await it.sees("PAUSED")
        row = view.buffer.row(1)
        assert row is not None
        assert view.copied_text() == row.text
        await it.press("G")
        assert view.chosen is None


async def test_a_click_in_a_wrapped_log_chooses_the_line_that_is_there(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("all nodes,")
        view = it.app.screen.query_one("#log", LogView)
        texts = [f"{number} " + "x" * 300 for number in range(40)]
        workspace.say(1, log("web1.example.com", texts, first=100))
        view.take([log("web1.example.com", texts, first=100)])
        view.focus()
        await it.press("w")
        await it.sees("39 xxx")
        for row in (1, 9):
            await click(it, view, 5, row)
            drawn = it.text().splitlines()[view.region.y + row]
            first = view.copied_text().partition("x")[0].strip()
            assert f" {first} x" in drawn or "xxxx" in drawn
        # What is held is what was seen: the view has not moved.
        assert "39 xxx" in it.text()


async def test_a_click_in_the_graph_goes_to_the_node(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("2")
        await it.sees("▶ lb1.example.com")
        screen = it.app.screen
        assert isinstance(screen, PlanScreen)
        graph = screen.query_one("#graph", Canvas)
        row, line = next(
            (row, line) for row, line in enumerate(it.text().splitlines()) if "▶ lb1.example.com" in line
        )
        column = line.index("▶ lb1.example.com") + 3
        await click(it, graph, column - graph.region.x, row - graph.region.y)
        await it.until(lambda: screen.node == "lb1.example.com")


async def test_a_click_on_a_bar_of_the_timeline_goes_to_the_node(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("all nodes,")
        await it.press("right_square_bracket", "right_square_bracket")
        await it.sees("critical path")
        screen = it.app.screen
        assert isinstance(screen, JobScreen)
        assert screen.progress is not None
        third = list(screen.progress.nodes)[2]
        await click(it, screen.query_one("#timeline", Canvas), 5, 3)
        await it.until(lambda: screen.query_one("#nodes", JobNodes).certname == third)


async def test_a_click_on_a_key_of_the_last_line_does_what_the_key_does(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.sees("instances")
        line = it.text().splitlines()[-1]
        await click(it, it.app.screen.query_one(KeyLine), line.index("p plan") + 1, 0)
        await it.sees("Node run order")


async def test_dragging_the_scroll_bar_of_a_log_stops_following(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("all nodes,")
        view = it.app.screen.query_one("#log", LogView)
        view.take([log("web1.example.com", [f"line {number}" for number in range(500)], first=100)])
        await it.sees("line 499")
        view.post_message(ScrollTo(y=100, animate=False))
        await it.sees("PAUSED")
        view.take([log("web1.example.com", ["later"], first=600)])
        await it.sees("1 new")
