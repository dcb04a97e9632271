"""`appo demo`: the TUI, or any command, on the samples with simulated nodes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser, nearest
from appo_tui.cli.faults import CommandError

if TYPE_CHECKING:
    from appo_tui.demo.places import DemoPlaces

_NEED_NODES = ("facts", "job run", "job retry", "job resume", "job attach")

HELP = """\
usage: appo demo [COMMAND ...]

Opens the terminal UI, or runs any command of appo, on sample modules. The nodes are SSH servers on this
machine's loopback that the demo starts by itself; they simulate Puppet from what they are sent, and
change nothing outside the demo's own directory, {state}.

  appo demo                          the terminal UI
  appo demo app show                 what the samples declare
  appo demo job run -a 'Lamp[app1]'  a job on simulated nodes
  appo demo job list                 the demo's own history

Of the demo itself:
  appo demo fail NODE [REASON]       make the node's runs fail
  appo demo mend NODE                make them succeed again
  appo demo reset                    forget what was applied to the nodes
"""


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command for the program's help; its words are read by ``run_demo``."""
    family.set_defaults(run=lambda _call: 0)


def run_demo(words: list[str], run: Callable[[list[str]], int]) -> int:
    """Carries out what stands after ``demo``; ``run`` carries out an ordinary command line on the samples."""
    from appo_tui.demo.places import demo_places

    places = demo_places()
    commands = [word for word in words if not word.startswith("-")]
    if not commands and any(word in ("-h", "--help") for word in words):
        sys.stdout.write(HELP.format(state=places.state))
        return 0
    if any(word in ("-e", "--environment", "--inventory", "--store") for word in words):
        raise CommandError(
            "the demo has its own environment, inventory and store", hint="leave the option out"
        )
    if commands[:1] in (["fail"], ["mend"], ["reset"]):
        return _switch(commands)
    with _fleet(places, needed=" ".join(commands[:2]).startswith(_NEED_NODES), screen=not commands):
        return run(words)


@contextmanager
def _fleet(places: DemoPlaces, *, needed: bool, screen: bool) -> Iterator[None]:
    """Keeps the fleet up while this process needs it.

    A command that needs its nodes waits until they answer; the TUI is shown meanwhile.
    """
    from appo_tui.demo.presence import FleetError, ensure_fleet, watch

    with watch(places):
        if screen:
            Thread(target=_start_quietly, args=(places,), daemon=True).start()
        elif needed:
            try:
                ensure_fleet(places)
            except FleetError as error:
                raise CommandError(str(error), hint=f"see {places.log}") from error
        yield


def _start_quietly(places: DemoPlaces) -> None:
    """Starts the fleet behind the TUI; if it does not come up, the first job says that no node answers."""
    from appo_tui.demo.presence import FleetError, ensure_fleet

    with suppress(FleetError):
        ensure_fleet(places)


def _switch(words: list[str]) -> int:
    """Switches a node's failure on or off, or resets the nodes."""
    from appo_tui.demo.node_state import NodeState
    from appo_tui.demo.places import demo_places

    places = demo_places()
    nodes = sorted(each.name for each in places.nodes.iterdir()) if places.nodes.is_dir() else []
    if words[0] == "reset":
        for node in nodes:
            NodeState(places.node(node)).forget()
        sys.stdout.write("The nodes are as new.\n")
        return 0
    if len(words) < 2:
        raise CommandError(f"demo {words[0]} needs a NODE", hint=f"nodes are: {', '.join(nodes)}")
    node = words[1]
    if node not in nodes:
        known = nearest(node, nodes) or (f"nodes are: {', '.join(nodes)}" if nodes else "start a demo first")
        raise CommandError(f"the demo has no node {node!r}", hint=known)
    state = NodeState(places.node(node))
    if words[0] == "mend":
        state.mend()
        sys.stdout.write(f"Runs on {node} succeed again.\n")
        return 0
    reason = " ".join(words[2:]) or f"a simulated failure, switched on by `appo demo fail {node}`"
    state.fail(reason)
    sys.stdout.write(f"Runs on {node} fail until `appo demo mend {node}`.\n")
    return 0
