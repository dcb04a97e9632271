"""A run on a real host outlives what happens to its connection, and a power cut makes a new attempt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.transport.nodes import NodeTransport, Patience
from appo_tui.jobs.transport.prepared import NodeHello, PreparedRun
from appo_tui.jobs.transport.protocol import Interrupted, NodeRun, Outcome, Reported
from appo_tui.jobs.transport.ssh import SshShells
from tests.hosts.testbed import Bed
from tests.jobs.nodes import Script, Told

pytestmark = pytest.mark.hosts
HOSTS = ("node1",)
MANIFEST = """\
notify { 'before': }
-> exec { '/bin/sh -c "until [ -e /tmp/GATE ]; do sleep 0.1; done"': timeout => 60 }
-> notify { 'after': }
"""


class Gated(Script):
    """Prepares runs that wait on their node for a file."""

    def __init__(self, gate: str) -> None:
        super().__init__(MANIFEST.replace("GATE", gate))

    def prepare(self, certname: str, hello: NodeHello) -> PreparedRun:
        words = ("apply", "--detailed-exitcodes", "--logdest", "logstash_event", "{run}/manifests")
        return PreparedRun(None, {"site.pp": self.steps.encode()}, words)


def transport(bed: Bed, gate: str, home: Path) -> NodeTransport:
    host = bed.hosts["node1"]
    address = Address(
        host.address, host.port, "root",
        private_key=bed.places.client_key, known_hosts=bed.places.known_hosts,
    )  # fmt: skip
    return NodeTransport(
        SshShells(Inventory({"node1.test": address}), home=home), Gated(gate), patience=Patience(20.0, 60.0)
    )


def disturbed(bed: Bed, key: str, home: Path, *steps: Callable[[], object]) -> tuple[Outcome, Told]:
    """The outcome of a run with these steps in its middle; the second waits until the first is felt."""
    told = Told()

    async def whole() -> Outcome:
        nodes = transport(bed, key, home)
        running = asyncio.create_task(nodes.run(NodeRun(key, "node1.test", 1), told.log, told.waiting))
        while "before" not in told.texts:
            await told.has(len(told.lines) + 1)
        await asyncio.to_thread(steps[0])
        for step in steps[1:]:
            await told.has_waited()
            await asyncio.to_thread(step)
        return await running

    return asyncio.run(whole()), told


def once(told: Told) -> None:
    assert [text for text in told.texts if text in ("before", "after")] == ["before", "after"]


def test_a_run_outlives_its_sshd(bed: Bed, tmp_path: Path) -> None:
    def kill() -> None:
        bed.run("node1", "kill -9 $(pgrep -f '[s]shd: root@notty'); touch /tmp/ssh1")

    outcome, told = disturbed(bed, "ssh1", tmp_path, kill)
    assert isinstance(outcome, Reported)
    once(told)


def test_a_run_outlives_a_frozen_node(bed: Bed, tmp_path: Path) -> None:
    def thaw() -> None:
        bed.thaw("node1")
        bed.run("node1", "touch /tmp/ice1")

    outcome, told = disturbed(bed, "ice1", tmp_path, lambda: bed.freeze("node1"), thaw)
    assert isinstance(outcome, Reported)
    once(told)


def test_a_power_cut_interrupts_the_attempt_and_leaves_the_node_free_for_the_next(
    bed: Bed, tmp_path: Path
) -> None:
    def restart() -> None:
        bed.start("node1")

    outcome, _ = disturbed(bed, "cut1", tmp_path, lambda: bed.kill("node1"), restart)
    assert isinstance(outcome, Interrupted)
    bed.run("node1", "touch /tmp/cut1")
    told = Told()
    nodes = transport(bed, "cut1", tmp_path)
    second = asyncio.run(nodes.run(NodeRun("cut1", "node1.test", 2), told.log, told.waiting))
    assert isinstance(second, Reported)
    once(told)
