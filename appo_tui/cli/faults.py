"""What ends a command early, as the one line that its user gets."""

from __future__ import annotations

from appo_tui.environment.places import Place


class CommandError(Exception):
    """The command can't be carried out: exit code 2.

    Attributes:
        place: the file, and line, that is to blame, if one is.
        hint: what to do about it.
    """

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        text = str(self.args[0])
        if self.place is not None:
            text = f"{self.place}: {text}"
        return f"{text} ({self.hint})" if self.hint else text
