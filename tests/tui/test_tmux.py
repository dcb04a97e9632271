"""The whole story in a real terminal: `appo demo` in tmux, by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

pytestmark = pytest.mark.tmux


LOOKS = {
    "80x24": (80, 24, {"LC_ALL": "C.UTF-8"}),
    "160x48": (160, 48, {"LC_ALL": "C.UTF-8"}),
    "poorest": (80, 24, {"TERM": "linux", "NO_COLOR": "1", "LC_ALL": "C"}),
}


@pytest.fixture(params=list(LOOKS))
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    if not shutil.which("tmux"):
        pytest.skip("no tmux")
    width, height, environment = LOOKS[request.param]
    # A run takes so long that a job of five levels is not over before what is done meanwhile is done.
    config = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "EDITOR": "true", "APPO_DEMO_SECONDS": "5"}
    made = Terminal(tmp_path / "state", width=width, height=height, environment={**config, **environment})
    yield made
    made.close()


def test_the_whole_story_by_keyboard(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start()
    terminal.sees("[simulated]", "Lamp::Db[app1]")

    # Find a component, and follow its binding to the producer's source.
    terminal.press("/")
    terminal.write("Web[app1-2]")
    terminal.press("Enter")
    terminal.sees("Lamp::Web[app1-2]", "esc clears")
    terminal.press("s")
    terminal.sees("define lamp::web")
    terminal.press("BTab")
    terminal.sees("component Lamp::Web[app1-2]")

    # Plan, launch, watch, pause, search, stop.
    terminal.press("P")
    terminal.sees("Node run order")
    terminal.press("r")
    terminal.sees("Run this job?", "Puppet is simulated")
    terminal.press("y")
    terminal.sees("job 1", "running")
    terminal.press("Tab")
    terminal.sees("all nodes", "Notice: ")
    terminal.press("Space")
    terminal.sees("PAUSED")
    terminal.press("g", "/")
    terminal.write("ensure")
    terminal.press("Enter")
    terminal.sees("/ensure")
    terminal.press("n")
    terminal.press("s")
    terminal.sees("Stop job 1?")
    terminal.press("y")

    # It drains; then what was not run is run.
    terminal.sees("stopped")
    terminal.press("r")
    terminal.sees("Retry job 1?")
    terminal.press("y")
    terminal.sees("job 2", "running")

    # Quit while it runs, and attach again: the program is where it was left, and the job has gone on.
    terminal.press("C-q")
    terminal.sees("left with 0")
    terminal.start()
    terminal.sees("job 2", "finished", "12")

    # Both are in the history: compared, and played again.
    terminal.press("4")
    terminal.sees("stopped", "simulated")
    terminal.press("Space", "Space", "c")
    terminal.sees("then took", "job 1")
    terminal.press("Escape")
    terminal.sees("stopped", "target")
    terminal.press("i")
    terminal.sees("replay", "x8")
    terminal.press(">", ".")
    terminal.sees("x16")


@pytest.mark.parametrize("terminal", ["80x24"], indirect=True)
def test_a_job_goes_on_when_the_program_is_killed(terminal: Terminal) -> None:
    terminal.start()
    terminal.sees("[simulated]", "Lamp::Db[app1]")
    terminal.press("P")
    terminal.sees("Node run order")
    terminal.press("r")
    terminal.sees("Run this job?")
    terminal.press("y")
    terminal.sees("job 1", "running")
    terminal.kill()
    terminal.sees("left with 137")
    another = Terminal(terminal.state, width=80, height=24, environment=terminal.environment)
    try:
        another.start()
        another.sees("[simulated]")
        another.press("4")
        another.sees("finished", "✓12", "simulated")
    finally:
        another.close()
