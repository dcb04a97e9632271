"""What is remembered from one start to the next: how the user likes it, and where they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

Kept: TypeAlias = dict[str, int]
"""What a widget keeps, by names of its own; yes and no are 1 and 0."""

_MOST_ENVIRONMENTS = 50


@dataclass(slots=True)
class Remembered:
    """It changes while the program runs, and is written when it ends.

    Attributes:
        theme: its name, empty for the usual one.
        sides: the side pane of each screen, by the screen's class.
        shares: how many hundredths of the width the main pane has, by the screen's class.
        panes: what panes keep, such as the order of a table, by the screen's class and the pane.
        filters: by an environment's directory, and then by the screen's class, what its list is filtered by.
        places: where one was in each environment, by its directory: a command that leads there.
    """

    theme: str = ""
    sides: dict[str, str] = field(default_factory=dict)
    shares: dict[str, int] = field(default_factory=dict)
    panes: dict[str, Kept] = field(default_factory=dict)
    filters: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def leave(self, root: Path, command: str) -> None:
        """Note where one was in an environment; what was noted of it before goes to the end."""
        self.places.pop(str(root), None)
        self.places[str(root)] = command
        for oldest in list(self.places)[:-_MOST_ENVIRONMENTS]:
            del self.places[oldest]
            self.filters.pop(oldest, None)

    def filter(self, root: Path, screen: str, text: str) -> None:
        """Note what a screen of an environment is filtered by; an empty text for nothing."""
        kept = {name: each for name, each in self.filters.pop(str(root), {}).items() if name != screen}
        if text:
            kept[screen] = text
        if kept:
            self.filters[str(root)] = kept


def remembered_path() -> Path:
    """Where it is kept."""
    from platformdirs import user_state_path

    return user_state_path("appo-tui") / "tui.json"


def read_remembered(path: Path) -> Remembered:
    """What was remembered; nothing where the file is missing, and no part that is not one of ours."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Remembered()
    if not isinstance(found, dict):
        return Remembered()
    theme = found.get("theme")
    return Remembered(
        theme=theme if isinstance(theme, str) else "",
        sides=_of_type(found.get("sides"), str),
        shares=_of_type(found.get("shares"), int),
        panes={name: _of_type(kept, int) for name, kept in _of_type(found.get("panes"), dict).items()},
        filters={root: _of_type(kept, str) for root, kept in _of_type(found.get("filters"), dict).items()},
        places=_of_type(found.get("places"), str),
    )


def write_remembered(path: Path, remembered: Remembered) -> None:
    """Keep it; what can't be written is forgotten, for nobody's work depends on it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(remembered)), encoding="utf-8")
        new.replace(path)
    except OSError:
        return


def _of_type(found: object, kind: type) -> dict[str, Any]:
    if not isinstance(found, Mapping):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, kind)}
