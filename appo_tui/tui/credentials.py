"""What a user is asked for before nodes are connected to: a job that was started never asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appo_tui.jobs.access.credentials import Credentials

if TYPE_CHECKING:
    from appo_tui.jobs.access.host_keys import UnknownHostKey
    from appo_tui.tui.app import AppoApp


@dataclass(frozen=True, slots=True)
class Needed:
    """What a job may need.

    Attributes:
        key_files: private keys with a passphrase.
        without_login: nodes for which there is no key, so that a password must log in.
        run_as: the user that sudo makes of the login's, empty where sudo is not used; whether it asks for a
            password is known to the nodes only.
        host_keys: keys of nodes that nobody has vouched for.
    """

    key_files: tuple[str, ...] = ()
    without_login: tuple[str, ...] = ()
    run_as: str = ""
    host_keys: tuple[UnknownHostKey, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """One for each secret."""
        login = f"Password to log in on {_some(self.without_login)} (there is no key for it)"
        sudo = f"Password for sudo to {self.run_as} on the nodes (empty if it asks for none)"
        return (
            *(f"Passphrase of {file}" for file in self.key_files),
            *((login,) if self.without_login else ()),
            *((sudo,) if self.run_as else ()),
        )

    def credentials(self, answers: tuple[str, ...]) -> Credentials:
        """The answers, in the order of the questions; what was left empty is not given."""
        left = iter(answers)
        given = {file: next(left, "") for file in self.key_files}
        return Credentials(
            passphrases={file: text for file, text in given.items() if text},
            login_password=next(left, "") if self.without_login else "",
            sudo_password=(next(left, "") or None) if self.run_as else None,
        )


def with_credentials(
    app: AppoApp, find: Callable[[], Needed], start: Callable[[Credentials], object]
) -> None:
    """Find in a thread what is needed, ask for it if there is anything, and start unless the user leaves."""

    def look() -> None:
        with app.telling("The job could not be started"):
            app.call_from_thread(_settle, app, find(), start)

    app.run_worker(look, thread=True, exclusive=True, group="credentials", exit_on_error=False)


def with_host_keys(app: AppoApp, certnames: Sequence[str], go_on: Callable[[], object]) -> None:
    """Ask about host keys of nodes that are not known yet, and go on unless the user leaves."""

    def look() -> None:
        with app.telling("The nodes' host keys can't be told"):
            keys = () if app.workspace.session.read_only else app.workspace.unknown_host_keys(certnames)
            app.call_from_thread(_vouch, app, keys, go_on)

    app.run_worker(look, thread=True, exclusive=True, group="credentials", exit_on_error=False)


def _settle(app: AppoApp, needed: Needed, start: Callable[[Credentials], object]) -> None:
    _vouch(app, needed.host_keys, lambda: _ask(app, needed, start))


def _vouch(app: AppoApp, keys: Sequence[UnknownHostKey], go_on: Callable[[], object]) -> None:
    if not keys:
        go_on()
        return
    from appo_tui.tui.dialogs.accept_host_keys import AcceptHostKeys

    def add() -> None:
        with app.telling("The host keys could not be added"):
            app.workspace.add_host_keys(keys)
            app.call_from_thread(go_on)

    def answered(answer: bool | None) -> None:  # noqa: FBT001 (the dialog's answer)
        if answer:
            app.run_worker(add, thread=True, group="credentials", exit_on_error=False)

    app.push_screen(AcceptHostKeys(keys), answered)


def _ask(app: AppoApp, needed: Needed, start: Callable[[Credentials], object]) -> None:
    if not needed.questions:
        start(Credentials())
        return
    from appo_tui.tui.dialogs.ask_secrets import AskSecrets

    def answered(answers: tuple[str, ...] | None) -> None:
        if answers is not None:
            start(needed.credentials(answers))

    ascii_only = app.workspace.session.ascii
    title = "Before the job starts"
    app.push_screen(AskSecrets(title, needed.questions, verb="start", ascii_only=ascii_only), answered)


def _some(certnames: Sequence[str]) -> str:
    """The first of the names, and how many others there are."""
    if len(certnames) < 2:
        return "".join(certnames)
    return f"{certnames[0]} and {len(certnames) - 1} more"
