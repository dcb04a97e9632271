"""What is asked for before a job starts, and where it goes."""

from __future__ import annotations

from appo_tui.jobs.credentials import Credentials
from appo_tui.tui.credentials import Needed
from appo_tui.tui.dialogs.ask_secrets import AskSecrets
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven

NEEDED = Needed(("/home/anna/.ssh/id_ed25519",), "root")


async def test_a_launch_asks_for_passphrase_and_sudo_password_and_draws_neither(
    workspace: ActingWorkspace,
) -> None:
    workspace.needs = NEEDED
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("nodes in")
        await it.press("r", "y")
        await it.sees("Passphrase of /home/anna/.ssh/id_ed25519")
        await it.press(*"qzxw", "enter", *"vkj")
        assert "qzxw" not in it.text()
        assert "vkj" not in it.text()
        await it.press("enter")
        await it.until(lambda: len(workspace.launched) == 1, "the launch")
    assert workspace.credentials[0].passphrases == {"/home/anna/.ssh/id_ed25519": "qzxw"}
    assert workspace.credentials[0].sudo_password == "vkj"


async def test_leaving_the_questions_starts_nothing(workspace: ActingWorkspace) -> None:
    workspace.needs = NEEDED
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("nodes in")
        await it.press("r", "y")
        await it.until(lambda: isinstance(it.app.screen, AskSecrets), "the questions")
        await it.press("escape")
        await it.sees_no_more("Before the job starts")
    assert workspace.launched == []


async def test_a_retry_asks_too(workspace: ActingWorkspace) -> None:
    workspace.needs = Needed((), "root")
    async with driven(workspace) as it:
        it.app.open_job(2)
        await it.sees("job 2")
        await it.until(lambda: getattr(it.app.screen, "progress", None) is not None, "the job")
        await it.press("r", "y")
        await it.sees("Password for sudo to root")
        await it.press("enter")
        await it.until(lambda: len(workspace.launched) == 1, "the retry")
    assert workspace.credentials[0].sudo_password is None


def test_nothing_is_asked_for_where_nothing_is_needed() -> None:
    assert Needed().questions == ()
    assert Needed().credentials(()) == Credentials()
