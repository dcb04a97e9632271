"""What is asked for before a job starts, and where it goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.access.host_keys import UnknownHostKey
from appo_tui.tui.credentials import Needed
from appo_tui.tui.dialogs.ask_secrets import AskSecrets
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven

NEEDED = Needed(("/home/anna/.ssh/id_ed25519",), run_as="root")


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
    workspace.needs = Needed(run_as="root")
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


KEYS = tuple(
    UnknownHostKey(
        certname=f"{name}.example.com", host=f"{name}.example.com", port=22, algorithm="ssh-ed25519",
        fingerprint=f"SHA256:{name}iDm5Fm1nTn5OJ6BfH1kDs6", known_hosts=Path("/home/anna/.ssh/known_hosts"),
        line=f"{name}.example.com ssh-ed25519 AAAA",
    )
    for name in ("db1", "web1")
)  # fmt: skip


async def test_unknown_host_keys_are_shown_and_added_before_the_secrets_are_asked_for(
    workspace: ActingWorkspace,
) -> None:
    workspace.needs = replace(NEEDED, host_keys=KEYS)
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("nodes in")
        await it.press("r", "y")
        await it.sees("2 host keys are not known yet")
        await it.sees(KEYS[0].fingerprint)
        await it.press("y", "a")
        await it.sees("Passphrase of")
        assert workspace.added_keys == list(KEYS)


async def test_leaving_the_host_keys_adds_none_and_starts_nothing(workspace: ActingWorkspace) -> None:
    workspace.needs = Needed(host_keys=KEYS)
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("nodes in")
        await it.press("r", "y")
        await it.sees("not known yet")
        await it.press("enter")
        await it.sees_no_more("not known yet")
    assert workspace.launched == []
    assert workspace.added_keys == []


async def test_a_test_of_the_connection_asks_about_host_keys_too(workspace: ActingWorkspace) -> None:
    workspace.unknown_keys = KEYS
    async with driven(workspace) as it:
        await it.press("5")
        await it.sees("name only")
        await it.press("x")
        await it.sees("A host key is not known yet")
        await it.press("a")
        await it.sees("it does not answer")
    assert workspace.added_keys == [KEYS[0]]


async def test_read_only_adds_no_host_key(workspace: ActingWorkspace) -> None:
    workspace.unknown_keys = KEYS
    workspace.session = replace(workspace.session, read_only=True)
    async with driven(workspace) as it:
        await it.press("5")
        await it.sees("name only")
        await it.press("x")
        await it.sees("it does not answer")
    assert workspace.added_keys == []


async def test_in_ascii_a_password_is_drawn_as_stars(workspace: ActingWorkspace) -> None:
    workspace.needs = NEEDED
    workspace.session = replace(workspace.session, ascii=True)
    async with driven(workspace) as it:
        await it.press("2")
        await it.sees("nodes in")
        await it.press("r", "y")
        await it.sees("Passphrase of")
        await it.press(*"qzxw")
        await it.sees("****")
        assert sorted({each for each in it.text() if not each.isascii()}) == []


def test_answers_go_where_their_questions_were() -> None:
    needed = Needed(("/k1", "/k2"), ("web1", "web2", "db1"), "root")
    assert "web1 and 2 more" in needed.questions[2]
    given = needed.credentials(("", "p2", "login", "sudo"))
    assert (given.passphrases, given.login_password, given.sudo_password) == ({"/k2": "p2"}, "login", "sudo")
