"""Which processes of a node are taken for a run's, and what is left where one ends before its time."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
from pathlib import Path

import pytest

from appo_tui.jobs.node import run_name
from appo_tui.jobs.transport.prepared import Bundle
from appo_tui.jobs.transport.protocol import Errored, Interrupted, NodeRun, Reported
from tests.jobs.nodes import Homes, Script, Told, alive, new_home, run_once, transport

NAME = run_name("k0", "web1.test", 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return new_home(tmp_path)


def pid_in(home: Path, file: str) -> int:
    return int((home / ".appo-tui" / "runs" / NAME / file).read_text().split()[0])


def called(home: Path, arguments: str) -> int:
    """The exit code of a verb of the node's script."""

    async def whole() -> int:
        shell = await Homes(home).open("web1.test")
        return (await transport(home, Script()).call(shell, "web1.test", arguments)).code

    return asyncio.run(whole())


def test_a_stop_after_a_reboot_ends_no_process_that_has_the_number_now(home: Path) -> None:
    run_once(home, Script("say x"))
    run = home / ".appo-tui" / "runs" / NAME
    (run / "exit").unlink()
    with subprocess.Popen(["sleep", "600"]) as another:
        (run / "puppet.pid").write_text(f"{another.pid} 1\n")
        assert called(home, f"stop {NAME}") == 0
        assert alive(another.pid)
        another.kill()


def test_a_puppet_that_outlives_its_shell_is_followed_and_met_by_no_other(home: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"

    async def whole() -> tuple[Told, object, Told, object]:
        first, second = Told(), Told()
        nodes = transport(home, Script(f"say one\nwait {gate}\nsay two"))
        running = asyncio.create_task(nodes.run(NodeRun("k0", "web1.test", 1), first.log, first.waiting))
        await first.has(1)
        os.kill(pid_in(home, "pid"), signal.SIGKILL)
        other = transport(home, Script("say three"))
        later = asyncio.create_task(other.run(NodeRun("k0", "web1.test", 2), second.log, second.waiting))
        await second.has(1)
        gate.touch()
        return first, await running, second, await later

    first, outcome, second, later = asyncio.run(whole())
    assert isinstance(outcome, Interrupted)
    assert first.texts == ["one", "two"]
    assert isinstance(later, Reported)
    assert second.texts == [f"waits for another run on this node: {NAME}", "three"]


def test_a_run_that_was_cut_off_leaves_no_manifest(home: Path, tmp_path: Path) -> None:
    async def whole() -> object:
        told = Told()
        nodes = transport(home, Script("say one\nwait /never"))
        running = asyncio.create_task(nodes.run(NodeRun("k0", "web1.test", 1), told.log, told.waiting))
        await told.has(1)
        for file in ("pid", "puppet.pid"):
            os.kill(pid_in(home, file), signal.SIGKILL)
        return await running

    assert isinstance(asyncio.run(whole()), Interrupted)
    assert not list(home.glob(".appo-tui/runs/*/manifests"))
    assert not list(home.glob(".appo-tui/runs/*/command"))


def test_a_directory_that_another_user_made_in_time_is_refused(home: Path) -> None:
    if os.geteuid():
        pytest.skip("giving a directory away needs root")
    state = home / ".appo-tui"
    state.mkdir(mode=0o777)
    os.chown(state, 12345, 12345)
    outcome, _ = run_once(home, Script("say never"))
    assert isinstance(outcome, Errored)
    assert f"{state} belongs to another user: remove it." in outcome.message
    assert list(state.iterdir()) == []


def test_a_link_of_another_user_is_refused_too(home: Path, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("giving a link away needs root")
    (tmp_path / "ours").mkdir()
    state = home / ".appo-tui"
    state.symlink_to(tmp_path / "ours")
    os.lchown(state, 12345, 12345)
    outcome, _ = run_once(home, Script("say never"))
    assert isinstance(outcome, Errored)
    assert "belongs to another user" in outcome.message


def test_a_file_that_a_power_cut_left_empty_is_sent_again(home: Path) -> None:
    def bundle(name: str) -> Bundle:
        return Bundle({name: b"one"}, {name: hashlib.sha256(b"one").hexdigest()})

    run_once(home, Script("say x", bundle("a")))
    (file,) = (home / ".appo-tui" / "files").iterdir()
    file.write_bytes(b"")
    second = bundle("b")
    run_once(home, Script("say x", second), attempt=2)
    assert (home / ".appo-tui" / "bundles" / second.digest / "b").read_bytes() == b"one"


def test_a_report_that_is_too_long_to_read_costs_only_itself(home: Path, tmp_path: Path) -> None:
    with (tmp_path / "report").open("wb") as file:
        file.truncate(32 * 1024 * 1024 + 1)
    outcome, _ = run_once(home, Script(f"say one\nreport {tmp_path / 'report'}\nexit 2"))
    assert isinstance(outcome, Reported)
    assert (outcome.failed, outcome.message) == (False, "Puppet left no report")
