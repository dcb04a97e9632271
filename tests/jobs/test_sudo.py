from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.transport.nodes import NodeTransport, Patience
from appo_tui.jobs.transport.protocol import Errored, NodeRun, Outcome, Reported
from appo_tui.jobs.transport.sudo import RunAs
from tests.jobs.nodes import Homes, Script, Told, new_home

SUDO = """\
#!/bin/sh
# Stands in for sudo: asks for the password in $HOME/password, if there is such a file.
quiet=no; asks=no
while [ $# -gt 0 ]; do
    case $1 in
        -n) quiet=yes ;;
        -S) asks=yes ;;
        -u | -p) shift ;;
        -k | -H) ;;
        --) shift; break ;;
        *) break ;;
    esac
    shift
done
if [ -f "$HOME/password" ]; then
    [ $quiet = yes ] && { echo 'sudo: a password is required' >&2; exit 1; }
    read -r given
    [ "$given" = "$(cat "$HOME/password")" ] || { echo 'sudo: 1 incorrect password attempt' >&2; exit 1; }
fi
exec "$@"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = new_home(tmp_path)
    (made / "bin" / "sudo").write_text(SUDO)
    (made / "bin" / "sudo").chmod(0o755)
    return made


def ran(home: Path, password: str | None) -> tuple[Outcome, Told]:
    told = Told()
    user = RunAs(user="root", password=password)
    nodes = NodeTransport(Homes(home), Script("say one"), user, Patience(1.0, 1.0))
    return asyncio.run(nodes.run(NodeRun("k", "web1", 1), told.log, told.waiting)), told


@pytest.mark.parametrize(("wanted", "given"), [(None, None), (None, "hunter22"), ("hunter22", "hunter22")])
def test_a_run_as_another_user_works_whether_or_not_sudo_asks(
    home: Path, wanted: str | None, given: str | None
) -> None:
    if wanted:
        (home / "password").write_text(wanted)
    outcome, told = ran(home, given)
    assert isinstance(outcome, Reported)
    assert told.texts == ["one"]


@pytest.mark.parametrize("given", [None, "wrong"])
def test_a_sudo_that_refuses_says_what_to_do(home: Path, given: str | None) -> None:
    (home / "password").write_text("hunter22")
    outcome, _ = ran(home, given)
    assert isinstance(outcome, Errored)
    assert "sudo on web1 does not let the login user become root" in outcome.message
    assert "NOPASSWD" in outcome.message


def test_a_password_that_sudo_did_not_ask_for_is_nowhere_on_the_node(home: Path) -> None:
    ran(home, "hunter22")
    assert not [file for file in home.rglob("*") if file.is_file() and b"hunter22" in file.read_bytes()]


def test_the_inventorys_user_of_a_node_comes_before_the_jobs(home: Path) -> None:
    inventory = Inventory({"web1": Address("web1", run_as="deploy", sudo_password="hunter22")})
    user = RunAs(inventory, "root", "another")
    assert (user.user_on("web1"), user.user_on("web2")) == ("deploy", "root")
    command, first = user.line("web1", "true")
    assert "-u deploy" in command
    assert first == b"hunter22\n"
    assert "hunter22" not in repr((user, command))


def test_a_nodes_tmpdir_holds_what_is_ours_there(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "it's a place"
    place.mkdir()
    user = RunAs(Inventory({"web1": Address("web1", tmpdir=str(place))}))
    told = Told()
    nodes = NodeTransport(Homes(home), Script("say one"), user, Patience(1.0, 1.0))
    asyncio.run(nodes.run(NodeRun("k", "web1", 1), told.log, told.waiting))
    assert told.texts == ["one"]
    assert [each.name for each in place.iterdir()] == [f"appo-tui-{os.getuid()}"]
    assert not (home / ".appo-tui").exists()
