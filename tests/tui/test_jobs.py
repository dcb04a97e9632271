"""Plan, launch, watch, stop, look back: by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appo_tui.tui.screens.job import JobScreen
from appo_tui.tui.screens.replay import ReplayScreen
from appo_tui.tui.widgets.job_table import JobTable
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.events import finished_job, log, numbered

WIDE = (160, 48)


async def test_the_plan_reads_as_the_orchestrators(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=(120, 50)) as it:
        await it.press("2")
        await it.sees("Node run order")
        for text in (
            "Target             whole environment",
            "    Lamp[app1] - Lamp::Db[app1]",
            "0 ──",
            "2 ──",
        ):
            await it.sees(text)


async def test_a_partial_target_is_warned_of(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("colon", *"plan web1.example.com", "enter")
        await it.sees("WARNING target does not contain all nodes in this application.")


async def test_the_graph_has_an_arrow_from_producer_to_consumer(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("2")
        await it.sees("▶ lb1.example.com")


async def test_launching_needs_another_key_than_the_one_that_asked(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r")
        await it.sees("Run this job?")
        await it.press("r")
        assert not workspace.launched
        await it.press("enter")
        await it.sees_no_more("Run this job?")
        assert not workspace.launched
        await it.press("r", "y")
        await it.until(lambda: isinstance(it.app.screen, JobScreen))
        assert len(workspace.launched) == 1


async def test_options_are_what_the_job_gets(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("o", *"weekly", "tab", "3", "enter")
        await it.sees("Concurrency limit  3")
        await it.press("d")
        await it.sees("no-op: nothing is changed")
        await it.press("r", "y")
        await it.until(lambda: bool(workspace.launched))
        options = workspace.launched[0][1]
        assert (options.description, options.concurrency, options.noop) == ("weekly", 3, True)


async def test_read_only_starts_nothing(workspace: ActingWorkspace) -> None:
    workspace.session = replace(workspace.session, read_only=True)
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r", "y")
        assert not workspace.launched
        assert "Run this job?" not in it.text()


async def test_a_running_job_shows_states_in_words_and_its_log(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r", "y")
        await it.sees("▶ running")
        await it.sees("✓ finished")
        await it.sees("/Stage[main]/Lamp::Db[app1]/File[/etc/my.cnf]")


async def test_the_tree_shows_the_states_of_the_job_that_runs(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r", "y")
        await it.sees("▶ running")
        await it.press("1")
        await it.sees("Lamp::Db[app1] → db1.example.com  ✓ finished")


async def test_stop_drains_and_a_second_stop_forces(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r", "y")
        await it.sees("▶ running")
        await it.press("s", "s")
        assert workspace.stops == []
        await it.press("y")
        await it.until(lambda: workspace.stops == [(3, False)])
        workspace.say_stopping(3)
        await it.sees("stopping")
        await it.press("s", "f")
        await it.until(lambda: workspace.stops == [(3, False), (3, True)])


async def test_a_skipped_node_tells_its_cause_and_leads_there(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("enter")
        await it.sees("↷ skipped")
        screen = it.app.screen
        assert isinstance(screen, JobScreen)
        await it.press("j", "left_square_bracket")
        await it.sees("because of db1.example.com")


async def test_resource_events_have_old_and_new_values(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=(200, 60)) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("enter")
        await it.sees("✗ failed")
        await it.press("right_square_bracket")
        await it.sees("File[/etc/my.cnf]")
        await it.sees("absent")
        await it.sees("failure")


async def test_the_timeline_names_the_critical_path(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("j", "enter")
        await it.sees("✓ finished")
        await it.press("right_square_bracket", "right_square_bracket")
        await it.sees("critical path: db1.example.com > web2.example.com > lb1.example.com")


async def test_retry_asks_first(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("enter")
        await it.sees("✗ failed")
        await it.press("r")
        await it.sees("A new job of 5 nodes that did not finish")
        await it.press("y")
        await it.until(lambda: len(workspace.launched) == 1)


async def test_a_finished_job_is_not_retried(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("j", "enter")
        await it.sees("job 1")
        await it.sees("5/5")
        await it.press("r")
        await it.sees("nothing to retry")


async def test_the_history_lists_jobs_newest_first_and_filters(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("✗ failed")
        assert it.text().index("✗ failed") < it.text().index("✓ finished")
        await it.press("slash", *"finished", "enter")
        await it.sees_no_more("✗ failed")


async def test_a_long_history_is_read_as_one_comes_to_its_end_and_found_by_the_store(
    workspace: ActingWorkspace,
) -> None:
    for number in range(10, 300):
        workspace.requests[number] = workspace.requests[2]
        workspace.histories[number] = workspace.histories[2]
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("292 jobs")
        jobs = it.app.screen.query_one(JobTable)
        assert jobs.row_count() == 200
        await it.press("slash", *"finished", "enter")
        await it.until(lambda: jobs.row_count() == 1 and jobs.cursor_key == 1)
        await it.press("escape")
        await it.until(lambda: jobs.row_count() == 200)
        await it.press("G")
        await it.until(lambda: jobs.row_count() == 292)
        await it.press("slash", *"finis.ed", "enter")
        await it.until(lambda: jobs.row_count() == 1 and jobs.cursor_key == 1)


async def test_two_jobs_are_compared_node_by_node(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("4")
        await it.sees("✗ failed")
        await it.press("space", "space", "c")
        await it.sees("Only in job 1")
        await it.sees("differs")


async def test_a_replay_can_be_moved_back_and_forth(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("j", "i")
        await it.until(lambda: isinstance(it.app.screen, ReplayScreen) and it.app.screen.progress is not None)
        screen = it.app.screen
        assert isinstance(screen, ReplayScreen)
        if screen.playing:
            await it.press("p")
        screen.action_seek(-100)
        await it.pilot.pause()
        assert screen.progress is not None
        assert screen.progress.state.value != "finished"
        screen.action_seek(100)
        await it.pilot.pause()
        assert screen.progress.state.value == "finished"
        assert screen.progress.counts == {"finished": 5}


async def test_nothing_is_stopped_from_a_replay(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("i")
        await it.until(lambda: isinstance(it.app.screen, ReplayScreen))
        await it.press("s", "y")
        assert workspace.stops == []


@pytest.mark.parametrize("wide", [False, True])
async def test_the_log_pauses_counts_and_follows(workspace: ActingWorkspace, wide: bool) -> None:
    lines = [f"line {number}" for number in range(200)]
    workspace.next_events = numbered([*finished_job()[:3], log("db1.example.com", lines)])
    async with driven(workspace, size=WIDE if wide else (80, 24)) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r", "y")
        await it.until(lambda: isinstance(it.app.screen, JobScreen))
        await it.press("tab")
        await it.sees("line 199")
        await it.press("space")
        await it.sees("PAUSED")
        workspace.say(3, log("db1.example.com", ["line 200", "line 201"], first=201))
        await it.sees("PAUSED, 2 new")
        assert "line 201" not in it.text()
        await it.press("G")
        await it.sees("line 201")


async def test_a_search_in_the_log_goes_from_match_to_match(workspace: ActingWorkspace) -> None:
    lines = [f"line {number}" for number in range(300)]
    workspace.next_events = numbered([*finished_job()[:3], log("db1.example.com", lines)])
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("r", "y")
        await it.until(lambda: isinstance(it.app.screen, JobScreen))
        await it.press("tab")
        await it.sees("line 299")
        await it.press("g", "slash", *"77", "enter")
        await it.sees("line 77")
        await it.press("n")
        await it.sees("line 177")
        await it.press("N")
        await it.sees("line 77")
        await it.press("escape", "ampersand", *"e 2[0-4]$", "enter")
        await it.sees("line 24")
        await it.sees_no_more("line 177")


async def test_nodes_have_components_facts_and_last_runs(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("5")
        await it.sees("✓ finished")
        await it.sees("Lamp::Db[app1]")
        await it.press("right_square_bracket")
        await it.sees("ipaddress")
