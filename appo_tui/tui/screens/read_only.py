"""Screens that refuse under ``--read-only`` what changes something."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from appo_tui.tui.actions import Action, Where, actions_of

if TYPE_CHECKING:
    from appo_tui.tui.app import AppoApp


class ReadOnlyScreen(Screen[None]):
    """A screen that has the actions of some places, less those that are refused."""

    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes")
    """Whose actions it has, and the palette offers here."""

    @property
    def appo(self) -> AppoApp:
        """The app."""
        return cast("AppoApp", self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 (Textual's signature)
        """Nothing that changes something is there under ``--read-only``."""
        return action not in {each.call for each in self._refused()}

    def refuses(self, wanted: Action | str) -> bool:
        """Tell the user so if an action, or that of a key, is refused under ``--read-only``."""
        for action in self._refused():
            keys = self.appo.settings.keys.get(action.id, action.keys).split(",")
            if wanted == action or wanted in keys:
                self.notify(f"{action.name} is refused: this is --read-only.", severity="warning")
                return True
        return False

    def _refused(self) -> list[Action]:
        if not self.appo.workspace.session.read_only:
            return []
        return [action for action in actions_of(*self.PLACES) if action.changes]
