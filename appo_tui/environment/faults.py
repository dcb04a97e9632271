"""What can't be done, in a user's words; and what keeps an environment from being read at all."""

from __future__ import annotations

from appo_tui.environment.places import Place


class AppoError(Exception):
    """What was asked for can't be done: the user is told this, and nothing else.

    Attributes:
        message: what is wrong.
        hint: what to do about it, or an empty string.
        place: the file, and line, that is to blame, if one is.
    """

    def __init__(self, message: str, hint: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place is not None else self.message
        return f"{text}\n{self.hint}" if self.hint else text


class EnvironmentReadError(AppoError):
    """An environment, an inventory, a facts file or a configuration that can't be used."""
