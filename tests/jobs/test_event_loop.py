from __future__ import annotations

import asyncio
import gc

import pytest

from appo_tui.jobs import event_loop
from appo_tui.jobs.event_loop import run_many_connections


async def loop_and_child() -> tuple[str, bytes]:
    process = await asyncio.create_subprocess_exec("echo", "child", stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    return type(asyncio.get_running_loop()).__module__, output


def test_uvloop_is_used_where_it_is_installed() -> None:
    pytest.importorskip("uvloop")
    assert run_many_connections(loop_and_child()) == ("uvloop", b"child\n")


def test_without_it_asyncios_own_loop_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_loop, "find_spec", lambda name: None)
    module, output = run_many_connections(loop_and_child())
    assert module.startswith("asyncio")
    assert output == b"child\n"


def test_what_was_set_for_it_is_as_before() -> None:
    before = gc.get_threshold()
    assert run_many_connections(threshold()) != before
    assert gc.get_threshold() == before


async def threshold() -> tuple[int, int, int]:
    return gc.get_threshold()
