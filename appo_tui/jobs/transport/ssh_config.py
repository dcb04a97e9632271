"""What ssh_config says of a node, and which of its options in force are not followed.

asyncssh reads ssh_config (ssh_config(5)) and passes over what it has no use for; here that is kept, with
its file and line.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asyncssh.config import SSHClientConfig

from appo_tui.environment.inventory import Address

DEFAULT_PORT = 22
_GLOBAL_KNOWN_HOSTS = "/etc/ssh/ssh_known_hosts"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An option in force that asyncssh has no use for: its name in lower case, its words, where it is."""

    name: str
    value: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class SshPlace:
    """Where a node's sshd is, and by which name its host key is known.

    Attributes:
        host, port: what is connected to.
        alias: the name in known_hosts, where that is not the host's.
        jump: jump hosts, separated by commas, or None.
        proxied: another program makes the connection (ProxyCommand), or jump hosts do.
        known_hosts: files in which the host key is looked for; new ones are added to the first.
        identity_files: private keys that ssh_config names.
        agent: ssh_config names an SSH agent's socket (IdentityAgent).
        hashed: names are hashed where they are added (HashKnownHosts).
        passed_over: options in force that are not followed.
    """

    host: str
    port: int
    alias: str | None
    jump: str | None
    proxied: bool
    known_hosts: tuple[Path, ...]
    identity_files: tuple[Path, ...] = ()
    agent: bool = False
    hashed: bool = False
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def name(self) -> str:
        """The name that is looked for in known_hosts, without the port."""
        return self.alias or self.host

    @property
    def known_as(self) -> str:
        """The name that a line of known_hosts has for it (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT")."""
        if self.alias:
            return self.alias
        return self.host if self.port == DEFAULT_PORT else f"[{self.host}]:{self.port}"


def config_file(home: Path) -> Path | None:
    """The user's ssh_config, if there is one."""
    path = home / ".ssh" / "config"
    return path if path.is_file() else None


def ssh_place(address: Address, home: Path) -> SshPlace:
    """Where an address leads to: what the inventory says comes before ssh_config.

    Raises:
        asyncssh.ConfigParseError: ssh_config can't be understood.
        OSError: it can't be read.
    """
    config = _read(address, home)
    jump = address.proxy_jump or _text(config.get("ProxyJump"))
    passed_over = tuple(config.passed_over.values())
    hashing = config.passed_over.get("hashknownhosts")
    return SshPlace(
        host=_text(config.get("Hostname")) or address.host,
        port=address.port or _number(config.get("Port")) or DEFAULT_PORT,
        alias=_text(config.get("HostKeyAlias")),
        jump=jump,
        proxied=bool(jump or config.get("ProxyCommand")),
        known_hosts=_files(address, config, home),
        identity_files=_paths(config, "IdentityFile"),
        agent=bool(config.get("IdentityAgent")),
        hashed=hashing is not None and hashing.value.lower() in ("yes", "true"),
        passed_over=passed_over,
    )


def known_hosts_files(address: Address, home: Path) -> tuple[Path, ...]:
    """Where a node's host key is looked for: ssh_config is read only where it decides.

    Raises:
        asyncssh.ConfigParseError, OSError: it can't be.
    """
    config = _read(address, home) if config_file(home) and not address.known_hosts else None
    return _files(address, config, home)


def _files(address: Address, config: _Config | None, home: Path) -> tuple[Path, ...]:
    """The inventory's file, else ssh_config's or the usual."""
    if address.known_hosts:
        return (address.known_hosts,)
    own = _paths(config, "UserKnownHostsFile") or (home / ".ssh" / "known_hosts",)
    return own + (_paths(config, "GlobalKnownHostsFile") or (Path(_GLOBAL_KNOWN_HOSTS),))


def _read(address: Address, home: Path) -> _Config:
    file = config_file(home)
    user: Any = address.user or ()
    port: Any = address.port or ()
    read = (None, str(file) if file else None, False, False, False)  # not again, not canonical, not final
    return _Config.load(*read, getpass.getuser(), user, address.host, port)  # type: ignore[return-value]


class _Handlers(dict[str, Any]):
    """asyncssh's table of options, with an answer for those that are not in it."""

    def __missing__(self, name: str) -> tuple[str, Any]:
        return name, _Config.pass_over


class _Config(SSHClientConfig):
    """asyncssh's reader, which keeps what it passes over: the first of a name counts, as ssh has it."""

    _handlers = _Handlers(SSHClientConfig._handlers)  # noqa: SLF001 - what it passes over is told nowhere else

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.passed_over: dict[str, PassedOver] = {}

    def pass_over(self, name: str, words: list[str]) -> None:
        """Keep an option that is in force."""
        self.passed_over.setdefault(
            name, PassedOver(name, " ".join(words), str(self._path), self._line_no)
        )
        words.clear()


def _paths(config: _Config | None, name: str) -> tuple[Path, ...]:
    value = config.get(name) if config else None
    return tuple(Path(each).expanduser() for each in value) if isinstance(value, list) else ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
