"""What is known of nodes before a run: their facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.places import Place

_EMPTY: Mapping[str, Mapping[str, object]] = MappingProxyType({})


def derived_facts(certname: str) -> dict[str, object]:
    """The facts that every node has here, taken from its name."""
    return {
        "fqdn": certname,
        "hostname": certname.split(".")[0],
        "certname": certname,
        "clientcert": certname,
    }


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts by certname. What is given for a node is complete: a fact that is not among it is absent.

    Arrays are tuples, as everywhere among Puppet's values.
    """

    given: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: _EMPTY)

    def known(self, certname: str) -> bool:
        """Whether more than the derived facts is known of a node."""
        return certname in self.given

    def of(self, certname: str) -> dict[str, object]:
        """A node's facts, the derived ones among them unless they were given."""
        return {**derived_facts(certname), **self.given.get(certname, {})}

    def certnames(self) -> Iterable[str]:
        """The nodes that facts were given for, in the order given."""
        return self.given.keys()


NO_FACTS = Facts()


def read_facts_file(path: Path) -> Facts:
    """Read a YAML or JSON file that maps certnames to facts; an empty entry is a node without any.

    Raises:
        EnvironmentReadError: the file can't be read, or is something else than a map of maps.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentReadError(
            f"The facts file can't be read: {error}", "Give a readable UTF-8 file.", Place(str(path), 1)
        ) from error
    content = _parsed(path, text)
    if not isinstance(content, dict):
        raise EnvironmentReadError(
            "A facts file maps certnames to facts.", "Write `web1.example: {os: ...}`.", Place(str(path), 1)
        )
    given: dict[str, Mapping[str, object]] = {}
    for certname, values in content.items():
        if values is not None and not isinstance(values, dict):
            raise EnvironmentReadError(
                f"The facts of {certname} are not a map.",
                "Write `NAME: VALUE` pairs under the certname.",
                Place(str(path), 1),
            )
        given[str(certname)] = {str(name): frozen(value) for name, value in (values or {}).items()}
    return Facts(given)


def _parsed(path: Path, text: str) -> object:
    if path.suffix == ".json":
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise EnvironmentReadError(
                f"The facts file is not JSON: {error.msg}", place=Place(str(path), error.lineno, error.colno)
            ) from error
    import yaml

    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(str(path), mark.line + 1 if mark else 1)
        problem = getattr(error, "problem", None) or str(error)
        raise EnvironmentReadError(f"The facts file is not YAML: {problem}", place=place) from error


def frozen(value: object) -> object:
    """A JSON or YAML value as a Puppet value: lists become tuples, dates their text."""
    if isinstance(value, dict):
        return {_key(key): frozen(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def _key(key: object) -> object:
    return key if isinstance(key, int | float) else str(key)
