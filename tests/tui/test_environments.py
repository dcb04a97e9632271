"""Going from one environment to another, and environments with nothing to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest

from appo_tui.model.diagnostics import Severity
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.made import COMPONENTS, FAULTS, made_model


@pytest.fixture
def staged(workspace: ActingWorkspace) -> ActingWorkspace:
    """With a second environment that has one instance less, and a third that can't be read."""
    staging = made_model(components=COMPONENTS[:1])
    workspace.others = {
        "production": workspace.model,
        "staging": replace(staging, environment="staging"),
        "broken": "environment.conf can't be read: Permission denied\nlet appo read it",
    }
    return workspace


async def test_one_goes_to_another_by_the_chooser(staged: ActingWorkspace) -> None:
    async with driven(staged, size=(120, 40)) as it:
        await it.sees("Lamp::Web[app1-1]")
        await it.press("0")
        await it.sees("Go to environment")
        await it.press("s", "t", "a")
        await it.sees_no_more("broken")
        await it.press("enter")
        await it.sees("staging")
        await it.sees_no_more("Lamp::Web[app1-1]")
        await it.sees("Lamp::Db[app1]")


async def test_the_command_line_goes_to_one_by_its_name(staged: ActingWorkspace) -> None:
    async with driven(staged) as it:
        await it.until(lambda: bool(it.app.environments))
        assert "environment staging" in it.app.commands()
        typed = ("space" if each == " " else each for each in "environment staging")
        await it.press("colon", *typed, "enter")
        await it.until(lambda: it.app.workspace.session.environment == "staging")
        await it.sees("staging")


async def test_a_name_that_is_none_leaves_everything_as_it_is(staged: ActingWorkspace) -> None:
    async with driven(staged) as it:
        it.app.run_command("environment nowhere")
        await it.sees("there is no environment 'nowhere'")
        await it.sees("Lamp::Web[app1-1]")


async def test_one_that_cannot_be_read_says_why_and_what_to_do(staged: ActingWorkspace) -> None:
    async with driven(staged, size=(120, 40)) as it:
        it.app.run_command("environment broken")
        await it.sees("Permission denied")
        await it.sees("0 goes to another environment")
        await it.sees_no_more("Lamp::Db[app1]")
        await it.press("5")
        await it.sees("The environment can't be read.")
        await it.press("2")
        await it.sees("let appo read it")
        it.app.run_command("environment production")
        await it.sees("Lamp::Web[app1-1]")


async def test_a_plan_is_left_with_its_environment_and_a_job_is_not(staged: ActingWorkspace) -> None:
    async with driven(staged) as it:
        await it.press("2")
        await it.sees("Node run order")
        it.app.run_command("environment staging")
        await it.until(lambda: len(it.app.screen_stack) == 1)
        it.app.run_command("job 1")
        await it.sees("job 1")
        it.app.run_command("environment production")
        await it.until(lambda: it.app.model is not None and it.app.model.environment == "production")
        await it.sees("job 1")


async def test_marks_and_states_of_another_environments_nodes_are_forgotten(staged: ActingWorkspace) -> None:
    async with driven(staged) as it:
        await it.press("space")
        assert it.app.marked_nodes
        it.app.run_command("environment staging")
        await it.until(lambda: not it.app.marked_nodes)


async def test_the_other_environments_files_are_watched(
    staged: ActingWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[str] = []
    ended: list[Event] = []

    def changes(stop: Event) -> Iterator[None]:
        watched.append(staged.session.environment)
        ended.append(stop)
        stop.wait(10)
        yield from ()

    monkeypatch.setattr(staged, "changes", changes)
    async with driven(staged) as it:
        await it.until(lambda: watched == ["production"])
        it.app.run_command("environment staging")
        await it.until(lambda: watched == ["production", "staging"])
        assert [each.is_set() for each in ended] == [True, False]


async def test_no_watch_begins_when_the_program_has_been_left(
    workspace: ActingWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[Event] = []

    def changes(stop: Event) -> Iterator[None]:
        watched.append(stop)
        yield from ()

    monkeypatch.setattr(workspace, "changes", changes)
    async with driven(workspace) as it:
        await it.until(lambda: len(watched) == 1)
    it.app._begin_to_watch()  # as when a model comes too late
    await it.app.workers.wait_for_complete()
    assert len(watched) == 1
    assert watched[0].is_set()


async def test_alone_the_chooser_says_where_others_are_looked_for(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("0")
        await it.sees("--environmentpath")


async def test_an_environment_without_instances_says_how_one_is_written(workspace: ActingWorkspace) -> None:
    workspace.model = replace(made_model(components=()), applications={})
    async with driven(workspace) as it:
        await it.sees("appo new NAME")
        await it.press("5")
        await it.sees("declares no application instance")


async def test_where_errors_are_in_the_way_they_are_pointed_to(workspace: ActingWorkspace) -> None:
    workspace.model = replace(made_model(components=()), applications={}, diagnostics=FAULTS)
    assert any(each.severity is Severity.ERROR for each in FAULTS)
    async with driven(workspace) as it:
        await it.sees("1 error is in the way.")
        await it.press("exclamation_mark")
        await it.sees("site.pp:7")
