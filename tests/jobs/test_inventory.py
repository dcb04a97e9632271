from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment import EnvironmentReadError
from appo_tui.environment.inventory import Address, find_inventory, read_inventory
from appo_tui.jobs.access.not_followed import options_not_followed

INVENTORY = """\
version: 2
config:
  ssh: {user: admin, connect-timeout: 5}
targets:
  - plain.example
  - ssh://carol@uri.example:2222
groups:
  - name: web
    config:
      ssh: {private-key: keys/web, run-as: root}
    targets:
      - name: web1
        uri: 10.0.0.1
        config:
          ssh: {user: special, host-key-check: false}
    groups:
      - name: inner
        config:
          ssh: {port: 2200, known-hosts: known, proxyjump: gate.example}
        targets: [inner1]
  - name: here
    targets: [{name: me, uri: 'local://localhost'}]
"""


def read(tmp_path: Path, text: str) -> dict[str, Address]:
    file = tmp_path / "inventory.yaml"
    file.write_text(text)
    return dict(read_inventory(file).addresses)


def test_targets_are_names_uris_and_maps(tmp_path: Path) -> None:
    addresses = read(tmp_path, INVENTORY)
    assert list(addresses) == ["plain.example", "uri.example", "web1", "inner1", "me"]
    assert (addresses["uri.example"].port, addresses["uri.example"].user) == (2222, "carol")
    assert addresses["me"].transport == "local"


def test_a_target_has_its_groups_configuration_below_its_own(tmp_path: Path) -> None:
    web = read(tmp_path, INVENTORY)["web1"]
    assert web == Address(
        host="10.0.0.1", user="special", private_key=tmp_path / "keys/web", host_key_check=False,
        connect_timeout=5.0, run_as="root",
    )  # fmt: skip


def test_an_inner_group_inherits_from_the_outer_ones(tmp_path: Path) -> None:
    inner = read(tmp_path, INVENTORY)["inner1"]
    assert inner == Address(
        host="inner1", port=2200, user="admin", private_key=tmp_path / "keys/web",
        known_hosts=tmp_path / "known", proxy_jump="gate.example", connect_timeout=5.0, run_as="root",
    )  # fmt: skip


def test_a_node_that_is_not_in_the_inventory_is_reached_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "inventory.yaml"
    file.write_text("targets: []\n")
    assert read_inventory(file).address("db1.example") == Address("db1.example")
    assert read_inventory(None).address("db1.example") == Address("db1.example")


def test_a_password_is_not_in_an_addresss_representation(tmp_path: Path) -> None:
    addresses = read(tmp_path, "targets: ['ssh://u:hunter22@h']\n")
    assert addresses["h"].password == "hunter22"
    assert "hunter22" not in repr(addresses["h"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\n", "version is 1"),
        ("- a\n", "is a map with targets or groups"),
        ("targets: {a: b}\n", "`targets` is a list"),
        ("targets: [[1]]\n", "A target is a name"),
        ("targets: [{name: a, config: {ssh: {port: x}}}]\n", "is not a number"),
        ("targets: [\n", "is not YAML"),
    ],
)
def test_what_is_no_inventory_is_refused_by_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(EnvironmentReadError, match=message) as caught:
        read(tmp_path, text)
    assert caught.value.place is not None
    assert caught.value.place.file == str(tmp_path / "inventory.yaml")


def test_the_environments_own_file_is_used_unless_one_is_given(tmp_path: Path) -> None:
    assert find_inventory(tmp_path) is None
    (tmp_path / "inventory.yaml").write_text("")
    assert find_inventory(tmp_path) == tmp_path / "inventory.yaml"
    assert find_inventory(tmp_path, Path("/x")) == Path("/x")


def test_a_target_is_found_by_its_aliases_wherever_they_stand(tmp_path: Path) -> None:
    addresses = read(
        tmp_path,
        "groups:\n"
        "  - {name: web, targets: [front], config: {ssh: {user: web}}}\n"
        "  - {name: all, targets: [{uri: 'ssh://10.0.0.7:2222', name: web1, alias: [front, w1]}]}\n",
    )
    assert addresses["front"] == addresses["w1"] == addresses["web1"] == Address("10.0.0.7", 2222, "web")


def test_of_several_groups_the_deepest_and_then_the_first_counts(tmp_path: Path) -> None:
    addresses = read(
        tmp_path,
        "targets: [{name: a, uri: '10.0.0.1:23'}]\n"
        "groups:\n"
        "  - {name: one, targets: [a], config: {ssh: {user: one, run-as: one, port: 9}}}\n"
        "  - {name: two, targets: [a], config: {ssh: {user: two, password: two, run-as: two}},\n"
        "     groups: [{name: deep, targets: [a], config: {ssh: {run-as: deep}}}]}\n",
    )
    a = addresses["a"]
    assert (a.host, a.port, a.user, a.password, a.run_as) == ("10.0.0.1", 23, "two", "two", "deep")


@pytest.mark.parametrize(
    "text",
    [
        "targets: {_plugin: puppetdb, query: x}\n",
        "targets: [{_plugin: terraform, dir: x}]\n",
        "config: {ssh: {password: {_plugin: prompt, message: x}}}\n",
        "groups: [{name: a, groups: [{_plugin: yaml, filepath: x}]}]\n",
    ],
)
def test_what_a_plugin_would_compute_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(EnvironmentReadError, match=r"Bolt's plugin \w+ compute") as caught:
        read(tmp_path, text)
    assert "not run here" in caught.value.hint


def test_a_key_that_stands_in_the_inventory_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentReadError, match="private-key of a is no path"):
        read(tmp_path, "targets: [{name: a, config: {ssh: {private-key: {key-data: x}}}}]\n")


def test_options_that_matter_and_are_not_followed_are_known(tmp_path: Path) -> None:
    text = "targets: [{name: a, config: {ssh: {run-as-command: [doas], tmpdir: /var/tmp, tty: true}}}]\n"
    a = read(tmp_path, text)["a"]
    assert (a.not_followed, a.tmpdir) == (("run-as-command",), "/var/tmp")
    inventory = read_inventory(tmp_path / "inventory.yaml")
    said = options_not_followed(inventory, ["a"], home=tmp_path)
    assert said == (f"{tmp_path}/inventory.yaml: config.ssh.run-as-command is not followed.",)
