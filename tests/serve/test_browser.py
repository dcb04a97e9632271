"""The TUI in headless Chromium."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.commands import Program
from tests.serve.chromium import Browser, chromium

pytestmark = pytest.mark.browser

MOST_SECONDS_TO_END = 120


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium: on Debian and Ubuntu, apt-get install chromium")
    home = tmp_path / "chromium"
    home.mkdir()
    made = Browser(program, home)
    yield made
    made.process.kill()
    made.process.wait()


@contextmanager
def served(home: Path, *words: str) -> Iterator[str]:
    """A server of the demo; gives its address."""
    process = Program(home).start("demo", "serve", "--port", "0", *words)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().removeprefix("Open ").strip()
    finally:
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=MOST_SECONDS_TO_END)
    assert process.returncode == 0, errors
    assert "token=" not in rest + errors


async def test_a_visitor_sees_the_tree_moves_and_changes_nothing(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        assert "token" not in address
        async with browser:
            await browser.open(address)
            await browser.hears("Lamp::Db[app1]")
            await browser.hears("[read-only]")
            painted = await browser.picture()
            await browser.press("j", 74)
            await browser.hears("instance Lamp[app1]")
            await browser.looks_otherwise_than(painted)
            await browser.press("P", 80)
            await browser.hears("Node run order")
            await browser.press("r", 82)
            await browser.hears("refused")
            # What is saved goes to the visitor, and not into the server's directories.
            await browser.press("x", 88)
            await browser.hears("Save the plan")
            await browser.press("Enter", 13)
            await browser.hears("deliver_file_start")
            assert not (tmp_path / "plan.svg").exists()


async def test_with_a_token_changes_can_be_allowed(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "--allow-changes") as address:
        async with browser:
            await browser.open(address.partition("?")[0])
            await browser.loads("This needs the token")
            await browser.open(address)
            await browser.hears("Lamp::Db[app1]")
            assert await browser.value("location.search") == ""
            await browser.press("P", 80)
            await browser.hears("Node run order")
            await browser.press("r", 82)
            await browser.hears("Run this job?")
