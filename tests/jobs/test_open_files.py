"""A process lets itself open what many nodes need."""

from __future__ import annotations

import resource

import pytest

from appo_tui.jobs.transport.open_files import room_for_nodes


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The limits that were set, the last of them in force; at first 1,024 of 4,096."""
    in_force = [(1024, 4096)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: in_force[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, limit: in_force.append(limit))
    return in_force


def test_few_nodes_change_no_limit(limits: list[tuple[int, int]]) -> None:
    assert room_for_nodes(500) == 500
    assert len(limits) == 1


def test_many_nodes_raise_the_limit_as_far_as_they_need(limits: list[tuple[int, int]]) -> None:
    assert room_for_nodes(2000) == 2000
    assert 2000 < limits[-1][0] < 4096


def test_more_nodes_than_there_may_be_files_get_what_there_is(limits: list[tuple[int, int]]) -> None:
    assert 3000 < room_for_nodes(5000) < 4096
    assert limits[-1] == (4096, 4096)


def test_a_process_without_a_limit_has_room_for_all(limits: list[tuple[int, int]]) -> None:
    limits.append((resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert room_for_nodes(100_000) == 100_000
