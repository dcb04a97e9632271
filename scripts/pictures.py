"""Takes the pictures in docs/pictures: ``python -m scripts.pictures``.

The real program is driven on sample_modules with the demo's nodes: what the pictures show has happened.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from textual.pilot import Pilot

from appo_tui.demo.places import demo_places
from appo_tui.demo.presence import ensure_fleet, watch
from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, open_session
from appo_tui.tui.app import AppoApp
from appo_tui.tui.screens.job import JobScreen
from appo_tui.tui.screens.plan import PlanScreen
from appo_tui.tui.workspaces.session_workspace import SessionWorkspace

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (120, 34)
PATIENCE_SECONDS = 120.0


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait for what a worker brings about."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not holds():
        if monotonic() > deadline:
            raise TimeoutError("the program did not come so far")
        await pilot.pause(0.05)


def take(app: AppoApp, name: str) -> None:
    """Save what is on the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.svg").write_text(app.export_screenshot(title="appo demo"), encoding="utf-8")


async def drive(app: AppoApp) -> None:
    """Walk through the program, and take a picture of each screen."""
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.model is not None)
        await pilot.press("j", "j", "j", "enter")
        await pilot.pause(0.3)
        take(app, "applications")
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PlanScreen) and app.screen.plan is not None)
        await pilot.press("plus", "tab")
        await pilot.pause(0.3)
        take(app, "plan")
        await pilot.press("r", "y")
        await until(pilot, lambda: isinstance(app.screen, JobScreen) and half_done(app.screen))
        await pilot.press("plus", "plus")
        await pilot.pause(0.3)
        take(app, "job")
        await until(pilot, lambda: isinstance(app.screen, JobScreen) and ended(app.screen))
        await pilot.press("right_square_bracket", "right_square_bracket")
        await pilot.pause(0.3)
        take(app, "timeline")
        await pilot.press("4")
        await pilot.pause(1.0)
        take(app, "history")


def half_done(screen: JobScreen) -> bool:
    """Whether about half of the nodes have finished."""
    progress = screen.progress
    return progress is not None and sum(node.state.ended for node in progress.nodes.values()) * 2 >= len(
        progress.nodes
    )


def ended(screen: JobScreen) -> bool:
    """Whether the job has ended."""
    return screen.progress is not None and screen.progress.state.ended


def main() -> None:
    """Start the demo's nodes in a directory of their own, and take the pictures."""
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        places = demo_places()
        with watch(places):
            ensure_fleet(places)
            session = open_session(GlobalOptions(demo=True), Settings())
            asyncio.run(drive(AppoApp(SessionWorkspace(session))))


if __name__ == "__main__":
    main()
