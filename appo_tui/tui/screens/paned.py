"""What all screens share: a title, panes side by side or one at a time, a prompt, a line of keys."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.worker import Worker

from appo_tui.tui.actions import Action, Where, action_with_id, bindings_of
from appo_tui.tui.drawing.lines import Line
from appo_tui.tui.drawing.text import printable
from appo_tui.tui.keys import shown_keys
from appo_tui.tui.screens import pane_memory
from appo_tui.tui.screens.prompting import PromptingScreen
from appo_tui.tui.widgets.key_line import KeyLine
from appo_tui.tui.widgets.lined import Lined
from appo_tui.tui.widgets.pane_border import PaneBorder
from appo_tui.tui.widgets.pane_strip import PaneStrip
from appo_tui.tui.widgets.title_bar import TitleBar

_WIDE = 100
"""Columns from which the main pane and a side pane stand beside each other."""

_PROMPT_AFTER_SECONDS = 0.3
"""When the prompt is made ready: after the screen has been painted."""


class PanedScreen(PromptingScreen):
    """A screen of panes. The first is the main one; one of the others is at its side.

    On a narrow terminal, and when zoomed, one pane has the whole screen. A pane is mounted when it is
    first seen, and filled only while it is.
    """

    BINDINGS = bindings_of("everywhere", "panes")
    PANES: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Ids and titles."""
    KEEPS_FILTER: ClassVar[bool] = False
    """Whether the filter of the main pane is in force again when one comes back, in the same environment."""
    OF_ENVIRONMENT: ClassVar[bool] = False
    """Whether it is about a part of one environment, and left when one goes to another."""

    def __init__(self) -> None:
        super().__init__()
        self.current = self.PANES[0][0]
        self.side = self.PANES[1][0] if len(self.PANES) > 1 else self.PANES[0][0]
        self.zoomed = False
        self._side_before: str | None = None
        """What is at the side again when what was offered there is withdrawn."""

    # What subclasses say.

    @abstractmethod
    def make_pane(self, pane: str) -> Widget:
        """Make the widget of a pane; its id is the pane's."""

    @abstractmethod
    def fill_pane(self, pane: str) -> None:
        """Show in a pane, which is mounted, what there is now."""

    def crumbs(self) -> Sequence[str]:
        """Where one is."""
        return ()

    def said(self) -> Line:
        """How it stands, in a few words for the title."""
        return ()

    def command(self) -> str:
        """What leads here when it is typed behind ``:``; empty where nothing does."""
        return ""

    def pane_titles(self) -> Sequence[tuple[str, str]]:
        """The panes with their titles as they are now."""
        return self.PANES

    def idle_actions(self) -> frozenset[str]:
        """Ids of actions that would do nothing now: the line of keys leaves them out."""
        return frozenset()

    def model_changed(self) -> None:
        """The app has another model."""
        self.fill_panes()

    # What subclasses use.

    def pane(self, pane: str) -> Widget | None:
        """A pane's widget, if it has been mounted."""
        return next(iter(self.query(f"#{pane}")), None)

    def fill_panes(self) -> None:
        """Fill all panes that are seen, and the title."""
        if not self.is_mounted:
            return
        for pane in self._seen():
            if self.pane(pane) is not None:
                self.fill_pane(pane)
        self.refresh_title()

    def refresh_title(self) -> None:
        """Draw the title and the names of the panes anew."""
        self.query_one(TitleBar).show(self.crumbs(), self.said())
        self.query_one(PaneStrip).show(self.pane_titles(), frozenset(self._seen()), self.current)

    def show_keys(self, _screen: object = None) -> None:
        """Draw the line of keys anew."""
        if self.is_current:
            idle = self.idle_actions()
            keys = shown_keys(self.active_bindings, self.PLACES)
            self.query_one(KeyLine).show([key for key in keys if key.id not in idle])

    def searched(self, outcome: str) -> None:
        """Tell the outcome of a search beside the names of the panes."""
        pane = self.focused if isinstance(self.focused, Lined) else self.pane(self.current)
        wanted = pane.search_text if isinstance(pane, Lined) else ""
        self.query_one(PaneStrip).remark(outcome, printable(wanted))

    def show_pane(self, pane: str, *, focus: bool = True) -> None:
        """Bring a pane to the front, mounted if it was not."""
        if pane not in (self.PANES[0][0], self.side):
            self.side = pane
            self.appo.remembered.sides[type(self).__name__] = pane
        if focus or self._one_at_a_time():
            self.current = pane
        widget = self.pane(pane)
        if widget is None:
            widget = self._made_pane(pane)
            self.query_one("#panes").mount(widget)
        self._arrange()
        self.call_after_refresh(self._fill_shown, pane)
        if focus:
            # At once: the next key may be here already, and it belongs to this pane.
            self.set_focus(widget)

    def offer_side(self, pane: str) -> None:
        """Have another pane at the side, if there is room for one; not to be remembered."""
        if self.side != pane and self.current == self.PANES[0][0] and not self._one_at_a_time():
            self._side_before, self.side = self.side, pane
            self._arrange()
            self.call_after_refresh(self.fill_panes)

    def withdraw_side(self, pane: str) -> None:
        """Have at the side again what was there before a pane was offered, if that is still there."""
        before, self._side_before = self._side_before, None
        if before is not None and self.side == pane:
            self.side = before
            self._arrange()
            self.call_after_refresh(self.fill_panes)

    # Composition.

    def compose(self) -> ComposeResult:
        """Title, names of panes, the main pane, keys; the rest when it is needed."""
        session = self.appo.workspace.session
        badges = [
            *(("simulated",) if session.simulated else ()),
            *(("read-only",) if session.read_only else ()),
        ]
        yield TitleBar(self.appo.glyphs, badges)
        yield PaneStrip(self.appo.glyphs.ellipsis)
        with Horizontal(id="panes"):
            yield self._made_pane(self.PANES[0][0])
            yield PaneBorder(self.appo.glyphs.border)
        yield KeyLine()

    def on_mount(self) -> None:
        """Give the main pane the keyboard, and show the side pane if there is room."""
        self.bindings_updated_signal.subscribe(self, self.show_keys)
        main = self.pane(self.PANES[0][0])
        assert main is not None
        kept = self.appo.remembered.sides.get(type(self).__name__)
        if kept in dict(self.PANES[1:]):
            self.side = kept
        main.focus()
        self._arrange()
        self.fill_panes()
        if self.KEEPS_FILTER and isinstance(main, Lined):
            self.searched(pane_memory.restore_filter(self.appo, type(self).__name__, main))
        self.set_timer(_PROMPT_AFTER_SECONDS, self.prepare_prompt)

    def on_resize(self, _event: events.Resize) -> None:
        """One pane or two."""
        self._arrange()
        self.fill_panes()

    def on_screen_suspend(self) -> None:
        """Remember how the panes are."""
        self.remember()

    def remember(self) -> None:
        """Note for the next time how the panes are."""
        for pane, _ in self.PANES:
            pane_memory.note(self.appo.remembered, type(self).__name__, self.pane(pane))
        if self.KEEPS_FILTER:
            pane_memory.note_filter(self.appo, type(self).__name__, self.pane(self.PANES[0][0]))

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.fill_panes()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that has the keyboard is the current one."""
        pane = event.widget.id
        if pane in dict(self.PANES) and pane != self.current:
            self.current = pane
            self.refresh_title()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that broke is told of."""
        self.appo.on_worker_state_changed(event)

    @on(PaneStrip.Chosen)
    def _pane_chosen(self, event: PaneStrip.Chosen) -> None:
        self.show_pane(event.pane)

    # Actions.

    def action_next_pane(self) -> None:
        """The next pane."""
        self._turn(1)

    def action_previous_pane(self) -> None:
        """The pane before."""
        self._turn(-1)

    def action_turn_side(self, step: int) -> None:
        """Another side pane; the keyboard stays where it is."""
        sides = [pane for pane, _ in self.PANES[1:]]
        if not sides:
            return
        pane = sides[(sides.index(self.side) + step) % len(sides)]
        self.show_pane(pane, focus=self.current != self.PANES[0][0] or self._one_at_a_time())

    def action_go(self, name: str) -> None:
        """Another screen."""
        self.appo.action_go(name)

    def action_widen(self, hundredths: int) -> None:
        """Give the main pane more of the width, or less."""
        side = self.pane(self.side)
        if self._one_at_a_time() or side is None:
            return
        main = self.query_one(f"#{self.PANES[0][0]}")
        share = round(100 * main.size.width / max(1, main.size.width + side.size.width)) + hundredths
        self._share(share)

    @on(KeyLine.Chosen)
    def _key_chosen(self, event: KeyLine.Chosen) -> None:
        action = action_with_id(event.id)
        if action is not None:
            self.run_named(action)

    @on(PaneBorder.Dragged)
    def _border_dragged(self, event: PaneBorder.Dragged) -> None:
        panes = self.query_one("#panes").region
        self._share(round(100 * (event.column - panes.x) / max(1, panes.width - 1)))

    @on(PaneBorder.PutBack)
    def _border_put_back(self) -> None:
        self.appo.remembered.shares.pop(type(self).__name__, None)
        self._arrange()

    def action_choose_environment(self) -> None:
        """Another environment."""
        self.appo.action_choose_environment()

    def action_zoom(self) -> None:
        """One pane on the whole screen, and back."""
        self.zoomed = not self.zoomed
        self._arrange()
        self.fill_panes()

    def action_show(self, pane: str) -> None:
        """A pane by its id."""
        self.show_pane(pane)

    def action_back(self) -> None:
        """End a search, or a filter, or leave the zoom, or go back one screen."""
        focused = self.focused
        if isinstance(focused, Lined) and focused.search_text:
            focused.search("")
            self.searched("")
        elif isinstance(focused, Lined) and focused.only_text:
            focused.only("")
            self.searched("")
        elif self.zoomed:
            self.action_zoom()
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        elif self.current != self.PANES[0][0]:
            self.show_pane(self.PANES[0][0])

    def action_leave(self) -> None:
        """Back; on the first screen, ask whether to quit."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
            return
        from appo_tui.tui.dialogs.confirm import Confirm

        question = Confirm("Quit?", ("Jobs that run go on without this program.",), key="y", verb="quit")
        self.app.push_screen(question, self._quit_answered)

    def _quit_answered(self, answer: bool | None) -> None:  # noqa: FBT001 (the dialog's answer)
        if answer:
            self.app.exit(0)

    def action_help(self) -> None:
        """All keys of this screen."""
        from appo_tui.tui.dialogs.help import Help

        places: list[Where] = [place for place in self.PLACES if place not in ("everywhere", "panes")]
        for widget in (self.focused,):
            places += [place for place in getattr(widget, "HELP_PLACES", ()) if place not in places]
        self.app.push_screen(Help([*places, "panes", "everywhere"], dict(self.appo.settings.keys)))

    def action_copy(self) -> None:
        """Send what is under the cursor to the terminal's clipboard."""
        copied = getattr(self.focused, "copied_text", None)
        text = copied() if copied else ""
        if text:
            self.app.copy_to_clipboard(text)
            self.notify(f"Sent to the terminal's clipboard: {printable(text[:60])}", timeout=3)

    def action_reload(self) -> None:
        """Read the environment again."""
        self.appo.read_model()

    def action_next_theme(self) -> None:
        """The next theme."""
        self.appo.next_theme()

    def run_named(self, action: Action) -> None:
        """Do an action of the registry here, or in a pane that has it."""
        if self.refuses(action):
            return
        verb = f"action_{action.verb}"
        panes = [self.pane(pane) for pane, _ in self.PANES]
        for place in (self.focused, self, *panes, self.app):
            if place is not None and hasattr(place, verb):
                call = action.call.removeprefix("screen.")
                self.run_worker(self.app.run_action(call, place), exit_on_error=False)
                return
        self.notify(f"{action.name} is not to be had on this screen.", severity="warning")

    def _share(self, hundredths: int) -> None:
        share = min(max(hundredths, pane_memory.NARROWEST), pane_memory.WIDEST)
        self.appo.remembered.shares[type(self).__name__] = share
        self._arrange()

    def _one_at_a_time(self) -> bool:
        return self.zoomed or self.size.width < _WIDE

    def _seen(self) -> tuple[str, ...]:
        if self._one_at_a_time() or len(self.PANES) == 1:
            return (self.current,)
        return (self.PANES[0][0], self.side)

    def _show_side(self) -> None:
        if not self._one_at_a_time():
            self.show_pane(self.side, focus=False)

    def _arrange(self) -> None:
        seen = self._seen()
        if not self._one_at_a_time() and self.side != self.PANES[0][0] and self.pane(self.side) is None:
            self.call_after_refresh(self._show_side)
        for pane, _ in self.PANES:
            widget = self.pane(pane)
            if widget is not None:
                widget.display = pane in seen
                widget.set_class(pane != self.PANES[0][0] and not self._one_at_a_time(), "-side")
        self.query_one(PaneBorder).display = len(seen) > 1 and self.pane(self.side) is not None
        main = self.pane(self.PANES[0][0])
        if main is not None:
            side = None if self._one_at_a_time() else self.pane(self.side)
            pane_memory.share_widths(self.appo.remembered, type(self).__name__, main, side)

    def _made_pane(self, pane: str) -> Widget:
        widget = self.make_pane(pane)
        widget.add_class("pane")
        pane_memory.restore(self.appo.remembered, type(self).__name__, widget)
        return widget

    def _fill_shown(self, pane: str) -> None:
        if self.is_mounted and self.pane(pane) is not None:
            self.fill_pane(pane)
            self.refresh_title()

    def _turn(self, step: int) -> None:
        panes = [pane for pane, _ in self.PANES]
        self.show_pane(panes[(panes.index(self.current) + step) % len(panes)])

