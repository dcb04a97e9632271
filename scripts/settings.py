"""Writes docs/settings.md from the settings as the program declares them: ``python -m scripts.settings``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from appo_tui.environment.settings import documented_settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"

HEAD = """\
# Settings

Generated from the program's own list of settings by `make docs`.

The settings file is `~/.config/appo-tui/settings.toml` (or where `XDG_CONFIG_HOME` says); `--config FILE`
names another. It is TOML:

```toml
inventory = "~/inventory.yaml"
concurrency = 20
run_as = "root"
store = "postgresql+psycopg://appo@db.example.com/appo"
theme = "appo-light"

[keys]
"job.stop" = "s,ctrl+x"
```

An option on the command line comes before a setting. A name that is no setting is an error that names the
line and the nearest setting, so that a misspelt one is not lost.

| setting | default | what it does |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = (f"| `{name}` | `{_toml(default)}` | {text} |\n" for name, default, text in documented_settings())
    return HEAD + "".join(rows)


def _toml(value: object) -> str:
    """A default as it would stand in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{}"
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
