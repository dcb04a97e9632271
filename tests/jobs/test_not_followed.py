"""Options of ssh_config that matter and are not followed are named, with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.access.not_followed import options_not_followed
from appo_tui.jobs.transport.ssh_config import ssh_place


def told(home: Path, text: str, *certnames: str) -> list[str]:
    (home / ".ssh").mkdir(exist_ok=True)
    (home / ".ssh" / "config").write_text(text)
    inventory = Inventory({"here": Address("localhost", transport="local")})
    found = options_not_followed(inventory, certnames or ("web1",), home=home)
    return [sentence.removeprefix(f"{home}/.ssh/") for sentence in found]


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("StrictHostKeyChecking accept-new", "unknown host keys are asked about"),
        ("VerifyHostKeyDNS=yes", "host keys are looked for in known_hosts only"),
        ("RevokedHostKeys /etc/ssh/revoked", "revoked are keys that known_hosts marks"),
        ("GSSAPIAuthentication yes", "logins are by key or password"),
        ("PKCS11Provider /usr/lib/p11.so", "let an SSH agent hold the key"),
        ("ProxyUseFdpass yes", "a ProxyCommand must pass the data on itself"),
        ("PubkeyAcceptedAlgorithms ssh-ed25519", "a key is offered with all algorithms"),
    ],
)
def test_an_option_that_matters_is_named_with_its_line(tmp_path: Path, line: str, instead: str) -> None:
    (sentence,) = told(tmp_path, f"# mine\nHost *\n  {line}\n")
    assert sentence.startswith(f"config:3: {line.replace('=', ' ')} is not followed: {instead}")


@pytest.mark.parametrize(
    "line",
    [
        "ControlMaster auto", "ControlPath ~/.ssh/%C", "LogLevel QUIET", "StrictHostKeyChecking yes",
        "StrictHostKeyChecking ask", "VerifyHostKeyDNS no", "HashKnownHosts yes", "KnownHostsCommand none",
        "LocalCommand true", "PubkeyAcceptedAlgorithms +ssh-rsa", "User admin", "HostKeyAlias a",
        "GSSAPIAuthentication no", "LocalForward 1 x:2",
    ],
)  # fmt: skip
def test_an_option_that_is_followed_or_harmless_is_not(tmp_path: Path, line: str) -> None:
    assert told(tmp_path, f"{line}\n") == []


def test_only_what_is_in_force_for_the_nodes_counts_and_only_once(tmp_path: Path) -> None:
    text = "Host web*\n  BindInterface eth1\nHost db*\n  LocalCommand knock %h\n  PermitLocalCommand yes\n"
    assert told(tmp_path, text, "lb1", "here") == []
    both = told(tmp_path, text, "db1", "web1", "web2")
    assert [each.partition(" is not")[0] for each in both] == [
        "config:2: BindInterface eth1", "config:4: LocalCommand knock %h",
    ]  # fmt: skip


def test_the_file_that_an_include_leads_to_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "more").write_text("\nVerifyHostKeyDNS ask\n")
    (sentence,) = told(tmp_path, "Include more\n")
    assert sentence.startswith("more:2: VerifyHostKeyDNS ask")


def test_without_an_ssh_config_or_with_a_broken_one_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert options_not_followed(Inventory(), ("web1",), home=tmp_path) == ()
    assert told(tmp_path, "VerifyHostKeyDNS yes\nPort many\n") == []


def test_what_ssh_config_says_of_a_node_is_read_as_ssh_reads_it(tmp_path: Path) -> None:
    told(
        tmp_path,
        "Host web1\n  HostName 10.0.0.9\n  Port 2222\n  ProxyJump gate:22\n  Ciphers aes256-ctr\n"
        "Host *\n  Port 23\n  UserKnownHostsFile /a /b\n  GlobalKnownHostsFile /c\n",
    )
    place = ssh_place(Address("web1"), tmp_path)
    assert (place.known_as, place.jump, place.algorithms) == ("[10.0.0.9]:2222", "gate:22", True)
    assert place.known_hosts == (Path("/a"), Path("/b"), Path("/c"))
    assert ssh_place(Address("web1", port=22), tmp_path).known_as == "10.0.0.9"
    assert ssh_place(Address("other"), tmp_path).known_as == "[other]:23"


def test_what_distributions_set_for_everybody_is_passed_over_in_silence(
    tmp_path: Path, system_config: Path
) -> None:
    system_config.parent.mkdir(parents=True)
    usual = "GSSAPIAuthentication yes\nPubkeyAcceptedAlgorithms ssh-ed25519\n"
    system_config.write_text(usual + "VerifyHostKeyDNS yes\n")
    (sentence,) = options_not_followed(Inventory(), ("web1",), home=tmp_path)
    assert sentence.startswith(f"{system_config}:3: VerifyHostKeyDNS yes")
    assert len(told(tmp_path, usual)) == 3
