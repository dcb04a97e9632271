"""What ssh_config says of a node, and which of its options in force are not followed.

asyncssh reads ssh_config (ssh_config(5)) and passes over what it has no use for; here that is kept, with
its file and line.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from asyncssh import SSHClientConnectionOptions
from asyncssh.config import SSHClientConfig

from appo_tui.environment.inventory import Address
from appo_tui.jobs.transport.ssh_config_lines import (
    ConfigLine,
    config_lines,
    included_files,
    same_for_all,
)

DEFAULT_PORT = 22
SYSTEM_CONFIG = Path("/etc/ssh/ssh_config")
_GLOBAL_KNOWN_HOSTS = "/etc/ssh/ssh_known_hosts"
_HAS_PKCS11 = find_spec("pkcs11") is not None
_TURNED_OFF = {"gssapiauthentication"} | (set() if _HAS_PKCS11 else {"pkcs11provider"})
"""What asyncssh would follow, but this program does not let it."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An option in force that asyncssh has no use for: its name in lower case, its words, where it is.

    ``system`` tells that it is the system's, not the user's.
    """

    name: str
    value: str
    file: str
    line: int
    system: bool = False


@dataclass(frozen=True, slots=True)
class SshPlace:
    """Where a node's sshd is, and by which name its host key is known.

    Attributes:
        host, port: what is connected to.
        alias: the name in known_hosts, where that is not the host's.
        jump: jump hosts, separated by commas, or None.
        proxied: another program makes the connection (ProxyCommand), or jump hosts do.
        canonical: the host's name is completed only when it is connected to (CanonicalizeHostname).
        final: nothing of this hangs on what is known only when it is connected to.
        algorithms: ssh_config chooses key exchanges or ciphers.
        known_hosts: files in which the host key is looked for; new ones are added to the first.
        identity_files: private keys that ssh_config names.
        pkcs11: ssh_config names a PKCS#11 provider, and there is what uses it.
        agent: ssh_config names an SSH agent's socket (IdentityAgent).
        hashed: names are hashed where they are added (HashKnownHosts).
        certificates: ssh_config names certificates of keys (CertificateFile).
        sent: variables of this process that go along (SendEnv), but for those of its language: what nodes
            say is read by a program.
        passed_over: options in force that are not followed.
        read: parameters for asyncssh.connect: ssh_config as it was read, or where it must be read again.
    """

    host: str
    port: int
    alias: str | None
    jump: str | None
    proxied: bool
    known_hosts: tuple[Path, ...]
    identity_files: tuple[Path, ...] = ()
    canonical: bool = False
    final: bool = True
    algorithms: bool = False
    pkcs11: bool = False
    agent: bool = False
    hashed: bool = False
    certificates: bool = False
    sent: tuple[str, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    read: Mapping[str, Any] = field(default_factory=lambda: {"config": None}, compare=False)

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


def config_files(home: Path) -> tuple[Path, ...]:
    """The user's ssh_config and the system's, those that are there: the first value of an option counts."""
    return tuple(path for path in (home / ".ssh" / "config", SYSTEM_CONFIG) if path.is_file())


def jump_address(hop: str) -> Address:
    """Where a jump host is: ``[user@]host[:port]``, as ssh_config has it."""
    user, _, where = hop.rpartition("@")
    host, colon, port = where.rpartition(":")
    if colon and port.isdigit():
        return Address(host, int(port), user or None)
    return Address(where, user=user or None)


def ssh_place(address: Address, home: Path) -> SshPlace:
    """Where an address leads to: what the inventory says comes before ssh_config.

    Raises:
        asyncssh.ConfigParseError: ssh_config can't be understood.
        OSError: it can't be read.
    """
    files = config_files(home)
    if not files:
        return SshPlace(
            host=address.host,
            port=address.port or DEFAULT_PORT,
            alias=None,
            jump=address.proxy_jump,
            proxied=bool(address.proxy_jump),
            known_hosts=_files(address, home),
        )
    config = _read_once(address, files)
    jump = _before(address, address.proxy_jump or _text(config.get("ProxyJump")))
    passed_over = tuple(config.passed_over.values())
    hashing = config.passed_over.get("hashknownhosts")
    return SshPlace(
        host=_text(config.get("Hostname")) or address.host,
        port=address.port or _number(config.get("Port")) or DEFAULT_PORT,
        alias=_text(config.get("HostKeyAlias")),
        jump=jump,
        proxied=bool(jump or config.get("ProxyCommand")),
        known_hosts=_files(
            address, home, _paths(config, "UserKnownHostsFile"), _paths(config, "GlobalKnownHostsFile")
        ),
        identity_files=_paths(config, "IdentityFile"),
        canonical=bool(config.get("CanonicalizeHostname")),
        final=not _may_change(config),
        algorithms=bool(config.get("KexAlgorithms") or config.get("Ciphers")),
        pkcs11=bool(config.get("PKCS11Provider")),
        agent=bool(config.get("IdentityAgent")),
        hashed=hashing is not None and hashing.value.lower() in ("yes", "true"),
        certificates=bool(config.get("CertificateFile")),
        sent=tuple(name for name in _texts(config, "SendEnv") if not name.startswith(("LANG", "LC_"))),
        passed_over=passed_over,
        read=_read_again(files) if _may_change(config) else _as_read(config),
    )


def _files(
    address: Address, home: Path, own: tuple[Path, ...] = (), everybodys: tuple[Path, ...] = ()
) -> tuple[Path, ...]:
    """The inventory's file, else ssh_config's or the usual."""
    if address.known_hosts:
        return (address.known_hosts,)
    return (own or (home / ".ssh" / "known_hosts",)) + (everybodys or (Path(_GLOBAL_KNOWN_HOSTS),))


def _before(address: Address, jump: str | None) -> str | None:
    """The jump hosts before a host, which may be one of them itself."""
    hops = jump.split(",") if jump else []
    itself = next((at for at, hop in enumerate(hops) if jump_address(hop).host == address.host), len(hops))
    return ",".join(hops[:itself]) or None


def _read_once(address: Address, files: tuple[Path, ...]) -> _Config:
    """Of files that say the same of every host, what was read for another."""
    shared = same_for_all(files, SYSTEM_CONFIG.parent) if files == (SYSTEM_CONFIG,) else None
    if shared is None:
        return _read(address, files)
    key = (address.user, address.port)
    known = _known.get(key)
    if known is None or known[0] != shared:
        known = _known[key] = (shared, _read(address, files))
    return known[1]


def _read(address: Address, files: tuple[Path, ...]) -> _Config:
    user: Any = address.user or ()
    port: Any = address.port or ()
    read = (None, [str(file) for file in files], False, False, False)  # not again, not canonical, not final
    config: Any = _Config.load(*read, getpass.getuser(), user, address.host, port)
    config.end()
    return config  # type: ignore[no-any-return]


def _may_change(config: _Config) -> bool:
    """Whether some of it hangs on what is known only when the host is connected to."""
    return bool(config.get("CanonicalizeHostname")) or config.has_match_final()


def _read_again(files: tuple[Path, ...]) -> dict[str, Any]:
    """For asyncssh to read ssh_config itself, and to find the way through jump hosts."""
    return {"config": [str(file) for file in files]}


def _as_read(config: _Config) -> dict[str, Any]:
    """For asyncssh to take what was read."""
    return {"config": None, "options": _Options(config)}


class _Options(SSHClientConnectionOptions):
    """Options of a connection that hold nothing but an ssh_config."""

    def __init__(self, config: SSHClientConfig) -> None:
        self.kwargs = {}
        self.config = config


class _Handlers(dict[str, Any]):
    """asyncssh's table of options, with an answer for those that are not in it."""

    def __missing__(self, name: str) -> tuple[str, Any]:
        return name, _Config.pass_over


