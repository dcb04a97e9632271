"""The aliases that Puppet itself brings."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types import compounds, scalars
from appo_tui.evaluator.types.collections import Array, Hash
from appo_tui.evaluator.types.compounds import TypeAlias, Variant
from appo_tui.evaluator.types.kind import PuppetType


def _data() -> PuppetType:
    return Variant((scalars.ScalarData(), scalars.Undef(), Hash(scalars.String(), DATA), Array(DATA)))


def _rich_data_key() -> PuppetType:
    return Variant((scalars.String(), scalars.Numeric()))


def _rich_data() -> PuppetType:
    return Variant(
        (
            scalars.Scalar(),
            scalars.SemVerRange(),
            scalars.Binary(),
            compounds.Sensitive(),
            compounds.Type(),
            compounds.TypeSet(),
            scalars.URI(),
            compounds.Object(),
            scalars.Undef(),
            scalars.Default(),
            Hash(RICH_DATA_KEY, RICH_DATA),
            Array(RICH_DATA),
        )
    )


DATA: Final = TypeAlias("Data", _data)
RICH_DATA_KEY: Final = TypeAlias("RichDataKey", _rich_data_key)
RICH_DATA: Final = TypeAlias("RichData", _rich_data)
LOOKUP_KEY: Final = TypeAlias("Puppet::LookupKey", lambda: RICH_DATA_KEY)
LOOKUP_VALUE: Final = TypeAlias("Puppet::LookupValue", lambda: RICH_DATA)
BUILT_IN: Final = {one.name: one for one in (DATA, RICH_DATA_KEY, RICH_DATA, LOOKUP_KEY, LOOKUP_VALUE)}
