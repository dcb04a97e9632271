"""The app: it holds what all screens look at, and takes the user from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import SystemCommand
from textual.screen import Screen

from appo_tui.jobs.states import NodeState
from appo_tui.tui.actions import actions_of
from appo_tui.tui.command_line import commands, run_command
from appo_tui.tui.environment_app import EnvironmentApp
from appo_tui.tui.remembered import Remembered
from appo_tui.tui.screens.applications import ApplicationsScreen
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.scroll_bars import use_scroll_bars
from appo_tui.tui.workspaces.workspace import Workspace, WorkspaceError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from appo_tui.environment.places import Place
    from appo_tui.plan.entities import Target
    from appo_tui.tui.selection import Selection

_PLACES = ("plan", "job", "history", "nodes")
"""Where one may find oneself again at the next start."""

_SHORT = 16
"""Rows below which dialogs do without empty lines."""


class AppoApp(EnvironmentApp):
    """The terminal user interface of `appo`."""

    TITLE = "appo"
    # Textual reads the style sheet of a screen when it is pushed, and the first one never is.
    CSS_PATH = ["app.tcss", "screens/applications.tcss"]  # noqa: RUF012 (the type of it is Textual's)
    ENABLE_COMMAND_PALETTE = True
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_SHORT, "-tall")]  # noqa: RUF012 (the type of it is Textual's)

    def __init__(self, workspace: Workspace, remembered: Remembered | None = None) -> None:
        super().__init__(workspace)
        self.remembered = remembered or Remembered()
        self.last_job: int | None = None
        self.set_keymap(dict(self.settings.keys))

    def get_default_screen(self) -> Screen[None]:
        """The first screen."""
        return ApplicationsScreen()

    def on_mount(self) -> None:
        """Begin to read."""
        self._choose_theme()
        use_scroll_bars(ascii_only=self.workspace.session.ascii)
        if self.workspace.session.ascii:
            self.add_class("ascii")
        self.read_model()
        place = self.remembered.places.get(str(self.workspace.session.root), "")
        if place.partition(" ")[0] in _PLACES:
            self._return_to(place)

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Leave, and remember where one was."""
        screens = [each for each in self.screen_stack if isinstance(each, PanedScreen)]
        for screen in screens:
            screen.remember()
        commands = [each.command() for each in screens if each.command()]
        if commands:
            self.remembered.leave(self.workspace.session.root, commands[-1])
        super().exit(result, return_code, message)

    @work(thread=True, group="place", exit_on_error=False)
    def _return_to(self, command: str) -> None:
        word, _, number = command.partition(" ")
        if word == "job":
            try:
                self.workspace.job(int(number))
            except (WorkspaceError, ValueError):
                return  # it was pruned, or its store is another one now
        self.call_from_thread(self.run_command, command)

    def on_key(self, event: events.Key) -> None:
        """A key that comes here has not been taken: it may have been meant for the prompt."""
        screen = self.screen
        if isinstance(screen, PanedScreen) and (screen.take_stray_key(event) or screen.refuses(event.key)):
            event.stop()
            event.prevent_default()

    def states_changed(self, states: Mapping[str, NodeState]) -> None:
        """A job that is looked at has come on."""
        self.job_states = states

    # Going from screen to screen.

    def open_screen(self, screen: PanedScreen) -> None:
        """Show a screen above the first one, in the place of what is there."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(screen)

    def action_go(self, name: str) -> None:
        """Show one of the numbered screens."""
        if name == "applications":
            while len(self.screen_stack) > 1:
                self.pop_screen()
            if isinstance(self.screen, PanedScreen):
                self.screen.show_pane("tree")
        elif name == "plan":
            from appo_tui.plan.entities import Target

            self.open_plan(Target("all"))
        elif name == "job":
            if self.last_job is None:
                self.notify("No job has been looked at yet: 4 shows all jobs.")
            else:
                self.open_job(self.last_job)
        elif name == "history":
            from appo_tui.tui.screens.history import HistoryScreen

            self.open_screen(HistoryScreen())
        elif name == "nodes":
            from appo_tui.tui.screens.nodes import NodesScreen

            self.open_screen(NodesScreen())

    def open_plan(self, target: Target) -> None:
        """Show the plan of a target."""
        from appo_tui.tui.screens.plan import PlanScreen

        self.open_screen(PlanScreen(target))

    def open_job(self, number: int) -> None:
        """Show a job."""
        from appo_tui.tui.screens.job import JobScreen

        self.last_job = number
        self.push_screen(JobScreen(number))

    def reveal(self, target: Selection) -> None:
        """Go to a thing in the tree of applications."""
        self.action_go("applications")
        screen = self.screen
        if isinstance(screen, ApplicationsScreen):
            screen.follow(target)

    def run_command(self, text: str) -> None:
        """Do what was typed behind ``:``."""
        run_command(self, text)

    def commands(self) -> list[str]:
        """What may be typed behind ``:``."""
        return commands(self)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that the screen has, themes, and leaving; nothing of Textual's own."""
        if isinstance(screen, PanedScreen):
            for action in actions_of(*screen.PLACES):
                if action.where not in ("list", "canvas", "log", "tree"):
                    yield SystemCommand(
                        action.name, action.help, lambda action=action: screen.run_named(action)
                    )
        for name in self.theme_names():
            yield SystemCommand(f"theme {name}", "Draw with this theme.", partial(self.use_theme, name))
        yield SystemCommand("quit", "Leave the program; jobs that run go on.", partial(self.exit, 0))

    def offer_command(self, command: str) -> None:
        """Give the user a command to type elsewhere; an empty one has been carried out already."""
        if command:
            self.copy_to_clipboard(command)
            self.notify(f"In another terminal:\n{command}\n(sent to this terminal's clipboard)", timeout=10)

    # The editor, and themes.

    def edit(self, place: Place | None) -> None:
        """Open the user's editor at a place, and read the environment again when it comes back."""
        from appo_tui.tui.editor import editor_command, run_editor

        if place is None:
            self.notify("There is no source for this.")
            return
        if self.workspace.session.read_only:
            self.notify("Nothing is edited with --read-only.", severity="warning")
            return
        file = Path(place.file)
        path = file if file.is_absolute() else self.workspace.session.root / file
        if self.is_web:
            self.notify(f"There is no editor in a browser: it is {path}, line {place.line}.")
            return
        command = editor_command(path, place.line)
        with self.suspend():
            failure = run_editor(command)
        self.refresh()
        if failure:
            self.notify(failure, severity="error")
        self.read_model()

    def theme_names(self) -> list[str]:
        """The themes that one goes through; those of the terminal's own palette are only taken by name."""
        return [name for name in self.available_themes if not name.startswith("ansi")]

    def next_theme(self) -> None:
        """The theme after the present one."""
        names = self.theme_names()
        place = names.index(self.theme) if self.theme in names else -1
        self.use_theme(names[(place + 1) % len(names)])
        self.notify(f"Theme: {self.theme}", timeout=2)

    def use_theme(self, name: str) -> None:
        """Take a theme, now and at the next start."""
        self._set_theme(name)
        self.remembered.theme = self.theme

    def _choose_theme(self) -> None:
        from appo_tui.tui.themes import THEMES

        for theme in THEMES:
            self.register_theme(theme)
        self._set_theme(self.settings.theme or self.remembered.theme or "appo-dark")

    def _set_theme(self, name: str) -> None:
        if name not in self.available_themes:
            self.notify(f"There is no theme {name}.", severity="warning")
            return
        # Without colours, Textual draws the terminal's own palette as black on black.
        self.theme = "appo-dark" if self.no_color and name.startswith("ansi") else name
