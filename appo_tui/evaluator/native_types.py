"""Resource types written in Ruby: the environment's own, and those that come with Puppet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from appo_tui.environment.places import Place


@dataclass(frozen=True, slots=True)
class NativeType:
    """A resource type.

    Attributes:
        name: lower case.
        parameters: its parameters (``newparam``) in order.
        properties: its properties (``newproperty``).
        key_attributes: its namevars; usually one.
        is_capability: whether it is a service resource's type.
        has_provider: whether a module of the environment brings a provider for it.
        place: its file; None for those that come with Puppet.
        is_open: whether it may have further parameters, which its file's Ruby makes.
        takes_titles: False if Puppet can make nothing of any title: no namevar, or several without patterns.
    """

    name: str
    parameters: tuple[str, ...]
    properties: tuple[str, ...]
    key_attributes: tuple[str, ...]
    is_capability: bool = False
    has_provider: bool = False
    place: Place | None = None
    takes_titles: bool = True
    is_open: bool = False

    def has_parameter(self, name: str) -> bool:
        """Whether it has, or may have, an attribute of this name of its own."""
        return self.is_open or name in self.parameters or name in self.properties


@cache
def built_in_types() -> dict[str, NativeType]:
    """The types of Puppet 6 and of the modules that its packages bring along, by name."""
    text = Path(__file__).with_name("built_in_types.json").read_bytes()
    content = msgspec.json.decode(text, type=dict[str, dict[str, tuple[str, ...]]])
    return {
        name: NativeType(name, entry["parameters"], entry["properties"], entry["keys"])
        for name, entry in content.items()
    }
