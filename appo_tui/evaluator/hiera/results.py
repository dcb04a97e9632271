"""What a lookup gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from appo_tui.environment.places import Place
from appo_tui.evaluator.values import Value


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a key, and where it stands.

    Attributes:
        value: as it is in the data, interpolated.
        place: file and line of the key; None where the data has no file.
        level: the name of the hierarchy's level.
    """

    value: Value
    place: Place | None
    level: str


@dataclass(frozen=True, slots=True)
class HieraResult:
    """The outcome of a lookup.

    Attributes:
        found: whether there is a value at all.
        value: the value, merged where several levels have one; None if not found.
        key: the key that was looked up.
        sources: where the value comes from, most significant first.
    """

    found: bool
    value: Value
    key: str
    sources: tuple[Found, ...] = field(default=())

    @property
    def place(self) -> Place | None:
        """File and line of the most significant value."""
        return next((one.place for one in self.sources if one.place is not None), None)
