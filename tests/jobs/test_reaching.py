"""Connections tried from the TUI's nodes screen: which Puppet each node has, or why it has none."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from appo_tui.environment.inventory import Address, Inventory, read_inventory
from appo_tui.jobs.access.reaching import Reached, try_connections
from tests.jobs.nodes import new_home
from tests.jobs.ssh_server import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(new_home(tmp_path), tmp_path) as running:
        yield running


def inventory(server: Server, tmp_path: Path, *certnames: str) -> Inventory:
    file = tmp_path / "inventory.yaml"
    file.write_text(server.inventory(*certnames))
    return read_inventory(file)


def test_each_node_tells_its_puppets_version_in_the_order_asked(server: Server, tmp_path: Path) -> None:
    names = tuple(f"n{number}.test" for number in range(60))
    found = try_connections(inventory(server, tmp_path, *names), names)
    assert found == tuple(Reached(name, puppet="7.23.0") for name in names)


def test_a_node_without_puppet_is_told_from_one_that_is_not_reached(server: Server, tmp_path: Path) -> None:
    (server.home / "bin" / "puppet").write_text("#!/bin/sh\nexit 127\n")
    addresses = inventory(server, tmp_path, "bare.test").addresses
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # nobody else gets the port, and nobody listens
        both = Inventory({**addresses, "gone.test": Address("127.0.0.1", silent.getsockname()[1], "u")})
        bare, gone = try_connections(both, ("bare.test", "gone.test"))
    assert bare == Reached("bare.test", fault="it is reached, but has no puppet that its user can run")
    assert (gone.puppet, "refuses connections" in gone.fault) == ("", True)
