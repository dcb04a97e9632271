"""What a user is asked for before a job starts: a job that was started never asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appo_tui.jobs.credentials import Credentials

if TYPE_CHECKING:
    from appo_tui.tui.app import AppoApp


@dataclass(frozen=True, slots=True)
class Needed:
    """What a job may need: private key files with a passphrase, and the user that sudo makes of the login's.

    ``run_as`` is empty where sudo is not used; where it is, whether it asks is known to the nodes only.
    """

    key_files: tuple[str, ...] = ()
    run_as: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """One for each secret."""
        sudo = f"Password for sudo to {self.run_as} on the nodes (empty if it asks for none)"
        return (*(f"Passphrase of {file}" for file in self.key_files), *((sudo,) if self.run_as else ()))

    def credentials(self, answers: tuple[str, ...]) -> Credentials:
        """The answers, in the order of the questions; what was left empty is not given."""
        passphrases = {file: text for file, text in zip(self.key_files, answers, strict=False) if text}
        password = answers[-1] if self.run_as else ""
        return Credentials(passphrases=passphrases, sudo_password=password or None)


def with_credentials(
    app: AppoApp, find: Callable[[], Needed], start: Callable[[Credentials], object]
) -> None:
    """Find in a thread what is needed, ask for it if there is anything, and start unless the user leaves."""

    def look() -> None:
        with app.telling("The job could not be started"):
            app.call_from_thread(_ask, app, find(), start)

    app.run_worker(look, thread=True, exclusive=True, group="credentials", exit_on_error=False)


def _ask(app: AppoApp, needed: Needed, start: Callable[[Credentials], object]) -> None:
    if not needed.questions:
        start(Credentials())
        return
    from appo_tui.tui.dialogs.ask_secrets import AskSecrets

    def answered(answers: tuple[str, ...] | None) -> None:
        if answers is not None:
            start(needed.credentials(answers))

    app.push_screen(AskSecrets("Before the job starts", needed.questions, verb="start"), answered)
