"""The resources of a simulated node: what there is to be done for each, and how Puppet puts it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from appo_tui.evaluator.values import Sensitive, Unknown


@dataclass(frozen=True, slots=True)
class Reference:
    """A resource by type, capitalised, and title."""

    type: str
    title: str

    def __str__(self) -> str:
        return f"{self.type}[{self.title}]"


@dataclass(frozen=True, slots=True)
class Resource:
    """A declared resource that is no define and no class.

    Attributes:
        containers: what it is declared in, outermost first, without the stage.
        tags: Puppet's tags of it, without the level.
        file, line: its declaration.
        given: the parameters of what declares it.
    """

    reference: Reference
    attributes: Mapping[str, object]
    containers: tuple[Reference, ...]
    tags: tuple[str, ...]
    file: str
    line: int
    given: tuple[tuple[str, object], ...] = ()

    @property
    def containment_path(self) -> tuple[str, ...]:
        """Stage, classes and defines around the resource, and itself, as a report has them."""
        inner = [each.title if each.type == "Class" else str(each) for each in self.containers]
        return ("Stage[main]", *inner, str(self.reference))

    @property
    def source(self) -> str:
        """The resource as the log names it."""
        return "/" + "/".join(self.containment_path)

    @property
    def wanted(self) -> str:
        """A digest of what is declared: the resource is in sync while it is what was last applied.

        An attribute that only a real node can tell counts as changed when what it may be made from has.
        """
        declared = [str(self.reference), _plain(dict(self.attributes))]
        if any(isinstance(value, Unknown) for value in map(_uncovered, self.attributes.values())):
            declared.append(_plain(dict(self.given)))
        text = json.dumps(declared, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done to a property of a resource, in Puppet's words.

    ``property`` is None for what has none, such as a refresh. ``name`` is the event's name in reports.
    """

    property: str
    previous: str
    desired: str | list[str]
    message: str
    name: str


def quoted_desired(change: Change) -> str:
    """Returns a change's desired value as messages quote it."""
    return f"['{change.desired[0]}']" if isinstance(change.desired, list) else f"'{change.desired}'"


def change_of(resource: Resource, last: str | None) -> Change | None:
    """Returns what a run has to do: ``last`` is the digest that the last run left, None for a new resource.

    A resource of a type that only holds values (a service resource, for instance) has nothing to do.
    """
    kind = resource.reference.type
    attributes = resource.attributes
    if kind == "Notify":
        message = str(attributes.get("message", resource.reference.title))
        return Change("message", "absent", message, f"defined 'message' as '{message}'", "message_changed")
    if last == resource.wanted:
        return None
    if kind == "Exec":
        if attributes.get("refreshonly") is True:
            return None
        return Change("returns", "notrun", ["0"], "executed successfully", "executed_command")
    if kind == "File":
        return _file_change(resource, last)
    if kind == "Service":
        return _service_change(resource, last)
    if "ensure" in attributes:
        return _ensure_change(resource, last)
    return None


def _file_change(resource: Resource, last: str | None) -> Change:
    ensure = resource.attributes.get("ensure", "file")
    if ensure == "absent":
        return Change("ensure", "file", "absent", "removed", "file_removed")
    if ensure == "directory":
        if last is None:
            return Change("ensure", "absent", "directory", "created", "directory_created")
        return Change("mode", "0700", "0755", "mode changed '0700' to '0755'", "mode_changed")
    if ensure == "link":
        return Change("ensure", "absent", "link", "created", "link_created")
    digest = "{sha256}" + resource.wanted
    if last is None:
        return Change("ensure", "absent", "file", f"defined content as '{digest}'", "file_created")
    old = "{sha256}" + last
    return Change("content", old, digest, f"content changed '{old}' to '{digest}'", "content_changed")


def _service_change(resource: Resource, last: str | None) -> Change | None:
    if last is not None or resource.attributes.get("ensure") not in ("running", True):
        return None
    return Change("ensure", "stopped", "running", "ensure changed 'stopped' to 'running'", "service_started")


def _ensure_change(resource: Resource, last: str | None) -> Change | None:
    ensure = resource.attributes["ensure"]
    kind = resource.reference.type.lower()
    if ensure in ("absent", "purged"):
        return None if last is None else Change("ensure", "present", "absent", "removed", f"{kind}_removed")
    if last is not None:
        return None
    if kind == "package":
        return Change("ensure", "purged", "present", "created", "package_installed")
    return Change("ensure", "absent", "present", "created", f"{kind}_created")


def _uncovered(value: object) -> object:
    return value.value if isinstance(value, Sensitive) else value


def _plain(value: object) -> object:
    """Returns a value that JSON takes; the same for the same declaration."""
    match value:
        case Sensitive():
            return _plain(value.value)
        case Unknown():
            return f"unknown: {value.reason}"
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
        case None | bool() | int() | float() | str():
            return value
    return str(value)
