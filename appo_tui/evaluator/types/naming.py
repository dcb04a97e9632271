"""Types by their names."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types import collections as groups
from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.aliases import BUILT_IN
from appo_tui.evaluator.types.kind import PuppetType

_PLAIN: tuple[PuppetType, ...] = (
    scalars.Any(), scalars.Undef(), scalars.Default(), scalars.Scalar(), scalars.ScalarData(),
    scalars.Numeric(), scalars.Boolean(), scalars.Integer(), scalars.Float(), scalars.String(),
    scalars.Enum(), scalars.Pattern(), scalars.Regexp(), scalars.SemVer(), scalars.SemVerRange(),
    scalars.Timestamp(), scalars.Timespan(), scalars.Binary(), scalars.URI(), scalars.Error(),
    scalars.Runtime(), groups.Collection(), groups.Iterable(), groups.Iterator(), groups.Array(),
    groups.Hash(), groups.Tuple(), groups.Struct(), compounds.Variant(), compounds.Optional(),
    compounds.NotUndef(), compounds.Sensitive(), compounds.Type(), compounds.Init(), compounds.Callable(),
    compounds.TypeReference(), compounds.Object(), compounds.TypeSet(), compounds.CatalogEntry(),
    compounds.ClassType(), compounds.ResourceType(),
)  # fmt: skip
_NAMED: Final[dict[str, PuppetType]] = {
    **{one.keyword.lower(): one for one in _PLAIN},
    **{name.lower(): alias for name, alias in BUILT_IN.items()},
}


def named_type(name: str) -> PuppetType | None:
    """The type of the type system called ``name``, in any case and with leading colons or not.

    Returns:
        ``Integer`` for "Integer", ``Data`` for "Data"; None for anything else, resource types too.
    """
    return _NAMED.get(name.removeprefix("::").lower())


def capitalized(name: str) -> str:
    """``lamp::db`` as references write it, ``Lamp::Db``; a name that starts with a capital stays as it is."""
    if name[:1].isupper():
        return name
    return "::".join(segment.capitalize() for segment in name.split("::"))
