"""What every Puppet type is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PuppetType:
    """A type of Puppet's type system, or a reference, which is one too.

    Types are equal when they say the same; ``str`` prints one as Puppet does.

    Attributes:
        keyword: the name that Puppet's error messages give to types of this kind.
    """

    keyword: ClassVar[str] = "Any"

    @property
    def short_name(self) -> str:
        """The name in messages that leave out a type's parameters."""
        return self.keyword

    def __str__(self) -> str:
        from appo_tui.evaluator.types.printing import type_to_string  # it needs this module itself

        return type_to_string(self)


@dataclass(frozen=True, slots=True)
class Containing(PuppetType):
    """A type with at most one type in it, as ``Optional[String]``; None stands for no parameter."""

    contained: PuppetType | None = None

    @property
    def short_name(self) -> str:
        """The name with the contained type's name, as Puppet's messages have it for these types."""
        if self.contained is None or self.contained.keyword == "Any":
            return self.keyword
        return f"{self.keyword}[{self.contained.bare_name}]" if isinstance(
            self.contained, Containing
        ) else f"{self.keyword}[{self.contained.short_name}]"

    @property
    def bare_name(self) -> str:
        """The name without the contained type."""
        return self.keyword
