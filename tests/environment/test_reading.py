"""Finding what an environment's directory holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment import EnvironmentReadError, find_environment, read_environment, read_facts_file


def _environment(root: Path) -> Path:
    (root / "manifests").mkdir()
    (root / "modules" / "lamp" / "manifests" / "db").mkdir(parents=True)
    (root / "manifests" / "site.pp").write_text("site { }\n")
    for name in ("init.pp", "db.pp", "db/user.pp"):
        (root / "modules" / "lamp" / "manifests" / name).write_text("")
    return root


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentReadError, match="no such directory"):
        read_environment(tmp_path / "nope")


def test_init_pp_is_read_first_and_then_the_most_specific_file_of_a_name(tmp_path: Path) -> None:
    environment = read_environment(_environment(tmp_path))
    names = [file.name for file in environment.files_defining("lamp::db::user")]
    assert names == ["init.pp", "user.pp", "db.pp"]


def test_environment_conf_moves_modules_and_manifest(tmp_path: Path) -> None:
    (tmp_path / "environment.conf").write_text("modulepath = .\nmanifest = site.pp\n")
    (tmp_path / "site.pp").write_text("")
    (tmp_path / "lamp").mkdir()
    environment = read_environment(tmp_path)
    assert list(environment.modules) == ["lamp"]
    assert environment.manifests == (tmp_path / "site.pp",)


def test_the_nearest_environment_upward_is_found(tmp_path: Path) -> None:
    root = _environment(tmp_path)
    assert find_environment(root / "modules" / "lamp") == root


def test_a_modules_definitions_are_named_after_its_files(tmp_path: Path) -> None:
    environment = read_environment(_environment(tmp_path))
    manifests = environment.modules["lamp"].manifests
    assert environment.namespace_of(manifests / "db" / "user.pp") == "lamp::db::user"
    assert environment.namespace_of(manifests / "init.pp") == "lamp"
    assert environment.namespace_of(tmp_path / "manifests" / "site.pp") is None


def test_facts_that_are_given_are_complete_and_the_derived_ones_are_always_there(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("web1.test: {os: {name: Debian}, dns: [a, b]}\nweb2.test:\n")
    facts = read_facts_file(file)
    assert facts.of("web1.test")["dns"] == ("a", "b")
    assert facts.of("web2.test")["hostname"] == "web2"
    assert facts.known("web2.test")
    assert not facts.known("web3.test")


def test_a_facts_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("- a\n")
    with pytest.raises(EnvironmentReadError, match="maps certnames"):
        read_facts_file(file)
