"""What is typed behind ``:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.plan.entities import Target
from appo_tui.tui.actions import ACTIONS, action_named
from appo_tui.tui.screens.paned import PanedScreen

if TYPE_CHECKING:
    from appo_tui.tui.app import AppoApp

_QUITTING = ("quit", "q!", "qa", "exit")


def run_command(app: AppoApp, text: str) -> None:
    """Do what was typed."""
    word, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if not word:
        return
    if word in _QUITTING:
        app.exit(0)
    elif word.isdigit():
        app.open_job(int(word))
    elif rest and word in _WITH_WORDS:
        _WITH_WORDS[word](app, rest)
    else:
        _do(app, word)


def commands(app: AppoApp) -> list[str]:
    """What may be typed: completion offers it."""
    instances = [f"plan {name}" for name in app.model.instances] if app.model else []
    return [
        *dict.fromkeys(each.command for each in ACTIONS if each.command),
        "quit",
        *(f"environment {name}" for name in app.environments),
        *instances,
        *(f"theme {name}" for name in app.available_themes),
    ]


def _do(app: AppoApp, word: str) -> None:
    names = sorted({each.command for each in ACTIONS if each.command})
    begun = [word] if word in names else [name for name in names if name.startswith(word)]
    action = action_named(begun[0]) if len(begun) == 1 else None
    screen = app.screen
    if action is not None and isinstance(screen, PanedScreen):
        screen.run_named(action)
    elif begun:
        app.notify(f"{word} may be {' or '.join(begun)}.", severity="warning")
    else:
        app.notify(f"There is no command {word}. There are: {', '.join(names)}, quit.", severity="warning")


def _plan(app: AppoApp, name: str) -> None:
    if name == "all":
        app.open_plan(Target("all"))
    elif "[" in name:
        app.open_plan(Target("instance", (name,)))
    elif app.model is not None and name in app.model.nodes:
        app.open_plan(Target("nodes", (name,)))
    else:
        app.open_plan(Target("application", (name,)))


def _job(app: AppoApp, number: str) -> None:
    if number.isdigit():
        app.open_job(int(number))
    else:
        app.notify(f"{number} is no job's number: 4 shows all jobs.", severity="warning")


def _theme(app: AppoApp, name: str) -> None:
    app.use_theme(name)


def _environment(app: AppoApp, name: str) -> None:
    app.open_environment(name)


_WITH_WORDS = {"plan": _plan, "job": _job, "theme": _theme, "environment": _environment}
"""Commands that take words."""
