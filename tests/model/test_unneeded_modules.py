"""Modules that can't be parsed and that nothing needs."""

from __future__ import annotations

from pathlib import Path

from appo_tui.environment import NO_FACTS, read_environment
from appo_tui.model import manifest_cache, read_model, unneeded_module_notes
from appo_tui.model.diagnostics import Diagnostic, Severity


def notes_of(root: Path, site: str) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The model's own diagnostics, and the notes."""
    for module, text in (("good", "class good { }"), ("broken", "class broken {\n  $a = )\n}\n")):
        (root / "modules" / module / "manifests").mkdir(parents=True)
        (root / "modules" / module / "manifests" / "init.pp").write_text(text)
    (root / "manifests").mkdir()
    (root / "manifests" / "site.pp").write_text(site)
    environment, cache = read_environment(root), manifest_cache()
    model = read_model(environment, NO_FACTS, cache=cache)
    return list(model.diagnostics), list(unneeded_module_notes(environment, model, cache))


def test_a_broken_module_that_nothing_needs_is_a_note_with_its_place(tmp_path: Path) -> None:
    own, notes = notes_of(tmp_path, "site { }\n")
    assert [item.code for item in own if item.severity is Severity.ERROR] == []
    assert [(item.severity, item.code) for item in notes] == [(Severity.NOTE, "unneeded-module")]
    place = notes[0].place
    assert place is not None
    assert (Path(place.file).parts[-3:], place.line) == (("broken", "manifests", "init.pp"), 2)
    assert notes[0].message.startswith("The module broken can't be parsed: ")


def test_a_broken_module_that_is_needed_is_told_once(tmp_path: Path) -> None:
    own, notes = notes_of(tmp_path, "include broken\nsite { }\n")
    assert "syntax" in {item.code for item in own}
    assert notes == []
