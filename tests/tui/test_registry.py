"""The registry of actions: what bindings, help, palette and docs are made from."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from appo_tui.tui.actions import ACTIONS, Action
from appo_tui.tui.keys import key_names
from appo_tui.tui.screens.paned import PanedScreen
from scripts.keys import PAGE, page

WIDGETS = {
    "list": "row_list.RowList",
    "tree": "outline.Outline",
    "table": "table.Table",
    "log": "log_view.LogView",
    "canvas": "canvas.Canvas",
    "source": "source_view.SourceView",
}
SCREENS = {
    "applications": "applications.ApplicationsScreen",
    "plan": "plan.PlanScreen",
    "job": "job.JobScreen",
    "history": "history.HistoryScreen",
    "nodes": "nodes.NodesScreen",
    "replay": "replay.ReplayScreen",
}


def owner(action: Action) -> type:
    kind, places = ("widgets", WIDGETS) if action.where in WIDGETS else ("screens", SCREENS)
    if action.where in ("everywhere", "panes") or action.call.startswith("screen."):
        return PanedScreen
    module, _, name = places[action.where].partition(".")
    found: type = getattr(import_module(f"appo_tui.tui.{kind}.{module}"), name)
    return found


def test_ids_are_unique() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_method_where_it_is_bound(action: Action) -> None:
    if action.call == "screen.edit":
        pytest.importorskip("textual")
        assert hasattr(import_module("appo_tui.tui.screens.applications").ApplicationsScreen, "action_edit")
        return
    assert hasattr(owner(action), f"action_{action.verb}"), action.id


def test_no_key_has_two_meanings_in_one_place() -> None:
    for where in {action.where for action in ACTIONS}:
        keys = [key for action in ACTIONS if action.where == where for key in action.keys.split(",")]
        assert len(keys) == len(set(keys)), where


def test_a_command_means_one_thing() -> None:
    meant: dict[str, set[str]] = {}
    for action in ACTIONS:
        if action.command:
            meant.setdefault(action.command, set()).add(action.verb)
    assert {command for command, verbs in meant.items() if len(verbs) > 1} == set()


def test_keys_are_written_as_on_a_keyboard() -> None:
    assert key_names("question_mark,f1") == "?, f1"
    assert key_names("ctrl+r") == "ctrl+r"
    assert key_names("plus") == "+"


def test_the_page_of_keys_is_up_to_date() -> None:
    assert Path(PAGE).read_text(encoding="utf-8") == page(), "run: make docs"
