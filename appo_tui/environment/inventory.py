"""Where nodes are: Bolt's inventory.yaml, version 2.

Bolt's manual, "Inventory files" and "Transport configuration reference". Groups inherit the configuration
of the groups that they are in; a target's own comes last. Read here are targets as names, URIs or maps,
``config.transport`` (ssh, local) and of ``config.ssh`` host, port, user, password, private-key,
host-key-check, proxyjump, connect-timeout and run-as; ``known-hosts`` is an addition of ours.
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


@dataclass(frozen=True, slots=True)
class Address:
    """How a node is reached. What is None is left to ssh_config and SSH's defaults; paths are absolute.

    Attributes:
        host: name or address to connect to.
        transport: ``ssh`` or ``local``.
        host_key_check: False only where the user's inventory says so.
        connect_timeout: seconds.
        run_as: the user that Puppet runs as there.
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
    transport: str = "ssh"


@dataclass(frozen=True, slots=True)
class Inventory:
    """Addresses by certname; a node that is not among them is reached by its name."""

    addresses: Mapping[str, Address] = field(default_factory=dict)

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
    addresses: dict[str, Address] = {}
    for name, config in _targets(path, data, {}):
        addresses[name] = _address(path, name, config)
    return Inventory(addresses)


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


def _targets(
    path: Path, group: dict[str, Any], above: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names of targets with their merged configuration; a later one of a name adds to the earlier."""
    config = _merged(above, _map(path, group, "config"))
    for target in _list(path, group, "targets"):
        if isinstance(target, str):
            yield _name(target), _merged(config, {"uri": target})
        elif isinstance(target, dict) and ("name" in target or "uri" in target):
            uri = {"uri": str(target["uri"])} if "uri" in target else {}
            name = str(target.get("name") or _name(str(target["uri"])))
            yield name, _merged(_merged(config, _map(path, target, "config")), uri)
        else:
            raise _shape(path, "A target is a name, a URI, or a map with `name` or `uri`.")
    for inner in _list(path, group, "groups"):
        if not isinstance(inner, dict):
            raise _shape(path, "A group is a map with `name` and `targets`.")
        yield from _targets(path, inner, config)


def _address(path: Path, name: str, config: dict[str, Any]) -> Address:
    ssh = config.get("ssh") if isinstance(config.get("ssh"), dict) else {}
    assert isinstance(ssh, dict)
    parts = urlsplit(_with_scheme(str(config.get("uri", name))))
    key = ssh.get("private-key")
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
        private_key=_path(path, key) if isinstance(key, str) else None,
        known_hosts=_path(path, ssh.get("known-hosts")),
        host_key_check=ssh.get("host-key-check", True) is not False,
        proxy_jump=_text(ssh.get("proxyjump")),
        connect_timeout=timeout,
        run_as=_text(ssh.get("run-as")),
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
