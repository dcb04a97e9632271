"""What is remembered from one start to the next: the theme, and the side pane of each screen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Remembered:
    """It changes while the program runs, and is written when it ends. ``sides`` is by screen's class."""

    theme: str = ""
    sides: dict[str, str] = field(default_factory=dict)


def remembered_path() -> Path:
    """Where it is kept."""
    from platformdirs import user_state_path

    return user_state_path("appo-tui") / "tui.json"


def read_remembered(path: Path) -> Remembered:
    """What was remembered; nothing where the file is missing or is not one of ours."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        theme, sides = found["theme"], found["sides"]
    except (OSError, ValueError, KeyError, TypeError):
        return Remembered()
    if not isinstance(theme, str) or not isinstance(sides, dict):
        return Remembered()
    return Remembered(theme, {str(screen): str(pane) for screen, pane in sides.items()})


def write_remembered(path: Path, remembered: Remembered) -> None:
    """Keep it; what can't be written is forgotten, for nobody's work depends on it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(remembered)), encoding="utf-8")
    except OSError:
        return
