"""How the screens look: at three sizes, and in every way of drawing.

After a wanted change: ``make snapshots``, and look at what changed before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from appo_tui.environment.settings import Settings
from appo_tui.tui.app import AppoApp
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import Driver, made_app
from tests.tui.made import made_model

SIZES = [(80, 24), (120, 40), (200, 60)]

SCREENS = {
    "applications": (("j", "j", "j", "enter"), "consumes"),
    "problems": (("exclamation_mark",), "site.pp:7"),
    "source": (("j", "j", "s"), "site {"),
    "plan": (("2",), "Node run order"),
    "graph": (("2", "tab"), "lb1.example.com"),
    "job": (("4", "enter"), "skipped"),
    "timeline": (("4", "j", "enter", "tab", "tab", "tab"), "critical path"),
    "history": (("4",), "whole environment"),
    "nodes": (("5",), "name only"),
    "help": (("question_mark",), "Applications"),
    "confirm": (("2", "r"), "Run this job?"),
}

LOOKS: dict[str, Callable[[ActingWorkspace], None]] = {
    "light": lambda each: _with(each, theme="appo-light"),
    "colour-blind": lambda each: _with(each, theme="appo-colour-blind"),
    "no-colour": lambda each: None,
    "ascii": lambda each: setattr(each, "session", replace(each.session, ascii=True)),
}


def _with(workspace: ActingWorkspace, *, theme: str) -> None:
    workspace.session = replace(workspace.session, settings=Settings(theme=theme))


def walk(app: AppoApp, keys: tuple[str, ...], last: str) -> Callable[[Pilot[int]], object]:
    async def walking(pilot: Pilot[int]) -> None:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.model is not None)
        for key in keys:
            await driver.press(key)
            if key in ("2", "4", "enter"):
                await driver.until(lambda: "Planning" not in driver.text())
                await driver.sees(
                    {
                        "2": "Node run order",
                        "4": "✗ failed" if not app.workspace.session.ascii else "x failed",
                    }.get(key, " ")
                )
        await driver.sees(last)
        await driver.comes_to_rest()

    return walking


@pytest.mark.parametrize("size", SIZES, ids=["x".join(map(str, size)) for size in SIZES])
@pytest.mark.parametrize("name", SCREENS)
def test_screens_at_three_sizes(
    snap_compare: Callable[..., bool], workspace: ActingWorkspace, name: str, size: tuple[int, int]
) -> None:
    workspace.model = made_model(faults=True)
    app = made_app(workspace)
    keys, last = SCREENS[name]
    assert snap_compare(app, terminal_size=size, run_before=walk(app, keys, last))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["applications", "plan", "job", "confirm"])
def test_screens_in_other_looks(
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
    workspace: ActingWorkspace,
    name: str,
    look: str,
) -> None:
    if look == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    workspace.model = made_model(faults=True)
    LOOKS[look](workspace)
    app = made_app(workspace)
    keys, last = SCREENS[name]
    assert snap_compare(app, terminal_size=(80, 24), run_before=walk(app, keys, last))
