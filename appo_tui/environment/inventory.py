"""Where nodes are: Bolt's inventory.yaml, version 2.

Bolt's manual, "Inventory files" and "Transport configuration reference". Groups inherit the configuration
of the groups that they are in. A target that stands in several has that of all: of the deepest first, then
of the one that stands first; its own comes before all. Read here are targets as names, aliases, URIs or
maps, ``config.transport`` (ssh, local) and of ``config.ssh`` what ``_READ`` has; ``known-hosts`` is an
addition of ours. What would have to be computed (``_plugin``) is refused, and so are keys that stand in
the file itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.places import Place

INVENTORY_FILE = "inventory.yaml"

_READ = frozenset({
    "host", "port", "user", "password", "private-key", "host-key-check", "proxyjump", "connect-timeout",
    "run-as", "sudo-password", "tmpdir", "known-hosts",
})  # fmt: skip
_NO_MATTER = frozenset({
    "cleanup", "disconnect-timeout", "extensions", "interpreters", "script-dir", "tty", "batch-mode",
    "native-ssh", "copy-command", "login-shell", "concurrency", "read-timeout",
})  # fmt: skip
"""Of ``config.ssh``: what changes nothing in which machine is reached, as whom, and whether at all."""


@dataclass(frozen=True, slots=True)
class Address:
    """How a node is reached. What is None is left to ssh_config and SSH's defaults; paths are absolute.

    Attributes:
        host: name or address to connect to.
        transport: ``ssh`` or ``local``.
        host_key_check: False only where the user's inventory says so.
        connect_timeout: seconds.
        run_as: the user that Puppet runs as there.
        sudo_password: what sudo is told there where it asks.
        tmpdir: where files may be put on the node, instead of the home of the user that Puppet runs as.
        not_followed: options of ``config.ssh`` that matter and have no effect here.
    """

    host: str
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    private_key: Path | None = None
    known_hosts: Path | None = None
    host_key_check: bool = True
    proxy_jump: str | None = None
    connect_timeout: float | None = None
    run_as: str | None = None
    sudo_password: str | None = field(default=None, repr=False)
    tmpdir: str | None = None
    not_followed: tuple[str, ...] = ()
    transport: str = "ssh"


@dataclass(frozen=True, slots=True)
class Inventory:
    """Addresses by certname; a node that is not among them is reached by its name.

    ``file`` is where they stand, None for an inventory that is in no file.
    """

    addresses: Mapping[str, Address] = field(default_factory=dict)
    file: Path | None = None

    def address(self, certname: str) -> Address:
        """How a node is reached."""
        return self.addresses.get(certname) or Address(host=certname)


def find_inventory(root: Path, given: Path | None = None) -> Path | None:
    """The file that was given, or the environment's own inventory.yaml, or None."""
    if given is not None:
        return given
    own = root / INVENTORY_FILE
    return own if own.is_file() else None


def read_inventory(path: Path | None) -> Inventory:
    """Read an inventory; None stands for none.

    Raises:
        EnvironmentReadError: the file can't be read, or is no inventory of version 2.
    """
    if path is None:
        return Inventory()
    data = _parsed(path)
    if data.get("version", 2) != 2:
        raise EnvironmentReadError(
            f"The inventory's version is {data.get('version')}.",
            "Write `version: 2`: Bolt 2 and later read it.",
            Place(str(path), 1),
        )
    _refuse_plugins(path, data)
    aliases = dict(_aliases(path, data))
    targets: dict[str, _Target] = {}
    _add_group(path, data, {}, aliases, targets)
    addresses = {name: _address(path, name, target.config) for name, target in targets.items()}
    known = {alias: addresses[name] for alias, name in aliases.items()}
    return Inventory({**known, **addresses}, path)


@dataclass(slots=True)
class _Target:
    """What an inventory says of a target, piece by piece: of groups with their depth, and at itself."""

    groups: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> dict[str, Any]:
        """All of it together."""
        found: dict[str, Any] = {}
        for _, config in sorted(self.groups, key=lambda each: -each[0]):
            found = _merged(config, found)
        return _merged(found, self.own)


