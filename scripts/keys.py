"""Writes docs/keys.md from the registry of actions: ``python -m scripts.keys``."""

from __future__ import annotations

from pathlib import Path

from appo_tui.tui.actions import TITLES, actions_of
from appo_tui.tui.keys import key_names

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"

HEAD = """\
# Keys

Generated from the program's own list of actions by `make docs`; `?` shows the same, with your own keys.

Any key can be changed in the settings file by an action's id:

```toml
[keys]
"applications.plan" = "p,ctrl+t"
```

What has a command can also be typed after `:`; its beginning is enough where it is of one only. Besides,
`:plan Lamp[app1]`, `:plan CERTNAME`, `:job 12` (or just `:12`), `:environment NAME`, `:theme NAME` and
`:quit` work everywhere. `ctrl+p` opens the palette, `ctrl+q` quits at once.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for place, title in TITLES.items():
        actions = actions_of(place)
        if not actions:
            continue
        parts += [f"\n## {title}\n", "| key | does | command | id |", "|---|---|---|---|"]
        for action in actions:
            keys = ", ".join(f"`{_escaped(key)}`" for key in key_names(action.keys).split(", "))
            command = f"`:{action.command}`" if action.command else ""
            changes = " Not with `--read-only`." if action.changes else ""
            parts.append(f"| {keys} | {_escaped(action.help)}{changes} | {command} | `{action.id}` |")
    return "\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
