"""ssh_config is followed as asyncssh follows it, from lines that are split once."""

from __future__ import annotations

from pathlib import Path

import asyncssh
import pytest
from asyncssh.config import SSHClientConfig
from hypothesis import given
from hypothesis import strategies as st

from appo_tui.environment.inventory import Address
from appo_tui.jobs.transport.ssh_config import ssh_place
from appo_tui.jobs.transport.ssh_config_lines import config_lines

CONFIG = """
# a comment
User = everybody
Host web1 web2
  HostName 10.0.0.1
  Port=2222
  IdentityFile "~/keys/the web's"
Host db? !db3
  Hostname %h.example.com
  ProxyCommand nc -X 5 %h %p
Host [odd] a,b
  Port 7
Match host 10.0.0.1 user everybody
  ConnectTimeout 3
Include more
Host *
  SetEnv A=1 "B=two words"
  Port 22
"""
MORE = "Host web1\n  HostKeyAlias one\nMatch originalhost db1\n  IdentityFile ~/db\n"
HOSTS = ("web1", "web2", "WEB1", "db1", "db3", "[odd]", "a", "a,b", "other")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "more").write_text(MORE)
    return tmp_path


def of_asyncssh(file: Path, host: str) -> dict[str, object]:
    read = (None, [file], False, False, False, "tester", (), host, ())
    return SSHClientConfig.load(*read).get_options(reload=False)


def of_ours(home: Path, host: str) -> dict[str, object]:
    options = ssh_place(Address(host, None, None), home).read["options"]
    return dict(options.config.get_options(reload=False))


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_gets_the_options_that_asyncssh_gives_it(home: Path, host: str) -> None:
    file = home / ".ssh" / "config"
    file.write_text(CONFIG)
    assert of_ours(home, host) == of_asyncssh(file, host)


WORDS = st.sampled_from(["web1", "web2", "web*", "!web2", "w?b1", "web1,web2", '"web1"', "[web1]"])
BLOCKS = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.integers(1, 9)), max_size=5)


@given(BLOCKS, st.sampled_from(["web1", "web2", "web3", "[web1]"]))
def test_any_host_lines_are_for_the_hosts_that_asyncssh_finds(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[list[str], int]], host: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".ssh").mkdir()
    file = home / ".ssh" / "config"
    file.write_text("".join(f"Host {' '.join(names)}\n  Port {port}\n" for names, port in blocks))
    assert of_ours(home, host) == of_asyncssh(file, host)


def test_a_changed_file_is_split_again(home: Path) -> None:
    file = home / ".ssh" / "config"
    file.write_text("Port 1\n")
    assert ssh_place(Address("web1", None, None), home).port == 1
    file.write_text("Port 1022\n")
    assert ssh_place(Address("web1", None, None), home).port == 1022


def test_a_line_that_cannot_be_understood_is_told_where_it_matters(home: Path) -> None:
    file = home / ".ssh" / "config"
    file.write_text("Host web1\n  Port\nHost web2\n  Port 2\n")
    assert config_lines(file) is None
    assert ssh_place(Address("web2", None, None), home).port == 2
    with pytest.raises(asyncssh.ConfigParseError, match="line 2"):
        ssh_place(Address("web1", None, None), home)


def test_a_number_that_is_none_is_told_with_its_line(home: Path) -> None:
    file = home / ".ssh" / "config"
    file.write_text("User me\nPort many\n")
    with pytest.raises(asyncssh.ConfigParseError, match="line 2"):
        ssh_place(Address("web1", None, None), home)


@pytest.mark.parametrize("line", ["CanonicalizeHostname yes", "Match final\n  Port 3"])
def test_asyncssh_reads_again_what_hangs_on_the_connection(home: Path, line: str) -> None:
    file = home / ".ssh" / "config"
    file.write_text(f"{line}\n")
    assert ssh_place(Address("web1", None, None), home).read == {"config": [str(file)]}


def test_the_systems_ssh_config_says_what_the_users_does_not(home: Path, system_config: Path) -> None:
    system_config.parent.mkdir(parents=True)
    (system_config.parent / "more").write_text("Host web1\n  User included\n  HostName 10.9.9.9\n")
    system_config.write_text("Include more\nHost *\n  Port 1022\n  SendEnv LANG LC_* EDITOR\n")
    assert ssh_place(Address("web1"), home).host == "10.9.9.9"
    (home / ".ssh" / "config").write_text("Host web1\n  HostName 10.0.0.1\n")
    place = ssh_place(Address("web1"), home)
    assert (place.host, place.port) == ("10.0.0.1", 1022)
    assert of_ours(home, "web1")["User"] == "included"
    assert place.sent == ("EDITOR",)
