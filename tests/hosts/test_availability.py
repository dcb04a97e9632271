"""Service resources are tested from the consuming node, over HTTP and by their own provider.

The consumers have Puppet 5.5 and 8; test_puppets_and_openvox has a provider on 7 and on OpenVox.
"""

from __future__ import annotations

import pytest

from tests.hosts.controller import Controller
from tests.hosts.environment_user import user_of
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("old@bullseye", "mid", "new@trixie")
WEB = """\
require 'socket'
server = TCPServer.new('0.0.0.0', 8088)
loop do
  client = server.accept
  code = client.gets.include?('/health ') ? File.read('/run/code').strip : '404'
  client.write("HTTP/1.1 #{code} Said\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
  client.close
end
"""


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    bed.run("mid", f"echo 503 >/run/code; cat >/run/web.rb <<'END'\n{WEB}END")
    bed.run("mid", "setsid ruby /run/web.rb </dev/null >/dev/null 2>&1 &")
    return user_of(bed, tmp_path_factory.mktemp("home"), "tested")


def told(user: Controller) -> dict[str, tuple[str, str]]:
    """The state of each node of a new job, and what was said of it."""
    user.run("job", "run", "--all")
    nodes = user.nodes_of(user.latest_job())
    return {name: (node["state"], node["details"].get("message", "")) for name, node in nodes.items()}


def test_a_page_with_another_status_fails_its_consumers_on_old_and_new_puppets(user: Controller) -> None:
    nodes = told(user)
    assert nodes["mid.test"][0] == "finished"
    said = "Page[p-one] at mid.test port 8088 did not answer from here within 2 s: status 503"
    assert nodes["old.test"] == nodes["new.test"] == ("failed", said)


def test_a_types_own_provider_fails_the_consumer_on_whose_node_it_finds_nothing(
    bed: Bed, user: Controller
) -> None:
    bed.run("mid", "echo 204 >/run/code")
    bed.run("old", "touch /run/gate")
    nodes = told(user)
    assert nodes["old.test"][0] == "finished"
    state, said = nodes["new.test"]
    assert state == "failed"
    assert "/run/gate is not there" in said
    log = user.run("job", "log", user.latest_job(), "--node", "new.test").stdout
    assert "Page[p-one] at mid.test port 8088 answers" in log
    assert "Gate[g-one]" in log
    assert "Notify[used /run/gate]: Skipping because of failed dependencies" in log


def test_on_the_newest_puppet_it_lets_the_consumer_through(bed: Bed, user: Controller) -> None:
    bed.run("new", "touch /run/gate")
    assert {state for state, _ in told(user).values()} == {"finished"}
