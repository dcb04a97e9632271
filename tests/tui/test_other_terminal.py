"""A job followed in another terminal."""

from __future__ import annotations

from pathlib import Path

from appo_tui.session import GlobalOptions, Session
from appo_tui.tui.other_terminal import attach_words, open_window, window_command
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven


def session(given: GlobalOptions, *, simulated: bool = False) -> Session:
    return Session(root=Path("/x"), environment="x", given=given, simulated=simulated)


def test_the_same_store_is_looked_at() -> None:
    assert attach_words(session(GlobalOptions()), 3) == ["job", "attach", "3"]
    given = GlobalOptions(store="sqlite:////x", config=Path("/c"))
    assert attach_words(session(given), 3)[3:] == ["--config=/c", "--store=sqlite:////x"]
    assert attach_words(session(GlobalOptions(), simulated=True), 3)[0] == "demo"


def test_in_tmux_it_is_a_window_with_the_same_directories() -> None:
    command = window_command("job 3", ["job", "attach", "3"], {"TMUX": "x", "XDG_STATE_HOME": "/a b"})
    assert command is not None
    assert command[:6] == ["tmux", "new-window", "-n", "job 3", "-e", "XDG_STATE_HOME=/a b"]
    assert " -m appo_tui job attach 3; " in command[6]


def test_in_screen_it_is_a_window_too() -> None:
    command = window_command("job 3", ["job", "attach", "3"], {"STY": "x"})
    assert command is not None
    assert command[:4] == ["screen", "-t", "job 3", "env"]


def test_elsewhere_there_is_no_window_to_open() -> None:
    assert window_command("job 3", [], {}) is None


def test_what_goes_wrong_is_told() -> None:
    assert open_window(["true"]) == ""
    assert "No such file" in open_window(["/nowhere/tmux"])
    assert open_window(["sh", "-c", "echo no server >&2; exit 1"]) == "no server"


async def test_without_a_multiplexer_the_command_is_given(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        it.app.open_job(2)
        await it.sees("job 2")
        await it.press("A")
        await it.sees("appo job attach 2")
