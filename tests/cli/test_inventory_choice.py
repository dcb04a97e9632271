"""Which inventory a session takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, open_session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "environment").mkdir()
    return tmp_path / "environment"


def test_the_settings_inventory_is_for_environments_without_one(root: Path, tmp_path: Path) -> None:
    settings = Settings(inventory=str(tmp_path / "usual.yaml"))
    options = GlobalOptions(str(root))
    assert open_session(options, settings).inventory_file == tmp_path / "usual.yaml"
    (root / "inventory.yaml").write_text("version: 2\n")
    assert open_session(options, settings).inventory_file is None


def test_the_given_inventory_comes_before_all_others(root: Path, tmp_path: Path) -> None:
    (root / "inventory.yaml").write_text("version: 2\n")
    options = replace(GlobalOptions(str(root)), inventory=tmp_path / "given.yaml")
    assert open_session(options, Settings()).inventory_file == tmp_path / "given.yaml"
