"""Environments by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.naming import environments_beside
from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, environments, open_session, with_environment


@pytest.fixture
def code(tmp_path: Path) -> Path:
    for name in ("production", "staging", "not-a-name", ".git"):
        (tmp_path / "environments" / name).mkdir(parents=True)
    (tmp_path / "environments" / "a_file").touch()
    return tmp_path / "environments"


def test_those_beside_one_are_there_if_it_stands_where_puppet_looks(code: Path) -> None:
    assert list(environments_beside(code / "staging", [])) == ["production", "staging"]


def test_one_that_stands_elsewhere_has_none_beside_it(tmp_path: Path, code: Path) -> None:
    (tmp_path / "other").mkdir()
    assert environments_beside(tmp_path / "other", []) == {"production": tmp_path / "other"}
    assert list(environments_beside(tmp_path / "other", [code])) == ["production", "staging"]


def test_the_first_directory_of_a_path_has_the_name(tmp_path: Path, code: Path) -> None:
    (tmp_path / "mine" / "staging").mkdir(parents=True)
    found = environments_beside(code / "production", [tmp_path / "mine", code])
    assert found["staging"].parent.name == "mine"


def test_a_path_that_is_not_there_has_none(tmp_path: Path, code: Path) -> None:
    assert list(environments_beside(code / "staging", [tmp_path / "nowhere"])) == ["production", "staging"]


def test_a_session_goes_to_another_and_keeps_what_it_was_given(code: Path) -> None:
    options = GlobalOptions(str(code / "production"), read_only=True, store="sqlite:///x")
    session = open_session(options, Settings())
    assert list(environments(session)) == ["production", "staging"]
    other = with_environment(session, "staging")
    assert (other.root, other.environment, other.read_only) == (code / "staging", "staging", True)
    assert other.store_url == "sqlite:///x"
    assert other.selector == str(code / "staging")
    assert with_environment(other, "production").root == code / "production"


def test_one_of_the_environmentpath_is_selected_by_its_name(code: Path) -> None:
    session = open_session(GlobalOptions("production", str(code)), Settings())
    assert with_environment(session, "staging").selector == "staging"


def test_one_that_is_not_there_is_answered_with_those_that_are(code: Path) -> None:
    session = open_session(GlobalOptions(str(code / "production")), Settings())
    with pytest.raises(EnvironmentReadError, match="'stagin'") as refused:
        with_environment(session, "stagin")
    assert refused.value.hint == "did you mean 'staging'?"
    with pytest.raises(EnvironmentReadError) as refused:
        with_environment(session, "/etc")
    assert refused.value.hint == "there are: production, staging"
