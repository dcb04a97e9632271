"""What the workspace keeps of one reading for the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, open_session
from appo_tui.tui.workspaces.session_workspace import SessionWorkspace
from puppet_grammar import TreeCache


def test_reading_again_looks_only_at_the_files_that_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifests = tmp_path / "manifests"
    manifests.mkdir()
    for name in ("one", "two"):
        (manifests / f"{name}.pp").write_text(f"define {name}() {{ }}\n")
    parsed: list[str] = []
    parse = TreeCache.parse

    def noted(trees: TreeCache, text: str, file: str = "") -> object:
        parsed.append(Path(file).name)
        return parse(trees, text, file)

    monkeypatch.setattr(TreeCache, "parse", noted)
    session = open_session(GlobalOptions(environment=str(tmp_path)), Settings(), {})
    workspace = SessionWorkspace(session)
    workspace.read_model()
    assert sorted(parsed) == ["one.pp", "two.pp"]
    parsed.clear()
    (manifests / "two.pp").write_text("define two() { }\nsite { }\n")
    workspace.read_model()
    assert parsed == ["two.pp"]
