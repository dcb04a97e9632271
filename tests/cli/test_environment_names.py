"""How an environment is called that was given or found as a directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, Session, open_session


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    root = tmp_path / "environments" / "staging"
    root.mkdir(parents=True)
    (root / "environment.conf").touch()
    return root


def opened(environment: str | None, environmentpath: Path | None = None) -> Session:
    options = GlobalOptions(environment, str(environmentpath) if environmentpath else None)
    return open_session(options, Settings())


def test_one_below_a_directory_called_environments_has_its_own_name(staging: Path) -> None:
    assert opened(str(staging)).environment == "staging"


def test_so_has_one_found_upward_and_one_given_with_dots(
    staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (staging / "modules").mkdir()
    monkeypatch.chdir(staging / "modules")
    assert opened(None).environment == "staging"
    assert opened("../../staging").environment == "staging"
    assert opened("../../staging").root == staging


def test_so_has_one_below_a_directory_of_the_environmentpath(tmp_path: Path) -> None:
    (tmp_path / "code" / "testing").mkdir(parents=True)
    assert opened(str(tmp_path / "code" / "testing"), tmp_path / "code").environment == "testing"


def test_one_elsewhere_is_called_production_as_puppet_does(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert opened(str(tmp_path / "mine")).environment == "production"
