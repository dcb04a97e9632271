"""The app, driven without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from appo_tui.tui.app import AppoApp
from appo_tui.tui.remembered import Remembered
from tests.tui.acting import ActingWorkspace
from tests.tui.events import START

_PATIENCE_SECONDS = 60.0
_QUIET_ROUNDS = 5


class Driver:
    """The keyboard and the screen."""

    def __init__(self, app: AppoApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def until(self, holds: Callable[[], bool], what: str = "what was waited for") -> None:
        """Wait for what a worker will bring about."""
        deadline = monotonic() + _PATIENCE_SECONDS
        while not holds():
            assert monotonic() < deadline, f"{what} did not come; the screen:\n{self.text()}"
            await self.pilot.pause()
            await asyncio.sleep(0)

    async def sees(self, text: str) -> None:
        await self.until(lambda: text in self.text(), repr(text))

    async def sees_no_more(self, text: str) -> None:
        await self.until(lambda: text not in self.text(), f"the end of {text!r}")

    async def comes_to_rest(self) -> None:
        """Wait until no worker is at work, but those that watch, and the screen stays as it is."""
        deadline = monotonic() + _PATIENCE_SECONDS
        quiet, before = 0, ""
        while quiet < _QUIET_ROUNDS:
            assert monotonic() < deadline, f"the screen did not come to rest:\n{self.text()}"
            await self.pilot.pause()
            text = self.text()
            at_work = any(each.is_running and each.group != "watch" for each in self.app.workers)
            quiet = quiet + 1 if text == before and not at_work else 0
            before = text

    def text(self) -> str:
        """The screen as text."""
        return screen_text(self.app)


def screen_text(app: App[Any]) -> str:
    compositor = app.screen._compositor
    return "\n".join("".join(segment.text for segment in strip) for strip in compositor.render_strips())


def made_app(workspace: ActingWorkspace, remembered: Remembered | None = None) -> AppoApp:
    app = AppoApp(workspace, remembered)
    app.now = lambda: START + 60
    return app


@asynccontextmanager
async def driven(
    workspace: ActingWorkspace, *, size: tuple[int, int] = (80, 24), remembered: Remembered | None = None
) -> AsyncIterator[Driver]:
    app = made_app(workspace, remembered)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.model is not None, "the model")
        await pilot.pause()
        yield driver
