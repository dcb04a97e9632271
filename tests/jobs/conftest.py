"""What the tests of jobs share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def system_config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the system's ssh_config would be: this machine's own is not read."""
    file = tmp_path / "etc" / "ssh" / "ssh_config"
    monkeypatch.setattr("appo_tui.jobs.transport.ssh_config.SYSTEM_CONFIG", file)
    return file
