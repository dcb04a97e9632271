"""The settings file: TOML, one table, every setting documented where it is declared.

It lies at ``$XDG_CONFIG_HOME/appo-tui/settings.toml`` unless ``--config`` names another. A key that is
none of these is refused, with the nearest that is one: a misspelt setting must not be lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

from appo_tui.environment.faults import AppoError
from appo_tui.environment.places import Place


class SettingsError(AppoError):
    """The settings file can't be used."""


def _setting(documentation: str, default: object) -> Any:
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"documentation": documentation})
    return field(default=default, metadata={"documentation": documentation})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user has set. An option on the command line comes before a setting."""

    environmentpath: str = _setting(
        "Directories, separated by colons, in which an environment is looked for by its name.", ""
    )
    inventory: str = _setting("An inventory file to use where the environment has none of its own.", "")
    store: str = _setting(
        "Where jobs are kept, as an SQLAlchemy URL, such as postgresql+psycopg://host/appo for a team. "
        "Empty: an SQLite file of your own under $XDG_STATE_HOME/appo-tui.",
        "",
    )
    concurrency: int = _setting("Most nodes that a job runs at once. 0: no limit.", 0)
    mode: Literal["apply", "agent"] = _setting(
        "How jobs run: apply (no Puppet server) or agent (your own Puppet server).", "apply"
    )
    run_as: str = _setting("The user that Puppet runs as on the nodes, by sudo. Empty: who logs in.", "")
    availability: bool = _setting("Test service resources before their consumers run.", True)  # noqa: FBT003 - a default
    retention_days: int = _setting("Days after which `appo job prune` removes an ended job.", 30)
    color: bool = _setting("Use colours. The environment variable NO_COLOR turns them off too.", True)  # noqa: FBT003 - a default
    ascii: bool = _setting("Draw with ASCII characters only.", False)  # noqa: FBT003 - a default
    read_only: bool = _setting(
        "Start and stop nothing, and change neither nodes nor the history; what you export is still saved.",
        False,  # noqa: FBT003 - a default
    )
    theme: str = _setting("The TUI's theme, by name; its command palette lists them.", "")
    keys: Mapping[str, str] = _setting(
        "The table [keys]: an action's id = its keys, separated by commas, such as "
        '"job.stop" = "s,ctrl+x". The TUI\'s help shows the ids.',
        {},
    )


_MODES: Final = ("apply", "agent")


def settings_path() -> Path:
    """Returns where the settings file is looked for."""
    from platformdirs import user_config_path

    return user_config_path("appo-tui") / "settings.toml"


def documented_settings() -> tuple[tuple[str, object, str], ...]:
    """Returns (name, default, documentation) of each setting: the manual is made from it."""
    defaults = Settings()
    return tuple(
        (each.name, getattr(defaults, each.name), each.metadata["documentation"]) for each in fields(Settings)
    )


def read_settings(path: Path | None = None) -> Settings:
    """Reads the settings file.

    Args:
        path: the file that the user named, which must be there; None for the usual one, which may not be.

    Raises:
        SettingsError: the file can't be read, isn't TOML, or holds a key or a value that is no setting.
    """
    file = path or settings_path()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if path is None:
            return Settings()
        raise SettingsError("no such settings file", place=Place(str(file), 1)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings file can't be read: {error}", place=Place(str(file), 1)) from error

    import tomllib  # most users have no settings

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_without_position(error), place=_position(file, error)) from error
    return _checked(table, file, text)


def _without_position(error: Exception) -> str:
    return re.sub(r" \(at (line \d+, column \d+|end of document)\)$", "", str(error))


def _position(file: Path, error: Exception) -> Place:
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return Place(str(file), int(found[1]), int(found[2])) if found else Place(str(file), 1)


def _checked(table: Mapping[str, Any], file: Path, text: str) -> Settings:
    defaults = {each.name: getattr(Settings(), each.name) for each in fields(Settings)}
    for key, value in table.items():
        place = _place_of(key, file, text)
        if key not in defaults:
            near = get_close_matches(key, defaults, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the settings are: {', '.join(defaults)}"
            raise SettingsError(f"there is no setting {key!r}", hint, place)
        _check_value(key, value, defaults[key], place)
    return Settings(**table)


def _check_value(key: str, value: object, default: object, place: Place) -> None:
    if isinstance(default, Mapping):
        if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
            raise SettingsError("'keys' must be a table of strings", '[keys], then: "job.stop" = "s"', place)
        return
    if type(value) is not type(default):
        wanted = {str: "a string", int: "a whole number", bool: "true or false"}[type(default)]
        raise SettingsError(f"{key!r} must be {wanted}", place=place)
    if isinstance(value, int) and value < 0:
        raise SettingsError(f"{key!r} must not be negative", place=place)
    if key == "mode" and value not in _MODES:
        raise SettingsError(f"'mode' must be one of: {', '.join(_MODES)}", place=place)


def _place_of(key: str, file: Path, text: str) -> Place:
    pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return Place(str(file), number)
    return Place(str(file), 1)
