"""The README's first command, on a machine that has nothing of ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal import ROOT, Terminal

INSTALL_SECONDS = 600.0
pytestmark = pytest.mark.tmux


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if os.environ.get("APPO_REQUIRE_ALL") != "1":
        pytest.skip("it installs the program anew from the package index, which takes minutes: CI does it")
    if not shutil.which("tmux"):
        pytest.skip("no tmux")
    made = Terminal(tmp_path / "state", width=80, height=24, environment={})
    made.patience = INSTALL_SECONDS
    yield made
    made.close()


def test_make_demo_sets_all_up_and_opens_the_samples(terminal: Terminal, tmp_path: Path) -> None:
    homes = " ".join(f"XDG_{name}_HOME={tmp_path / name.lower()}" for name in ("STATE", "CONFIG", "CACHE"))
    demo = f"make -C {ROOT} demo VENV={tmp_path / 'venv'}"
    terminal.type_line(f"clear; env LC_ALL=C.UTF-8 {homes} {demo}; echo left with $?")
    terminal.sees("[simulated]", "Lamp::Db[app1]", "p plan")
    terminal.press("p")
    terminal.sees("Node run order", "db1.test")
    terminal.press("C-q")
    terminal.sees("left with 0")
