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


def command_error(error: Exception) -> CommandError | None:
    """Returns what a user is told of an error that has a user's words; None for a fault of the program."""
    from appo_tui.environment.faults import EnvironmentReadError
    from appo_tui.environment.settings import SettingsError
    from appo_tui.jobs import JobError, StoreError
    from appo_tui.plan import PlanError

    if isinstance(error, CommandError):
        return error
    if isinstance(error, EnvironmentReadError | SettingsError):
        return CommandError(str(error.args[0]), place=error.place, hint=error.hint)
    if isinstance(error, JobError | StoreError | PlanError):
        return CommandError(error.message, hint=error.hint)
    return None