def _parsed(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentReadError(
            f"The inventory can't be read: {error}", "Give a readable UTF-8 file.", Place(str(path), 1)
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise EnvironmentReadError(
            f"The inventory is not YAML: {getattr(error, 'problem', None) or error}",
            place=Place(str(path), mark.line + 1 if mark else 1),
        ) from error
    if not isinstance(data, dict):
        raise EnvironmentReadError(
            "An inventory is a map with targets or groups.", "Write `targets: [...]`.", Place(str(path), 1)
        )
    return data


def _refuse_plugins(path: Path, data: object) -> None:
    """Refuse what Bolt would have a plugin compute: there is nobody here who could."""
    pending = [data]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            if "_plugin" in each:
                raise EnvironmentReadError(
                    f"The inventory has Bolt's plugin {each['_plugin']} compute a part of it.",
                    "Write the targets themselves: plugins (`_plugin`) are Bolt's, and are not run here.",
                    Place(str(path), 1),
                )
            pending += each.values()
        elif isinstance(each, list):
            pending += each


def _aliases(path: Path, group: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The other names of targets, with the names that they stand for."""
    for target in _list(path, group, "targets"):
        if isinstance(target, dict) and "alias" in target:
            given = target["alias"]
            others = [given] if isinstance(given, str) else _list(path, target, "alias")
            yield from ((str(each), _target_name(target)) for each in others)
    for inner in _list(path, group, "groups"):
        if isinstance(inner, dict):
            yield from _aliases(path, inner)


def _add_group(
    path: Path,
    group: dict[str, Any],
    above: dict[str, Any],
    aliases: Mapping[str, str],
    targets: dict[str, _Target],
    depth: int = 0,
) -> None:
    """Add what a group says of its targets, then the groups in it."""
    config = _merged(above, _map(path, group, "config"))
    for target in _list(path, group, "targets"):
        if isinstance(target, str):
            name = aliases.get(target) or _name(target)
            own = {"uri": target} if target != name and target not in aliases else {}
        elif isinstance(target, dict) and ("name" in target or "uri" in target):
            name = _target_name(target)
            uri = {"uri": str(target["uri"])} if "uri" in target else {}
            own = _merged(_map(path, target, "config"), uri)
        else:
            raise _shape(path, "A target is a name, a URI, or a map with `name` or `uri`.")
        found = targets.setdefault(name, _Target())
        found.groups.append((depth, config))
        found.own = _merged(found.own, own)
    for inner in _list(path, group, "groups"):
        if not isinstance(inner, dict):
            raise _shape(path, "A group is a map with `name` and `targets`.")
        _add_group(path, inner, config, aliases, targets, depth + 1)


def _target_name(target: dict[str, Any]) -> str:
    return str(target.get("name") or _name(str(target.get("uri", ""))))


def _address(path: Path, name: str, config: dict[str, Any]) -> Address:
    ssh = config.get("ssh") if isinstance(config.get("ssh"), dict) else {}
    assert isinstance(ssh, dict)
    parts = urlsplit(_with_scheme(str(config.get("uri", name))))
    key = ssh.get("private-key")
    if key is not None and not isinstance(key, str):
        raise _shape(path, f"The private-key of {name} is no path: put the key into a file of its own.")
    try:
        port = parts.port or (int(ssh["port"]) if "port" in ssh else None)
        timeout = float(ssh["connect-timeout"]) if "connect-timeout" in ssh else None
    except (TypeError, ValueError) as error:
        raise _shape(path, f"The port or the timeout of {name} is not a number.") from error
    return Address(
        host=str(ssh.get("host") or parts.hostname or name),
        port=port,
        user=unquote(parts.username) if parts.username else _text(ssh.get("user")),
        password=unquote(parts.password) if parts.password else _text(ssh.get("password")),
        private_key=_path(path, key),
        known_hosts=_path(path, ssh.get("known-hosts")),
        host_key_check=ssh.get("host-key-check", True) is not False,
        proxy_jump=_text(ssh.get("proxyjump")),
        connect_timeout=timeout,
        run_as=_text(ssh.get("run-as")),
        sudo_password=_text(ssh.get("sudo-password")),
        tmpdir=_text(ssh.get("tmpdir")),
        not_followed=tuple(sorted(str(each) for each in ssh if each not in _READ | _NO_MATTER)),
        transport="local" if parts.scheme == "local" else str(config.get("transport", "ssh")),
    )


def _name(uri: str) -> str:
    """The name of a target that is given as a URI only: its host."""
    return (urlsplit(_with_scheme(uri)).hostname or uri) if "://" in uri or "@" in uri else uri


def _with_scheme(uri: str) -> str:
    return uri if "://" in uri else f"ssh://{uri}"


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    result = dict(under)
    for name, value in over.items():
        known = result.get(name)
        result[name] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return result


def _map(path: Path, of: dict[str, Any], name: str) -> dict[str, Any]:
    value = of.get(name) or {}
    if not isinstance(value, dict):
        raise _shape(path, f"`{name}` is a map.")
    return value


def _list(path: Path, of: dict[str, Any], name: str) -> list[Any]:
    value = of.get(name) or []
    if not isinstance(value, list):
        raise _shape(path, f"`{name}` is a list.")
    return value


def _path(inventory: Path, value: object) -> Path | None:
    if not isinstance(value, str):
        return None
    return (inventory.parent / Path(value).expanduser()).absolute()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _shape(path: Path, message: str) -> EnvironmentReadError:
    return EnvironmentReadError(message, "See Bolt's manual, 'Inventory files'.", Place(str(path), 1))
