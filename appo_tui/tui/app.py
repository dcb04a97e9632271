"""The app: it holds what all screens look at, and takes the user from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import time
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import App, SystemCommand
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from appo_tui.jobs.states import NodeState
from appo_tui.model.entities import Model
from appo_tui.tui.actions import ACTIONS, action_named, actions_of
from appo_tui.tui.glyphs import ASCII, UNICODE, Glyphs
from appo_tui.tui.remembered import Remembered
from appo_tui.tui.screens.applications import ApplicationsScreen
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.text import printable
from appo_tui.tui.workspace import Workspace, WorkspaceError

if TYPE_CHECKING:
    from appo_tui.environment.places import Place
    from appo_tui.plan.entities import Target
    from appo_tui.tui.selection import Selection


_WATCH_AFTER_SECONDS = 0.5
"""When files begin to be watched: after the first screen is there."""


class AppoApp(App[int]):
    """The terminal user interface of `appo`."""

    TITLE = "appo"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True

    class ModelRead(Message):
        """A worker has read the environment."""

        def __init__(self, model: Model) -> None:
            super().__init__()
            self.model = model

    class ModelFailed(Message):
        """A worker could not read the environment."""

        def __init__(self, fault: str) -> None:
            super().__init__()
            self.fault = fault

    class Failed(Message):
        """A worker could not do what it was asked for."""

        def __init__(self, title: str, text: str) -> None:
            super().__init__()
            self.title = title
            self.text = text

    class Done(Message):
        """A worker has done what it was asked for."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, workspace: Workspace, remembered: Remembered | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings = workspace.session.settings
        self.remembered = remembered or Remembered()
        self.glyphs: Glyphs = ASCII if workspace.session.ascii else UNICODE
        self.model: Model | None = None
        self.model_fault = ""
        """Why there is no model, as far as is known."""
        self.job_states: Mapping[str, NodeState] = {}
        self.last_job: int | None = None
        self.marked_nodes: frozenset[str] = frozenset()
        self._closing_down = Event()
        self.now: Callable[[], float] = time
        """The clock, in seconds since the epoch."""
        self.set_keymap(dict(self.settings.keys))

    def get_default_screen(self) -> Screen[None]:
        """The first screen."""
        return ApplicationsScreen()

    def on_mount(self) -> None:
        """Begin to read."""
        self._choose_theme()
        if self.workspace.session.ascii:
            self.add_class("ascii")
        self.read_model()
        self.set_timer(_WATCH_AFTER_SECONDS, self._watch)

    def on_key(self, event: events.Key) -> None:
        """A key that comes here has not been taken: it may have been meant for the prompt."""
        screen = self.screen
        if isinstance(screen, PanedScreen) and (screen.take_stray_key(event) or screen.refuses(event.key)):
            event.stop()
            event.prevent_default()

    def on_unmount(self) -> None:
        """End what waits in threads."""
        self._closing_down.set()

    # Reading.

    @work(thread=True, exclusive=True, group="model", exit_on_error=False)
    def read_model(self) -> None:
        """Read the environment, in a thread."""
        worker = get_current_worker()
        try:
            model = self.workspace.read_model()
        except WorkspaceError as error:
            self.post_message(self.ModelFailed(str(error)))
        except Exception as error:
            # Whatever it was, the screen must not go on saying that it reads.
            self.post_message(self.ModelFailed(f"A fault in appo: {type(error).__name__}: {error}"))
            raise
        else:
            if not worker.is_cancelled:
                self.post_message(self.ModelRead(model))

    @contextmanager
    def telling(self, title: str) -> Iterator[None]:
        """For workers: what fails inside is told to the user under this title."""
        try:
            yield
        except WorkspaceError as error:
            self.post_message(self.Failed(title, str(error)))

    @work(thread=True, exclusive=True, group="watch", exit_on_error=False)
    def _watch(self) -> None:
        for _ in self.workspace.changes(self._closing_down):
            if self._closing_down.is_set():
                return
            self.call_from_thread(self.read_model)

    def on_appo_app_model_read(self, event: ModelRead) -> None:
        """Every screen shows the model that there is now."""
        first = self.model is None
        self.model_fault = ""
        if self.model is not None and self.model.digest == event.model.digest:
            self.model = event.model
            return
        self.model = event.model
        if not first:
            self.notify("The environment was read again: its files have changed.")
        for screen in self.screen_stack:
            if isinstance(screen, PanedScreen):
                screen.model_changed()

    def on_appo_app_model_failed(self, event: ModelFailed) -> None:
        """What was read before stays; without it, the screens say what is wrong."""
        self.model_fault = event.fault
        if self.model is not None:
            self.notify(event.fault, title="The environment can't be read", severity="error", timeout=10)
        for screen in self.screen_stack:
            if isinstance(screen, PanedScreen):
                screen.model_changed()

    def on_appo_app_failed(self, event: Failed) -> None:
        """Say what failed, and what to do."""
        self.notify(event.text, title=event.title, severity="error", timeout=10)

    def on_appo_app_done(self, event: Done) -> None:
        """Say so."""
        self.notify(event.text)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that broke is a fault of this program: say so, and go on."""
        if event.state is WorkerState.ERROR:
            fault = event.worker.error
            self.post_message(self.Failed("A fault in appo", f"{type(fault).__name__}: {fault}"))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 (nothing that is said here is markup)
    ) -> None:
        """Say something; the text may be from anywhere."""
        lines = "\n".join(printable(each) for each in message.splitlines())
        super().notify(lines, title=printable(title), severity=severity, timeout=timeout, markup=False)

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
        word, _, rest = text.strip().partition(" ")
        if not word:
            return
        if word in ("quit", "q!", "qa", "exit"):
            self.exit(0)
            return
        if word == "theme" and rest:
            self._set_theme(rest.strip())
            self.remembered.theme = self.theme
            return
        if word.isdigit():
            self.open_job(int(word))
            return
        if word == "job" and rest.strip().isdigit():
            self.open_job(int(rest))
            return
        if word == "plan" and rest:
            self._plan_named(rest.strip())
            return
        action = action_named(word)
        screen = self.screen
        if action is None or not isinstance(screen, PanedScreen):
            commands = sorted({each.command for each in ACTIONS if each.command})
            self.notify(f"There is no command {word}. There are: {', '.join(commands)}, quit.",
                        severity="warning", markup=False)  # fmt: skip
            return
        screen.run_named(action)

    def commands(self) -> list[str]:
        """What may be typed behind ``:``."""
        names = [each.command for each in ACTIONS if each.command]
        instances = [f"plan {name}" for name in self.model.instances] if self.model else []
        themes = [f"theme {name}" for name in self.available_themes]
        return [*dict.fromkeys(names), "quit", *instances, *themes]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that the screen has."""
        if isinstance(screen, PanedScreen):
            for action in actions_of(*screen.PLACES):
                if action.where not in ("list", "canvas", "log", "tree"):
                    yield SystemCommand(
                        action.name, action.help, lambda action=action: screen.run_named(action)
                    )
        yield from super().get_system_commands(screen)

    def _plan_named(self, name: str) -> None:
        from appo_tui.plan.entities import Target

        if name == "all":
            self.open_plan(Target("all"))
        elif "[" in name:
            self.open_plan(Target("instance", (name,)))
        elif self.model is not None and name in self.model.nodes:
            self.open_plan(Target("nodes", (name,)))
        else:
            self.open_plan(Target("application", (name,)))

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
        command = editor_command(path, place.line)
        with self.suspend():
            failure = run_editor(command)
        self.refresh()
        if failure:
            self.notify(failure, severity="error")
        self.read_model()

    def next_theme(self) -> None:
        """The theme after the present one."""
        names = [name for name in self.available_themes if not name.startswith("ansi")]
        place = names.index(self.theme) if self.theme in names else -1
        self._set_theme(names[(place + 1) % len(names)])
        self.remembered.theme = self.theme
        self.notify(f"Theme: {self.theme}", timeout=2)

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
