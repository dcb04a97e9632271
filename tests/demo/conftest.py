from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appo_tui.demo.places import DemoPlaces
from appo_tui.demo.presence import watch
from tests.cli.commands import SAMPLES, Program


@pytest.fixture
def appo(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture(scope="session")
def shared_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A demo whose fleet, started by the first command that needs it, stays for the whole session."""
    program = Program(tmp_path_factory.mktemp("demo"))
    with watch(DemoPlaces(program.home / "state" / "appo-tui" / "demo", SAMPLES)):
        yield program
