"""The program in a real terminal: tmux types and reads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 240.0


class Terminal:
    """A tmux session of its own, with one program in it."""

    patience = PATIENCE_SECONDS

    def __init__(self, state: Path, *, width: int, height: int, environment: dict[str, str]) -> None:
        self.socket = f"appo-test-{uuid.uuid4().hex[:8]}"
        self.state = state
        self.environment = environment
        self._tmux(
            "new-session", "-d", "-s", "main", "-x", str(width), "-y", str(height), "sh"
        )  # what is typed into a shell is what a user does

    def start(self) -> None:
        """Type what opens the program on its samples."""
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
        deadline = monotonic() + self.patience
        while True:
            screen = self.screen()
            if all(text in screen for text in texts):
                return screen
            assert monotonic() < deadline, f"{texts} did not come; the screen:\n{screen}"
            sleep(0.1)  # there is nothing to wait on but the screen itself

    def kill(self) -> None:
        """Kill the program, as the kernel does it when memory is short."""
        shell = self._tmux("display-message", "-p", "-t", "main", "#{pane_pid}").strip()
        (program,) = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        os.kill(int(program), signal.SIGKILL)

    def vanish(self) -> None:
        """Kill the terminal itself, and the program in it."""
        terminal = int(self._tmux("display-message", "-p", "-t", "main", "#{pid}"))
        self.kill()
        os.kill(terminal, signal.SIGKILL)

    def close(self) -> None:
        self._tmux("kill-session", "-t", "main")

    def _tmux(self, *words: str) -> str:
        run = subprocess.run(
            ["tmux", "-L", self.socket, "-f", "/dev/null", *words], capture_output=True, text=True, check=True
        )
        return run.stdout
