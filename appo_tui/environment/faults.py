"""What keeps an environment from being read at all."""

from __future__ import annotations

from appo_tui.environment.places import Place


class EnvironmentReadError(Exception):
    """An environment, a facts file or a configuration that can't be used.

    Attributes:
        message: what is wrong.
        place: where, or None.
        hint: what to do about it.
    """

    def __init__(self, message: str, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"
