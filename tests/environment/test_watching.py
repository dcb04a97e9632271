from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from appo_tui.environment import watch

PATIENCE_SECONDS = 20.0
_TURN_SECONDS = 0.4


class Watched:
    """An environment that is watched, and what was noticed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.noticed: Queue[frozenset[Path]] = Queue()
        self.stop = Event()
        self._thread = Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        for changes in watch(self.root, self.stop):
            self.noticed.put(changes)

    def sees(self, file: Path) -> bool:
        """Whether a change of a file is noticed; it is written until it is: watching takes time to begin."""
        for number in range(60):
            file.write_text(f"# {number}\n")
            try:
                if file in self.noticed.get(timeout=_TURN_SECONDS):
                    return True
            except Empty:
                continue
        return False

    def end(self) -> None:
        self.stop.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    root = tmp_path / "production"
    (root / "modules").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "later").mkdir()
    (root / "environment.conf").write_text(f"modulepath = modules:{tmp_path / 'elsewhere'}\n")
    found = Watched(root)
    yield found
    found.end()


def test_a_change_of_the_environment_and_of_a_module_path_outside_it_is_noticed(watched: Watched) -> None:
    assert watched.sees(watched.root / "modules" / "a.pp")
    assert watched.sees(watched.root.parent / "elsewhere" / "b.pp")


def test_a_module_path_that_is_added_is_watched_from_then_on(watched: Watched) -> None:
    later = watched.root.parent / "later"
    assert watched.sees(watched.root / "modules" / "a.pp")
    (watched.root / "environment.conf").write_text(f"modulepath = modules:{later}\n")
    assert watched.noticed.get(timeout=PATIENCE_SECONDS)
    assert watched.sees(later / "c.pp")