class _Config(SSHClientConfig):
    """asyncssh's reader, which keeps what it passes over: the first of a name counts, as ssh has it."""

    def _include_files(self, _option: str, patterns: list[str]) -> None:
        """Follow the files that patterns lead to."""
        at = self._path, self._line_no
        for pattern in patterns:
            for path in included_files(self._default_path, pattern):
                self.parse(path)
        self._path, self._line_no = at
        self._matching = True
        patterns.clear()

    _handlers = _Handlers(
        (name, each)
        for name, each in SSHClientConfig._handlers.items()  # noqa: SLF001 - no other place tells what it knows
        if name not in _TURNED_OFF
    )
    _handlers["include"] = ("Include", _include_files)

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.passed_over: dict[str, PassedOver] = {}
        self._system = False

    def parse(self, path: Path) -> None:
        """Follow a file's options, which were split into words before."""
        if path == SYSTEM_CONFIG:
            self._system = True
            self._default_path = path.parent  # of what it includes
        lines = config_lines(path)
        if lines is None:
            super().parse(path)  # it says what can't be understood, where it matters to this host
            return
        self._path = path
        self._matching = True
        self._tokens = {"%": "%"}
        for line in lines:
            if line.hosts is not None:
                self._matching = self._orig_host in line.hosts
            elif self._matching or line.name in self._conditionals:
                self._follow(line)

    def end(self) -> None:
        """Do once what asyncssh does at the end of each file: fill in what %h and the like stand for."""
        super().parse(Path(os.devnull))

    def _follow(self, line: ConfigLine) -> None:
        self._line_no = line.number
        words = list(line.words)
        option, follow = self._handlers[line.name]
        follow(self, option, words)
        if words:
            self._error(f"Extra data at end: {' '.join(words)}")

    def pass_over(self, name: str, words: list[str]) -> None:
        """Keep an option that is in force."""
        self.passed_over.setdefault(
            name, PassedOver(name, " ".join(words), str(self._path), self._line_no, self._system)
        )
        words.clear()


def _paths(config: _Config, name: str) -> tuple[Path, ...]:
    return tuple(Path(each).expanduser() for each in _texts(config, name))


def _texts(config: _Config, name: str) -> tuple[str, ...]:
    value = config.get(name)
    return tuple(value) if isinstance(value, list) else ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


_known: dict[tuple[str | None, int | None], tuple[tuple[tuple[ConfigLine, ...], ...], _Config]] = {}
"""The system's ssh_config as it was last read, by user and port, and the lines that it had then."""
