"""The part of the app that holds the environment: reads it, watches it, goes to another one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from time import time

from textual import work
from textual.app import App
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.worker import Worker, WorkerState, get_current_worker

from appo_tui.jobs.states import NodeState
from appo_tui.model.entities import Model
from appo_tui.tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from appo_tui.tui.drawing.text import printable
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.workspaces.workspace import Workspace, WorkspaceError

_ONLY_ONE = (
    "This is the only environment: others are found beside it in a directory called environments, "
    "or with --environmentpath DIRS."
)
_ONLY_DEMO = "The demo has one environment."


class EnvironmentApp(App[int]):
    """An app whose screens show one environment, as it is now."""

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

    class EnvironmentsFound(Message):
        """A worker has looked which environments one may go to."""

        def __init__(self, names: Sequence[str]) -> None:
            super().__init__()
            self.names = tuple(names)

    class EnvironmentOpened(Message):
        """The workspace is on another environment."""

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

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings = workspace.session.settings
        self.glyphs: Glyphs = ASCII if workspace.session.ascii else UNICODE
        self.model: Model | None = None
        self.model_fault = ""
        """Why there is no model, as far as is known."""
        self.job_states: Mapping[str, NodeState] = {}
        self.marked_nodes: frozenset[str] = frozenset()
        self.environments: Sequence[str] = ()
        """Names of the environments that one may go to."""
        self._watching: Event | None = None
        """To be set when what is watched is of no interest any more; None while nothing is watched."""
        self._left = False
        self.now: Callable[[], float] = time
        """The clock, in seconds since the epoch."""

    # Reading.

    @work(thread=True, exclusive=True, group="model", exit_on_error=False)
    def read_model(self) -> None:
        """Read the environment, in a thread."""
        worker = get_current_worker()
        try:
            model = self.workspace.read_model()
            self.post_message(self.EnvironmentsFound(self.workspace.environments()))
        except WorkspaceError as error:
            self.post_message(self.EnvironmentsFound(self.workspace.environments()))
            if not worker.is_cancelled:
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

    def _begin_to_watch(self) -> None:
        """Once the environment has been read, and no sooner: what changes meanwhile comes with the watch."""
        if self._watching is not None or self._left:
            return  # when the program is left, nobody would end the watch, and the program would never end
        self._watching = Event()
        self._watch(self._watching)

    def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.set()
        self._watching = None

    @work(thread=True, exclusive=True, group="watch", exit_on_error=False)
    def _watch(self, ended: Event) -> None:
        for _ in self.workspace.changes(ended):
            if ended.is_set():
                return
            self.call_from_thread(self.read_model)

    # Environments.

    @work(thread=True, exclusive=True, group="environment", exit_on_error=False)
    def open_environment(self, name: str) -> None:
        """Go to another environment; jobs go on."""
        with self.telling("The environment stays"):
            self.workspace.open_environment(name)
            self.post_message(self.EnvironmentOpened())

    def action_choose_environment(self) -> None:
        """Ask which environment to go to."""
        from appo_tui.tui.dialogs.choose import Choose

        here = self.workspace.session.environment
        others = [name for name in self.environments if name != here]
        if not others:
            self.notify(_ONLY_DEMO if self.workspace.session.simulated else _ONLY_ONE)
            return
        self.push_screen(Choose("Go to environment", others, here=here), self._environment_chosen)

    def _environment_chosen(self, name: str | None) -> None:
        if name is not None:
            self.open_environment(name)

    def on_environment_app_environments_found(self, event: EnvironmentsFound) -> None:
        """Offer them."""
        self.environments = event.names

    def on_environment_app_environment_opened(self) -> None:
        """Forget the model, and read the other one; a plan of the old one is left."""
        self.model, self.model_fault = None, ""
        self.job_states, self.marked_nodes = {}, frozenset()
        while any(isinstance(each, PanedScreen) and each.OF_ENVIRONMENT for each in self.screen_stack):
            self.pop_screen()
        self._screens_follow()
        self._stop_watching()
        self.read_model()

    def _screens_follow(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, PanedScreen):
                screen.model_changed()

    def on_environment_app_model_read(self, event: ModelRead) -> None:
        """Every screen shows the model that there is now."""
        self._begin_to_watch()
        first = self.model is None
        self.model_fault = ""
        if self.model is not None and self.model.digest == event.model.digest:
            self.model = event.model
            return
        self.model = event.model
        if first:
            # What is there by now stays: the collector need not walk through it while keys are typed.
            gc.freeze()
        else:
            self.notify("The environment is shown as it is now.")
        self._screens_follow()

    def on_environment_app_model_failed(self, event: ModelFailed) -> None:
        """What was read before stays; without it, the screens say what is wrong."""
        self._begin_to_watch()
        self.model_fault = event.fault
        if self.model is not None:
            self.notify(event.fault, title="The environment can't be read", severity="error", timeout=10)
        self._screens_follow()

    def on_environment_app_failed(self, event: Failed) -> None:
        """Say what failed, and what to do."""
        self.notify(event.text, title=event.title, severity="error", timeout=10)

    def on_environment_app_done(self, event: Done) -> None:
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

    def on_unmount(self) -> None:
        """End what waits in threads."""
        self._left = True
        self._stop_watching()
        self.workspace.leave()
