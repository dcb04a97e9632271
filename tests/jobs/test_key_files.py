"""Which keys' passphrases, and which nodes' passwords, are asked for before a job starts."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.access.key_files import needed_passphrases, nodes_without_login
from appo_tui.jobs.transport.ssh import SshShells
from tests.jobs.nodes import new_home
from tests.jobs.ssh_server import serving

NODES = ("n.test",)


@pytest.fixture(autouse=True)
def _no_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


def key(home: Path, name: str, passphrase: str = "") -> Path:
    file = home / ".ssh" / name
    file.parent.mkdir(exist_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(file)], check=True)
    return file


def configure(home: Path, text: str) -> None:
    (home / ".ssh").mkdir(exist_ok=True)
    (home / ".ssh" / "config").write_text(text)


def needed(home: Path, **address: object) -> tuple[Path, ...]:
    inventory = Inventory({"n.test": Address("n", **address)})  # type: ignore[arg-type]
    return needed_passphrases(inventory, NODES, home=home)


def test_a_usual_key_needs_its_passphrase_where_there_is_no_agent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = key(tmp_path, "id_ed25519", "open sesame")
    assert needed(tmp_path) == (file,)
    assert needed(tmp_path, password="x") == ()
    assert needed(tmp_path, transport="local") == ()
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    assert needed(tmp_path) == ()
    assert needed(tmp_path, private_key=file) == (file,)


def test_a_key_without_passphrase_beside_it_leaves_it_alone(tmp_path: Path) -> None:
    key(tmp_path, "id_ed25519", "open sesame")
    key(tmp_path, "id_rsa")
    assert needed(tmp_path) == ()


def test_the_key_that_ssh_config_names_counts_instead_of_the_usual_ones(tmp_path: Path) -> None:
    key(tmp_path, "id_ed25519")
    file = key(tmp_path, "special", "open sesame")
    configure(tmp_path, f"Host n\n  IdentityFile {file}\n")
    assert needed(tmp_path) == (file,)
    configure(tmp_path, f"Host other\n  IdentityFile {file}\n")
    assert needed(tmp_path) == ()
    configure(tmp_path, f"Host n\n  IdentityFile {file}\n  IdentityAgent /run/agent\n")
    assert needed(tmp_path) == ()


def test_nodes_with_neither_key_nor_agent_nor_password_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = Inventory({"pw": Address("p", password="x"), "here": Address("h", transport="local")})
    names = ("n.test", "pw", "here", "n.test")
    assert nodes_without_login(inventory, names, home=tmp_path) == ("n.test",)
    key(tmp_path, "id_ed25519")
    assert nodes_without_login(inventory, names, home=tmp_path) == ()
    (tmp_path / ".ssh" / "id_ed25519").unlink()
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    assert nodes_without_login(inventory, names, home=tmp_path) == ()


@pytest.mark.parametrize("configured", [False, True])
def test_a_key_of_ones_own_logs_in_with_the_passphrase_that_was_given(
    tmp_path: Path, configured: bool
) -> None:
    with serving(new_home(tmp_path), tmp_path) as server:
        file = tmp_path / ".ssh" / ("special" if configured else "id_ed25519")
        file.parent.mkdir()
        server.client_key.rename(file)
        subprocess.run(["ssh-keygen", "-q", "-p", "-N", "open sesame", "-f", str(file)], check=True)
        if configured:
            configure(tmp_path, f"IdentityFile {file}\n")
        address = Address("127.0.0.1", server.port, "tester", known_hosts=server.known_hosts)
        asked = Credentials(passphrases={str(file): "open sesame"})
        shells = SshShells(Inventory({"n.test": address}), asked, home=tmp_path)

        async def reached() -> None:
            shell = await shells.open("n.test")
            await shell.close()

        asyncio.run(reached())
