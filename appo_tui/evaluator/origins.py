"""Where a value came from."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from appo_tui.environment.places import Place


class OriginKind(StrEnum):
    """The ways in which a parameter or an attribute gets its value."""

    GIVEN = "given"  # written in the declaration, or in an override
    RESOURCE_DEFAULT = "resource default"
    PARAMETER_DEFAULT = "default"
    CONSUMED = "consumed"  # from a service resource
    HIERA = "hiera"
    MAPPING = "mapping"  # an expression of a produces or consumes mapping
    SAME_NAME = "same name"  # the component's parameter of the attribute's name
    TOP_SCOPE = "top scope"
    FACT = "fact"


class Origin(msgspec.Struct, frozen=True):
    """One step of a value's way.

    Attributes:
        kind: how the value came here.
        place: the expression, mapping, default or hiera key; None for a fact.
        source: what ``kind`` refers to: a service resource's reference, a hiera key, a fact's name.
        through: the step before this one, as a consumed value's origin at its producer.
    """

    kind: OriginKind
    place: Place | None = None
    source: str | None = None
    through: Origin | None = None
