"""Further titles that a resource is found by: its metaparameter ``alias``, and its namevar's value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.resource import Parameter, Resource

_MAY_REPEAT: Final = frozenset(("Exec",))
"""Types of which several resources may have one namevar: Puppet calls them not isomorphic."""
_PATHS: Final = frozenset(("File", "Tidy", "K5login"))
"""Types whose titles lose a slash at their end."""


def aliases_of(resource: Resource) -> Iterator[tuple[str, str]]:
    """A resource's further titles, each with how Puppet's messages write it."""
    given = resource.value("alias")
    for item in given if isinstance(given, tuple) else (given,):
        if isinstance(item, str):
            yield item, f'"{item}"'
    named = _namevar_value(resource)
    if named is not None and named != resource.title and resource.type_name not in _MAY_REPEAT:
        yield named, f'[nil, "{named}", nil]' if resource.type_name == "Package" else f'["{named}"]'


def set_namevar(resource: Resource) -> None:
    """Have a native resource's namevar among its parameters, as Puppet's catalogs have it."""
    native = resource.native
    if native is None or native.is_capability or len(native.key_attributes) != 1:
        return
    key = native.key_attributes[0]
    if key != "name" and resource.value(key) is None:
        origin = Origin(OriginKind.GIVEN, resource.place)
        resource.parameters[key] = Parameter(key, _as_title(resource, resource.title), origin)


def _namevar_value(resource: Resource) -> str | None:
    native = resource.native
    if native is None or native.is_capability:
        return None
    key = native.key_attributes[0] if len(native.key_attributes) == 1 else "name"
    value = resource.value(key)
    value = resource.value("name") if value is None else value
    return _as_title(resource, value if isinstance(value, str) else resource.title)


def _as_title(resource: Resource, title: str) -> str:
    return title.rstrip("/") or "/" if resource.type_name in _PATHS else title
