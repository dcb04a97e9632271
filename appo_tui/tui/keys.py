"""Keys as people write them, and those that a screen shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import ActiveBinding

from appo_tui.tui.actions import Where

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "ampersand": "&",
    "asterisk": "*",
    "minus": "-",
    "plus": "+",
    "comma": ",",
    "full_stop": ".",
    "exclamation_mark": "!",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def key_name(key: str) -> str:
    """A key of Textual's as it is written on keyboards: ``?``, ``ctrl+r``, ``enter``."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    return "+".join((*modifiers, _NAMES.get(last, last)))


def key_names(keys: str) -> str:
    """A list of keys, parted by commas, as they are written on keyboards."""
    return ", ".join(key_name(key.strip()) for key in keys.split(","))


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key, what it does in a word, and the id of the action."""

    key: str
    name: str
    id: str


def shown_keys(bindings: Mapping[str, ActiveBinding], places: Sequence[Where]) -> list[ShownKey]:
    """The keys that the last line shows, those of the screen itself first."""
    order: dict[str, int] = {place: rank for rank, place in enumerate(places)}
    seen: set[str] = set()
    found: list[tuple[int, ShownKey]] = []
    for active in bindings.values():
        binding = active.binding
        if not binding.show or not active.enabled or not binding.id or binding.id in seen:
            continue
        seen.add(binding.id)
        rank = order.get(binding.id.partition(".")[0], -1)
        found.append((rank, ShownKey(key_name(binding.key), binding.description, binding.id)))
    # The pane with the keyboard (-1), then the screen, and what is the same everywhere at the end.
    found.sort(key=lambda each: {0: 1_000, 1: 900}.get(each[0], each[0]))
    return [each for _, each in found]
