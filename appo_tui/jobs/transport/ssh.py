"""Shells over SSH, by asyncssh.

What costs time is done once: known_hosts and the user's keys are read once a job, not once a connection,
and jump hosts are logged in on once for many nodes. The algorithms put first are those that both ends do
in C.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.access.key_files import own_keys
from appo_tui.jobs.transport.shell import LocalShell, Shell, ShellError

if TYPE_CHECKING:
    import asyncssh

    from appo_tui.jobs.transport.jump_hosts import JumpHosts
    from appo_tui.jobs.transport.ssh_config import SshPlace
    from appo_tui.jobs.transport.ssh_shell import SshShell

_KEY_EXCHANGE = ("curve25519-sha256", "curve25519-sha256@libssh.org")
_ENCRYPTION = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com")
_CONNECT_SECONDS = 15.0
_HANDSHAKES = 100
"""Connections that are being made at once; more would only wait for this processor until they time out."""

_KEEPALIVE_SECONDS = 5.0
_KEEPALIVES_A_SECOND = 100
"""Of all connections together: those of thousands would keep this processor busy by themselves."""


@dataclass(slots=True)
class SshShells:
    """Opens shells on the nodes of an inventory.

    ``home`` is where .ssh is looked for.
    """

    inventory: Inventory
    credentials: Credentials = field(default_factory=Credentials)
    home: Path = field(default_factory=Path.home)
    _known_hosts: dict[tuple[Path, ...], Any] = field(default_factory=dict)
    _keys: dict[Path, Any] = field(default_factory=dict)
    _open: WeakSet[SshShell] = field(default_factory=WeakSet)
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HANDSHAKES))
    _jumps: JumpHosts | None = None

    async def open(self, certname: str) -> Shell:
        """A shell on a node.

        Raises:
            ShellError: it can't be reached, its host key is not known, or it refuses the login.
        """
        address = self.inventory.address(certname)
        if address.transport == "local":
            return LocalShell()
        if address.transport != "ssh":
            raise ShellError(
                f"The inventory gives {certname} the transport {address.transport}; there are ssh and local.",
                lasting=True,
            )
        import asyncssh

        from appo_tui.jobs.transport.jump_hosts import JumpHostError
        from appo_tui.jobs.transport.ssh_shell import SshShell

        asyncssh.set_log_level("ERROR")
        try:
            connection = await self._connected(address)
        except asyncssh.ConfigParseError as error:
            raise ShellError(f"ssh_config can't be read: {error}", lasting=True) from error
        except JumpHostError as error:
            name = f"the jump host before {certname}"
            raise _explained(name, error.address, error.error, self.home) from error
        except (OSError, asyncssh.Error, TimeoutError) as error:
            raise _explained(certname, address, error, self.home) from error
        shell = SshShell(certname, connection)
        self._open.add(shell)
        return shell

    async def close(self) -> None:
        """End the connections to jump hosts, and so those through them."""
        if self._jumps is not None:
            await self._jumps.close()

    async def _connected(self, address: Address) -> asyncssh.SSHClientConnection:
        from appo_tui.jobs.transport.jump_hosts import JumpHosts
        from appo_tui.jobs.transport.ssh_config import ssh_place

        place = ssh_place(address, self.home)
        connect = partial(self._connect, address, self._options(address, place))
        if place.jump is None or not place.final:
            return await connect()
        if self._jumps is None:
            self._jumps = JumpHosts(self.home, self._connect_to_jump_host)
        return await self._jumps.through(place.jump, connect)

    async def _connect(
        self, address: Address, options: dict[str, Any], **more: Any
    ) -> asyncssh.SSHClientConnection:
        import asyncssh

        async with self._turn:
            return await asyncssh.connect(address.host, **(options | more))

    async def _connect_to_jump_host(self, address: Address, **more: Any) -> asyncssh.SSHClientConnection:
        """Without the passwords of nodes, which are no business of a jump host's."""
        import asyncssh

        from appo_tui.jobs.transport.ssh_config import ssh_place

        options = self._options(address, ssh_place(address, self.home))
        options.pop("password", None)
        return await asyncssh.connect(address.host, **(options | more))

    def _options(self, address: Address, place: SshPlace) -> dict[str, Any]:
        options: dict[str, Any] = {
            "known_hosts": self._known_hosts_of(address, place.known_hosts),
            "gss_host": None,
            "gss_kex": False,
            "gss_auth": False,
            "kex_algs": _key_exchanges(),
            "encryption_algs": _ciphers(),
            "connect_timeout": address.connect_timeout or _CONNECT_SECONDS,
            "keepalive_interval": max(_KEEPALIVE_SECONDS, len(self._open) / _KEEPALIVES_A_SECOND),
            "keepalive_count_max": 3,
            "compression_algs": None,
            "request_pty": False,
            "send_env": place.sent or None,
            **place.read,
        }
        if place.algorithms:
            del options["kex_algs"], options["encryption_algs"]
        if not place.pkcs11:
            options["pkcs11_provider"] = None
        if not os.environ.get("SSH_AUTH_SOCK") and not place.agent:
            options["agent_path"] = None
        keys = self._keys_of(address, place)
        if keys is not None:
            options["client_keys"] = keys
        password = address.password or self.credentials.login_password
        if password:
            options["password"] = password
        if place.final:
            options["tunnel"] = None  # or asyncssh would find its own way
        elif address.proxy_jump:
            options["tunnel"] = address.proxy_jump
        given = {"port": address.port, "username": address.user}
        return options | {name: value for name, value in given.items() if value is not None}

    def _known_hosts_of(self, address: Address, paths: tuple[Path, ...]) -> Any:
        if not address.host_key_check:
            return None
        from appo_tui.jobs.transport.known_hosts import read_known_hosts

        if paths not in self._known_hosts:
            try:
                read = read_known_hosts(paths)
            except (OSError, ValueError) as error:
                raise ShellError(f"known_hosts can't be read: {error}", lasting=True) from error
            self._known_hosts[paths] = read
        return self._known_hosts[paths]

    def _keys_of(self, address: Address, place: SshPlace) -> list[Any] | None:
        """Key pairs to offer; None leaves the choice to ssh_config."""
        if address.private_key is not None:
            return [self._key(address.private_key)]
        own = own_keys(address, self.home)
        asked = self.credentials.passphrases
        configured = bool(place.identity_files or place.certificates or place.agent or place.pkcs11)
        if configured and not any(str(path) in asked for path in own):
            return None
        return [self._key(path) for path in own if self._usable(path)]

    def _usable(self, path: Path) -> bool:
        """Whether one of the user's own keys can be read; one with a passphrase is left to the agent."""
        try:
            self._key(path)
        except ShellError:
            return False
        return True

    def _key(self, path: Path) -> Any:
        if path not in self._keys:
            import asyncssh

            try:
                phrase = self.credentials.passphrases.get(str(path))
                self._keys[path] = asyncssh.read_private_key(path, phrase)
            except (OSError, asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
                raise ShellError(f"The private key {path} can't be used: {error}", lasting=True) from error
        return self._keys[path]


@cache
def _key_exchanges() -> tuple[str, ...]:
    """All that asyncssh would offer, those first that both ends do in C."""
    from asyncssh.kex import get_default_kex_algs

    return _first(_KEY_EXCHANGE, get_default_kex_algs())


@cache
def _ciphers() -> tuple[str, ...]:
    """All that asyncssh would offer, those first that both ends do in C."""
    from asyncssh.encryption import get_default_encryption_algs

    return _first(_ENCRYPTION, get_default_encryption_algs())


def _first(preferred: tuple[str, ...], algorithms: Iterable[bytes]) -> tuple[str, ...]:
    names = [name.decode() for name in algorithms]
    return (*preferred, *(name for name in names if name not in preferred))


def _explained(certname: str, address: Address, error: Exception, home: Path) -> ShellError:
    """An error of a connection in a user's words, with what to do."""
    import asyncssh

    where = address.host if address.port in (None, 22) else f"{address.host} port {address.port}"
    if isinstance(error, asyncssh.HostKeyNotVerifiable):
        from appo_tui.jobs.transport.host_key_faults import host_key_fault

        return host_key_fault(certname, address, home, error)
    if isinstance(error, asyncssh.PermissionDenied):
        user = address.user or "the user"
        return ShellError(
            f"{certname} ({where}) refused the login of {user}: {error.reason}. Put your public key into "
            "its authorized_keys, or name the key in ssh_config or in the inventory (private-key), or start "
            "the job with --ask-password.",
            lasting=True,
        )
    if isinstance(error, socket.gaierror):
        return ShellError(
            f"The name of {certname} ({address.host}) can't be resolved. Give its address in ssh_config "
            "(HostName) or in inventory.yaml (config.ssh.host).",
            lasting=True,
        )
    if isinstance(error, TimeoutError):
        return ShellError(f"{certname} ({where}) did not answer in time.")
    if isinstance(error, OSError) and error.errno == errno.EMFILE:
        return ShellError(
            f"{certname} ({where}) can't be reached: this machine lets the program open no more files. Raise "
            "the limit (ulimit -n), or run fewer nodes at once (--concurrency)."
        )
    if isinstance(error, ConnectionRefusedError):
        return ShellError(f"{certname} ({where}) refuses connections: is its sshd running, on this port?")
    return ShellError(f"{certname} ({where}) can't be reached: {error}")
