"""The first screen, by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.tui.screens.applications import ApplicationsScreen
from appo_tui.tui.screens.plan import PlanScreen
from appo_tui.tui.selection import Selection
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.made import FAULTS, made_model

WIDE = (160, 48)


async def test_the_tree_shows_every_component_with_its_node(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        for text in (
            "Lamp[app1]",
            "Lamp::Db[app1] → db1.example.com",
            "Lamp::Web[app2-1] → web3.example.com",
        ):
            await it.sees(text)


async def test_opening_a_component_shows_what_it_consumes(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("j", "j", "j", "enter")
        await it.sees("consumes Sql[app1]")
        await it.press("left")
        await it.sees_no_more("consumes Sql[app1]")


async def test_details_follow_the_cursor(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("j", "j")
        await it.sees("component Lamp::Db[app1]")
        await it.press("j")
        await it.sees("component Lamp::Web[app1-1]")
        await it.sees("unknown: fact ipaddress of db1")


async def test_secrets_are_never_drawn(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("j", "j", "j")
        await it.sees("secret, not shown")
        assert "hush" not in it.text()


async def test_a_binding_is_followed_from_consumer_to_producer(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        screen = it.app.screen
        assert isinstance(screen, ApplicationsScreen)
        await it.press("j", "j", "j", "tab")
        await it.press("G", "enter")
        await it.until(lambda: screen.selection == Selection("component", "Lamp::Db[app1]"))


async def test_a_filter_keeps_what_is_above_a_match_and_escape_ends_it(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash", *"web2", "enter")
        await it.sees("Lamp::Web[app1-2]")
        await it.sees_no_more("app2")
        await it.sees("Lamp[app1]")
        await it.press("escape")
        await it.sees("Lamp[app2]")


async def test_a_filter_may_be_a_reference_with_brackets(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash", *"Sql[app1]", "enter")
        await it.sees("produces Sql[app1]")
        await it.sees_no_more("Sql[app2]")


async def test_a_broken_pattern_is_told_and_nothing_is_lost(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash", "left_parenthesis")
        await it.sees("not a regular expression")
        await it.press("escape")
        await it.sees("Lamp::Lb[app1]")


async def test_problems_lead_to_their_line(workspace: ActingWorkspace) -> None:
    workspace.model = made_model(faults=True)
    async with driven(workspace) as it:
        await it.press("exclamation_mark")
        await it.sees("never exported")
        await it.sees("Export it, or consume Sql[app1].")
        await it.press("enter")
        await it.sees("Node['web1.example.com'] => Lamp::Web['app1-1']")


@pytest.mark.parametrize(
    ("keys", "target"),
    [
        (("p",), "Lamp"),
        (("j", "p"), "Lamp[app1]"),
        (("j", "j", "p"), "Lamp[app1]"),
        (("P",), "whole environment"),
        (("j", "j", "j", "space", "space", "p"), "web1.example.com, web2.example.com"),
    ],
)
async def test_a_plan_is_made_of_what_is_under_the_cursor_or_marked(
    workspace: ActingWorkspace, keys: tuple[str, ...], target: str
) -> None:
    async with driven(workspace) as it:
        await it.press(*keys)
        await it.until(lambda: isinstance(it.app.screen, PlanScreen))
        screen = it.app.screen
        assert isinstance(screen, PlanScreen)
        assert str(screen.target) == target


async def test_a_changed_file_brings_another_model_and_keeps_the_cursor(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        screen = it.app.screen
        assert isinstance(screen, ApplicationsScreen)
        await it.press("j", "j", "j", "j")
        workspace.model = made_model(components=workspace.model_components()[:4])
        workspace.changed.set()
        await it.sees_no_more("Lamp[app2]")
        assert screen.selection == Selection("component", "Lamp::Web[app1-2]")


async def test_simulated_and_read_only_are_said_on_every_screen(workspace: ActingWorkspace) -> None:
    workspace.session = replace(workspace.session, simulated=True, read_only=True)
    async with driven(workspace) as it:
        for key in ("1", "2", "4", "5"):
            await it.press(key)
            await it.sees("[simulated] [read-only]")


async def test_the_command_line_goes_anywhere(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("colon", *"plan Lamp[app2]", "enter")
        await it.sees("Target             Lamp[app2]")
        await it.press("colon", *"history", "enter")
        await it.sees("try it")
        await it.press("colon", *"nothing", "enter")
        await it.sees("There is no command nothing")


async def test_the_beginning_of_a_command_is_enough_where_it_is_of_one_only(
    workspace: ActingWorkspace,
) -> None:
    async with driven(workspace) as it:
        await it.press("colon", *"hist", "enter")
        await it.sees("try it")
        await it.press("colon", *"no", "enter")
        await it.sees("no may be nodes or noop.")


async def test_the_palette_has_the_actions_and_the_themes_and_nothing_else(
    workspace: ActingWorkspace,
) -> None:
    async with driven(workspace) as it:
        offered = {each.title for each in it.app.get_system_commands(it.app.screen)}
        assert {"plan", "help", "theme appo-light", "quit"} <= offered
        assert not {"Keys", "Maximize", "Screenshot", "Theme", "Quit"} & offered


async def test_errors_warnings_and_notes_are_counted_apart(workspace: ActingWorkspace) -> None:
    note = Diagnostic(Severity.NOTE, "never-consumed", "Nothing consumes Http[lb]")
    workspace.model = replace(made_model(), diagnostics=(note, *FAULTS))
    async with driven(workspace) as it:
        await it.sees("Problems ✗1 ‼1 ·1")
        await it.sees("✗ 1 error")
        await it.press("exclamation_mark")
        await it.sees("Nothing consumes Http[lb]")
        told = [each for each in ("✗ error", "‼ warning", "· note") if each in it.text()]
        assert sorted(told, key=it.text().index) == ["✗ error", "‼ warning", "· note"]


async def test_an_environment_without_instances_shows_its_problems_beside(workspace: ActingWorkspace) -> None:
    good = workspace.model
    workspace.model = replace(made_model(components=()), applications={}, diagnostics=FAULTS)
    async with driven(workspace, size=WIDE) as it:
        await it.sees("No application instance could be made out.")
        await it.sees("Export it, or consume Sql[app1].")
        workspace.model = good
        await it.press("ctrl+r")
        await it.sees("application Lamp")
        await it.sees_no_more("Export it, or consume Sql[app1].")
        assert it.app.remembered.sides == {}


async def test_quitting_asks_and_cancel_is_what_happens_by_accident(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("q")
        await it.sees("Quit?")
        await it.press("enter")
        await it.sees_no_more("Quit?")
        assert it.app.is_running


async def test_help_lists_the_keys_that_are_in_force(workspace: ActingWorkspace) -> None:
    settings = replace(workspace.session.settings, keys={"applications.plan": "ctrl+t"})
    workspace.session = replace(workspace.session, settings=settings)
    async with driven(workspace, size=WIDE) as it:
        await it.press("question_mark")
        await it.sees("ctrl+t")
        await it.press("escape", "ctrl+t")
        await it.until(lambda: isinstance(it.app.screen, PlanScreen))


async def test_one_pane_at_a_time_on_a_narrow_terminal_and_two_on_a_wide_one(
    workspace: ActingWorkspace,
) -> None:
    async with driven(workspace) as it:
        assert "application Lamp" not in it.text()
        await it.press("tab")
        await it.sees("application Lamp")
        await it.sees_no_more("Lamp::Db[app1] →")
        await it.pilot.resize_terminal(160, 48)
        await it.sees("Lamp::Db[app1] →")
        await it.sees("application Lamp")
