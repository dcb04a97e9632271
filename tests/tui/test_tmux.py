"""The whole story in a real terminal: `appo demo` in tmux, by keyboard."""

from __future__ import annotations

import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 90.0
pytestmark = pytest.mark.tmux


class Terminal:
    """A tmux session of its own, with one program in it."""

    def __init__(self, state: Path, *, width: int, height: int, environment: dict[str, str]) -> None:
        self.socket = f"appo-test-{uuid.uuid4().hex[:8]}"
        self.state = state
        self.environment = environment
        self._tmux(
            "new-session", "-d", "-s", "main", "-x", str(width), "-y", str(height), "sh"
        )  # what is typed into a shell is what a user does

    def start(self) -> None:
        paths = f"{ROOT / 'grammar'}:{ROOT}"
        words = {"XDG_STATE_HOME": str(self.state), "PYTHONPATH": paths, **self.environment}
        given = " ".join(f"{name}='{value}'" for name, value in words.items())
        self.type_line(f"clear; env {given} {sys.executable} -m appo_tui demo; echo left with $?")

    def type_line(self, text: str) -> None:
        self._tmux("send-keys", "-t", "main", "-l", text)
        self._tmux("send-keys", "-t", "main", "Enter")

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tmux("send-keys", "-t", "main", key)

    def write(self, text: str) -> None:
        self._tmux("send-keys", "-t", "main", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-t", "main", "-p")

    def sees(self, *texts: str) -> str:
        """Wait until all of the texts are on the screen together."""
        deadline = monotonic() + PATIENCE_SECONDS
        while True:
            screen = self.screen()
            if all(text in screen for text in texts):
                return screen
            assert monotonic() < deadline, f"{texts} did not come; the screen:\n{screen}"
            sleep(0.1)  # there is nothing to wait on but the screen itself

    def close(self) -> None:
        self._tmux("kill-session", "-t", "main")

    def _tmux(self, *words: str) -> str:
        run = subprocess.run(
            ["tmux", "-L", self.socket, "-f", "/dev/null", *words], capture_output=True, text=True, check=True
        )
        return run.stdout


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
    config = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "EDITOR": "true"}
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

    # Plan, launch, stop, watch.
    terminal.press("P")
    terminal.sees("Node run order")
    terminal.press("r")
    terminal.sees("Run this job?", "Puppet is simulated")
    terminal.press("y")
    terminal.sees("job 1")
    terminal.press("s")
    terminal.sees("Stop job 1?")
    terminal.press("y")
    terminal.press("Tab")
    terminal.sees("all nodes", "Notice: ")
    terminal.press("Space")
    terminal.sees("PAUSED")
    terminal.press("g", "/")
    terminal.write("ensure")
    terminal.press("Enter")
    terminal.sees("/ensure")
    terminal.press("n")

    # It drains; then what was not run is run.
    terminal.sees("stopped")
    terminal.press("r")
    terminal.sees("Retry job 1?")
    terminal.press("y")
    terminal.sees("job 2")
    terminal.sees("finished", "12")

    # Quit while it may still run, come back, and find both in the history.
    terminal.press("C-q")
    terminal.sees("left with 0")
    terminal.start()
    terminal.sees("Lamp::Db[app1]")
    terminal.press("4")
    terminal.sees("stopped", "simulated")
    terminal.press("i")
    terminal.sees("replay", "x8")
