from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest
import watchfiles

from appo_tui.environment import watch

PATIENCE_SECONDS = 60.0


class Watched:
    """An environment that is watched, and what was noticed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._noticed: Queue[frozenset[Path]] = Queue()
        self._stop = Event()
        self._thread = Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        for changes in watch(self.root, self._stop):
            self._noticed.put(changes)

    def begins(self) -> None:
        """Wait until the watching has begun, perhaps on other directories."""
        while self._noticed.get(timeout=PATIENCE_SECONDS):
            continue

    def sees(self, file: Path) -> bool:
        """Whether a change of a file, made once, is noticed."""
        file.write_text("# changed\n")
        try:
            while file not in self._noticed.get(timeout=PATIENCE_SECONDS):
                continue
        except Empty:
            return False
        return True

    def end(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "production"
    (root / "modules").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "later").mkdir()
    (root / "environment.conf").write_text(f"modulepath = modules:{tmp_path / 'elsewhere'}\n")
    return root


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    found = Watched(root)
    yield found
    found.end()


def test_a_change_of_the_environment_and_of_a_module_path_outside_it_is_noticed(watched: Watched) -> None:
    watched.begins()
    assert watched.sees(watched.root / "modules" / "a.pp")
    assert watched.sees(watched.root.parent / "elsewhere" / "b.pp")


def test_a_module_path_that_is_added_is_watched_from_then_on(watched: Watched) -> None:
    later = watched.root.parent / "later"
    new = watched.root.with_name("environment.conf")
    new.write_text(f"modulepath = modules:{later}\n")
    watched.begins()
    new.rename(watched.root / "environment.conf")  # at once: never seen half written
    watched.begins()
    assert watched.sees(later / "c.pp")


def test_an_environment_that_is_exchanged_for_another_is_watched_from_then_on(watched: Watched) -> None:
    new = watched.root.with_name("new")
    (new / "modules").mkdir(parents=True)
    watched.begins()
    watched.root.rename(watched.root.with_name("old"))
    new.rename(watched.root)
    watched.begins()
    assert watched.sees(watched.root / "modules" / "d.pp")


def test_files_are_looked_at_where_the_system_has_no_watch_left(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_limit = watchfiles.watch

    def limited(*paths: Path, force_polling: bool | None, **options: object) -> Iterator[object]:
        if not force_polling:
            raise OSError("OS file watch limit reached.")
        return with_limit(*paths, force_polling=True, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles, "watch", limited)
    watched = Watched(root)
    try:
        watched.begins()
        assert watched.sees(root / "modules" / "e.pp")
    finally:
        watched.end()
