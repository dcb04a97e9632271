"""Filters: how they are told, how they end, and how long they are remembered."""

from __future__ import annotations

from appo_tui.tui.remembered import Remembered
from appo_tui.tui.widgets.log_view import LogView
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.events import finished_job, log, numbered


async def test_a_filter_is_in_force_again_when_one_comes_back(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("5")
        await it.sees("name only")
        await it.press("slash", *"web3", "enter")
        await it.sees("1 of 5")
        await it.press("4")
        await it.sees("whole environment")
        await it.press("5")
        await it.sees("/web3  1 of 5  esc clears")
        await it.sees_no_more("lb1.example.com")
        await it.press("escape", "4", "5")
        await it.sees("lb1.example.com")


async def test_a_filter_is_in_force_at_the_next_start_in_its_environment_only(
    workspace: ActingWorkspace,
) -> None:
    remembered = Remembered()
    async with driven(workspace, remembered=remembered) as it:
        await it.press("slash", *"app2", "enter")
        await it.sees("esc clears")
        it.app.exit(0)
    assert remembered.filters == {str(workspace.session.root): {"ApplicationsScreen": "app2"}}
    async with driven(workspace, remembered=remembered) as it:
        await it.sees("/app2  ")
        await it.sees("esc clears")
        await it.sees_no_more("Lamp[app1]")
    remembered = Remembered(filters={"/elsewhere": {"ApplicationsScreen": "app2"}})
    async with driven(workspace, remembered=remembered) as it:
        await it.sees("Lamp[app1]")


async def test_a_filter_that_leaves_nothing_says_how_to_end_it(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        for key, name in (("1", "instance"), ("5", "name only"), ("4", "whole environment")):
            await it.press(key)
            await it.sees(name)
            await it.press("slash", *"zqxj", "enter")
            await it.sees("No row matches: esc shows all again.")
            assert "declares no application instance" not in it.text()
            assert "No job yet" not in it.text()
            await it.press("escape")
            await it.sees(name)


async def test_a_long_filter_leaves_the_panes_their_names(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash", *"no.such.thing.in.any.of.the.names.of.this.tree", "enter")
        await it.sees("0 matches")
        strip = it.text().splitlines()[1]
        assert "[Applications]  Details   Source   Problems" in strip
        assert "…" in strip
        assert len(strip.rstrip()) < 80


async def test_escape_ends_the_filter_of_a_log_before_it_leaves_the_job(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=(120, 40)) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("all nodes,")
        it.app.screen.query_one("#log", LogView).focus()
        await it.press("ampersand", *"zqxj", "enter")
        await it.sees("No line matches: esc shows all again.")
        await it.press("escape")
        await it.sees_no_more("only zqxj")
        await it.sees("all nodes,")
        await it.press("escape")
        await it.sees_no_more("all nodes,")


async def test_a_log_without_trouble_says_so(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=(120, 40)) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("all nodes,")
        it.app.screen.query_one("#log", LogView).focus()
        await it.press("z")
        await it.sees("No warning and no error: z shows all lines again.")


async def test_a_log_is_where_it_was_when_a_filter_has_shown_nothing(workspace: ActingWorkspace) -> None:
    lines = [f"line {number}" for number in range(300)]
    workspace.histories[1] = numbered([*finished_job()[:3], log("db1.example.com", lines)])
    async with driven(workspace, size=(120, 40)) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("line 299")
        view = it.app.screen.query_one("#log", LogView)
        view.focus()
        await it.press("g", "pagedown", "pagedown")
        await it.until(lambda: view.scroll_offset.y > view.size.height)
        top = view.scroll_offset.y
        await it.press("z")
        await it.sees("No warning and no error: z shows all lines again.")
        await it.press("z")
        await it.sees_no_more("No warning")
        await it.until(lambda: view.scroll_offset.y == top, "the place of before")
