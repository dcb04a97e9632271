"""The process that reads environments for the screens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, Session, open_session, read_model
from appo_tui.tui.app import AppoApp
from appo_tui.tui.workspaces.reader_process import NoAnswerError, ReaderProcess
from appo_tui.tui.workspaces.session_workspace import SessionWorkspace
from appo_tui.tui.workspaces.workspace import WorkspaceError

# Other tests have left idle threads in this process, which the program has not when it forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")

SAMPLES = Path(__file__).parent.parent.parent / "sample_modules"
ENDS_AT_ONCE = """
import os, sys
from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, open_session
from appo_tui.tui.workspaces.reader_process import ReaderProcess
ReaderProcess(open_session(GlobalOptions(environment=sys.argv[1]), Settings(), {}))
os._exit(0)
"""


def session_of(root: Path) -> Session:
    return open_session(GlobalOptions(environment=str(root)), Settings(), {})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small environment."""
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "site.pp").write_text("define one() { }\napplication app() { }\n")
    return tmp_path


@pytest.fixture
def unreadable(root: Path) -> Path:
    """An environment that takes for ever to read: nobody writes into its pipe."""
    os.mkfifo(root / "manifests" / "waits.pp")
    return root


@pytest.fixture
def started() -> Iterator[list[ReaderProcess]]:
    """The readers that a test has started, to be ended after it."""
    readers: list[ReaderProcess] = []
    yield readers
    for each in readers:
        each.end()


def reader_of(started: list[ReaderProcess], root: Path) -> ReaderProcess:
    started.append(ReaderProcess(session_of(root)))
    return started[-1]


def test_a_model_that_was_read_there_is_the_one_that_is_read_here(started: list[ReaderProcess]) -> None:
    model = reader_of(started, SAMPLES).read(session_of(SAMPLES))
    assert model == read_model(session_of(SAMPLES))
    assert model.components


def test_what_has_changed_is_read_again(started: list[ReaderProcess], root: Path) -> None:
    reader = reader_of(started, root)
    session = session_of(root)
    assert list(reader.read(session).applications) == ["App"]
    (root / "manifests" / "site.pp").write_text("application another() { }\n")
    assert list(reader.read(session).applications) == ["Another"]


def test_what_changes_wholly_again_and_again_arrives_each_time(
    started: list[ReaderProcess], root: Path
) -> None:
    reader = reader_of(started, root)
    session = session_of(root)
    for number in range(12):
        (root / "manifests" / "site.pp").write_text(
            "define one() { }\napplication app() { one { $name: } }\n"
            f"site {{ app {{ 'a{number}': nodes => {{ Node['n.test'] => One['a{number}'] }} }} }}\n"
        )
        model = reader.read(session)
        assert list(model.instances) == [f"App[a{number}]"]
        assert model == read_model(session)


def test_a_model_that_is_as_before_is_not_sent_again(started: list[ReaderProcess], root: Path) -> None:
    reader = reader_of(started, root)
    session = session_of(root)
    assert reader.read(session) is reader.read(session)


def test_another_environment_is_read_when_it_is_asked_for_first(
    started: list[ReaderProcess], root: Path
) -> None:
    reader = reader_of(started, root)
    assert "Lamp" in reader.read(session_of(SAMPLES)).applications
    assert list(reader.read(session_of(root)).applications) == ["App"]


def test_one_goes_from_an_environment_that_is_never_read_to_another(
    started: list[ReaderProcess], unreadable: Path
) -> None:
    workspace = SessionWorkspace(session_of(unreadable), reader_of(started, unreadable))
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(workspace.read_model)
        elsewhere = SessionWorkspace(session_of(SAMPLES), started[0])
        assert "Lamp" in elsewhere.read_model().applications
        workspace.leave()
        with pytest.raises(WorkspaceError):
            waiting.result(60)


def test_an_environment_that_cannot_be_read_is_told_of_in_its_own_words(
    started: list[ReaderProcess], root: Path
) -> None:
    session = replace(session_of(root), facts_file=root / "no facts.yaml")
    workspace = SessionWorkspace(session, reader_of(started, root))
    for _ in range(2):
        with pytest.raises(WorkspaceError, match=r"no facts\.yaml"):
            workspace.read_model()


def test_a_process_that_was_killed_is_done_without(started: list[ReaderProcess], root: Path) -> None:
    reader = reader_of(started, root)
    os.kill(reader.process, signal.SIGKILL)
    workspace = SessionWorkspace(session_of(root), reader)
    for _ in range(2):
        assert list(workspace.read_model().applications) == ["App"]
    with pytest.raises(NoAnswerError):
        reader.read(session_of(root))


def test_who_waits_for_a_model_waits_no_longer_when_the_program_is_left(
    started: list[ReaderProcess], unreadable: Path
) -> None:
    workspace = SessionWorkspace(session_of(unreadable), reader_of(started, unreadable))
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(workspace.read_model)
        workspace.leave()
        with pytest.raises(WorkspaceError, match="being left"):
            waiting.result(60)


async def test_a_program_that_is_quit_while_it_reads_ends(
    started: list[ReaderProcess], unreadable: Path
) -> None:
    app = AppoApp(SessionWorkspace(session_of(unreadable), reader_of(started, unreadable)))
    async with app.run_test() as pilot:
        await pilot.press("q", "y")
    assert app.return_value == 0


def test_it_ends_with_the_program_however_that_ends_and_whatever_it_waits_for(unreadable: Path) -> None:
    ended, open_in_both = os.pipe()
    words = [sys.executable, "-c", ENDS_AT_ONCE, str(unreadable)]
    subprocess.run(words, pass_fds=(open_in_both,), check=True, timeout=60)
    os.close(open_in_both)
    assert os.read(ended, 1) == b""
    os.close(ended)
