"""Nodes: what is known of them, and what they are asked."""

from __future__ import annotations

from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven

WIDE = (160, 48)


async def test_a_nodes_puppet_and_last_run_are_told(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("5")
        await it.sees("Puppet 7.23.0")
        await it.sees("job 1")


async def test_a_node_that_does_not_answer_says_why(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=WIDE) as it:
        await it.press("5")
        await it.sees("Puppet 7.23.0")
        await it.press("x")
        await it.sees("not usable")
        await it.sees("it does not answer")


async def test_facts_are_collected_from_the_marked_nodes(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("5")
        await it.sees("db1.example.com")
        await it.press("space", "space", "c")
        await it.sees("Facts of 2 nodes collected.")
    assert len(workspace.collected) == 1
    assert len(workspace.collected[0]) == 2
