"""What is remembered from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.tui.remembered import Remembered, read_remembered, write_remembered
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "tui.json"
    remembered = Remembered(
        theme="appo-light",
        sides={"JobScreen": "timeline"},
        shares={"JobScreen": 30},
        panes={"HistoryScreen.jobs": {"sorted_by": 2, "reversed": 1}},
        places={"/srv/production": "history"},
    )
    write_remembered(path, remembered)
    assert read_remembered(path) == remembered


@pytest.mark.parametrize("text", [
    "", "[]", "{}", "\x00", "[" * 100_000,
    '{"theme": 1, "sides": [], "shares": {"a": "b"}, "panes": {"a": {"b": "c"}, "d": 1}, "places": null}',
])  # fmt: skip
def test_a_file_that_is_not_ours_is_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tui.json"
    path.write_text(text)
    found = read_remembered(path)
    assert (found.theme, found.sides, found.shares, found.places) == ("", {}, {}, {})
    assert not any(found.panes.values())


def test_what_an_older_version_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "tui.json"
    path.write_text('{"theme": "appo-light", "sides": {"JobScreen": "log"}}')
    assert read_remembered(path) == Remembered(theme="appo-light", sides={"JobScreen": "log"})


def test_where_one_was_is_kept_of_the_last_environments_only() -> None:
    remembered = Remembered()
    for number in range(60):
        remembered.leave(Path(f"/{number}"), "history")
    assert list(remembered.places) == [f"/{number}" for number in range(10, 60)]


async def test_a_screen_opens_with_the_side_pane_that_was_left(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=(160, 48)) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("right_square_bracket")
        await it.sees("Waits for")
        await it.press("escape", "2")
        await it.sees("Waits for")
        assert it.app.remembered.sides["PlanScreen"] == "why"


async def test_one_is_back_on_the_screen_that_was_left(workspace: ActingWorkspace) -> None:
    remembered = Remembered()
    for keys, seen in (("4", "whole environment"), ("5", "name only"), ("2", "Node run order")):
        async with driven(workspace, remembered=remembered) as it:
            await it.press("1", keys)
            await it.sees(seen)
            it.app.exit(0)
        async with driven(workspace, remembered=remembered) as it:
            await it.sees(seen)


async def test_one_is_back_at_a_job_unless_it_is_gone(workspace: ActingWorkspace) -> None:
    remembered = Remembered(places={str(workspace.session.root): "job 2"})
    async with driven(workspace, remembered=remembered) as it:
        await it.sees("job 2")
    remembered = Remembered(places={str(workspace.session.root): "job 77"})
    async with driven(workspace, remembered=remembered) as it:
        await it.until(lambda: not any(each.group == "place" and each.is_running for each in it.app.workers))
        assert len(it.app.screen_stack) == 1


@pytest.mark.parametrize("place", ["quit", "", "nonsense", "environment x", "job x"])
async def test_a_place_that_is_none_is_not_gone_to(workspace: ActingWorkspace, place: str) -> None:
    remembered = Remembered(places={str(workspace.session.root): place})
    async with driven(workspace, remembered=remembered) as it:
        await it.sees("Lamp::Db[app1]")
        assert len(it.app.screen_stack) == 1


async def test_a_tables_order_and_the_widths_of_panes_are_kept(workspace: ActingWorkspace) -> None:
    remembered = Remembered()
    async with driven(workspace, size=(160, 48), remembered=remembered) as it:
        await it.press("4")
        await it.sees("whole environment")
        before = it.app.screen.query_one("#jobs").size.width
        await it.press("o", "O", "left_parenthesis", "left_parenthesis")
        await it.until(lambda: it.app.screen.query_one("#jobs").size.width < before - 10)
        width = it.app.screen.query_one("#jobs").size.width
        await it.press("escape", "4")
        await it.sees("whole environment")
        await it.until(lambda: it.app.screen.query_one("#jobs").size.width == width)
    assert remembered.panes["HistoryScreen.jobs"] == {"sorted_by": 0, "reversed": 1}


async def test_a_log_is_drawn_as_the_last_one_was(workspace: ActingWorkspace) -> None:
    remembered = Remembered()
    for _ in range(2):
        async with driven(workspace, size=(160, 48), remembered=remembered) as it:
            await it.press("4")
            await it.sees("whole environment")
            await it.press("enter")
            await it.sees("skipped")
            await it.press("tab")
            if not remembered.panes.get("JobScreen.log"):
                await it.press("w", "T")
            it.app.exit(0)
        assert remembered.panes["JobScreen.log"] == {"wrapped": 1, "times": 1}
