from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Program


@pytest.fixture
def appo(tmp_path: Path) -> Program:
    return Program(tmp_path)
