"""Service resources that nodes have made, as PuppetDB keeps them for other nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from appo_tui.evaluator.faults import EvaluationError, InternalError
from appo_tui.evaluator.origins import Origin
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.text import contains_unknown, interpolated
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.values import Default, Regexp, Value
from appo_tui.model.showing import as_json, in_catalog

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation


class StoredResource(msgspec.Struct, frozen=True):
    """A service resource and where it came from.

    Attributes:
        type_name: ``Sql``.
        title: its title.
        parameters: attributes with their values.
        certname: the node whose catalog it is from.
        environment: the environment of that catalog.
        origins: where the attributes came from, for those made here.
        inspected: the entry as a message shows it, for those that were given from outside.
    """

    type_name: str
    title: str
    parameters: Mapping[str, Value]
    certname: str
    environment: str
    origins: Mapping[str, Origin] = msgspec.field(default_factory=dict)
    inspected: str = ""


def stored(resource: Resource, certname: str, environment: str) -> StoredResource:
    """A service resource of a node's catalog, as other nodes find it."""
    origins = {name: item.origin for name, item in resource.parameters.items()}
    values = {
        name: _as_kept(in_catalog(item.value))
        for name, item in resource.parameters.items()
        if name != "require"
    }
    return StoredResource(resource.type_name, resource.title, values, certname, environment, origins)


def _as_kept(value: Value) -> Value:
    """A value as it comes to other nodes: what PuppetDB has no form for becomes text; secrets stay secret."""
    if type(value) is str:  # as most are
        return value
    if isinstance(value, tuple):
        return tuple(_as_kept(item) for item in value)
    if isinstance(value, dict):
        return {interpolated(key): _as_kept(item) for key, item in value.items()}
    return as_json(value) if isinstance(value, PuppetType | Regexp | Default) else value


class ServiceValues:
    """A store of service resources; of one made twice, each copy is kept.

    Args:
        delivered: reference -> attribute -> value, for attributes that only a run could compute.
    """

    def __init__(self, delivered: Mapping[str, Mapping[str, Value]] | None = None) -> None:
        self._stored: dict[tuple[str, str], list[StoredResource]] = {}
        self._delivered = delivered or {}

    def fill(self, resource: Resource) -> None:
        """Give a service resource the values that a run has computed for it, where they are not known."""
        for name, value in self._delivered.get(resource.reference, {}).items():
            parameter = resource.parameters.get(name)
            if parameter is not None and contains_unknown(parameter.value) is not None:
                resource.parameters[name] = msgspec.structs.replace(parameter, value=value)

    def add(self, resource: StoredResource) -> None:
        """Keep a resource; a node's earlier copy is replaced."""
        copies = self._stored.setdefault((resource.type_name, resource.title), [])
        copies[:] = [copy for copy in copies if copy.certname != resource.certname]
        copies.append(resource)

    def copies(self, type_name: str, title: str) -> tuple[StoredResource, ...]:
        """All that nodes have made under this name."""
        return tuple(self._stored.get((type_name, title), ()))

    def find(self, compilation: Compilation, type_name: str, title: str) -> Resource | None:
        """The resource as part of the asking catalog, to which it is added; None if no node made it.

        A copy of another environment is used if it is the only one.

        Raises:
            InternalError: there are several, and nothing tells which is meant.
        """
        copies = self._stored.get((type_name, title), [])
        if len(copies) > 1:
            copies = [copy for copy in copies if copy.environment == compilation.environment_name]
        if not copies:
            return None
        if len(copies) > 1:
            data = ", ".join(copy.inspected for copy in copies)
            raise EvaluationError(
                f"Unexpected response from PuppetDB when looking up {type_name}[{title}]:\n"
                f"expected exactly one resource but got {len(copies)};\nreturned data is:\n[{data}]",
                code="ambiguous-service-resource",
                hint="Two nodes left a service resource of this name behind: deactivate the old one.",
            )
        return _instantiated(compilation, copies[0])


def _instantiated(compilation: Compilation, stored: StoredResource) -> Resource:
    native = compilation.definitions.find_native(stored.type_name.lower())
    if native is None:
        raise InternalError("NoMethodError", f"{stored.type_name} is not a type any more")
    resource = Resource(stored.type_name, stored.title, "native", compilation.top, None, native=native)
    for name in native.parameters:
        value = stored.parameters.get(name)
        if name == "name" or value is None or value is False:
            continue
        origin = stored.origins.get(name)
        if origin is not None:
            resource.parameters[name] = Parameter(name, value, origin)
        else:
            resource.parameters[name] = Parameter(name, value, _left_behind(stored))
    compilation.catalog.add(resource)
    compilation.checked.add(resource)
    return resource


def _left_behind(stored: StoredResource) -> Origin:
    from appo_tui.evaluator.origins import OriginKind

    return Origin(OriginKind.CONSUMED, None, f"{stored.type_name}[{stored.title}] of {stored.certname}")
