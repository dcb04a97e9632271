from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment.places import Place
from appo_tui.environment.settings import Settings, SettingsError, documented_settings, read_settings


def settings_of(text: str, directory: Path) -> Settings:
    file = directory / "settings.toml"
    file.write_text(text)
    return read_settings(file)


def test_settings_are_read_with_their_keys(tmp_path: Path) -> None:
    settings = settings_of('concurrency = 5\n[keys]\n"job.stop" = "s"\n', tmp_path)
    assert (settings.concurrency, settings.keys) == (5, {"job.stop": "s"})


def test_a_missing_usual_file_gives_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("text", "message", "line", "hint"),
    [
        ("\nconcurency = 5\n", "there is no setting 'concurency'", 2, "did you mean 'concurrency'?"),
        ('concurrency = "5"', "'concurrency' must be a whole number", 1, ""),
        ("concurrency = true", "'concurrency' must be a whole number", 1, ""),
        ("concurrency = -1", "'concurrency' must not be negative", 1, ""),
        ('mode = "push"', "'mode' must be one of: apply, agent", 1, ""),
        ("\n[keys]\nx = 1", "'keys' must be a table of strings", 2, '[keys], then: "job.stop" = "s"'),
    ],
)
def test_what_is_no_setting_is_refused_with_its_line(
    text: str, message: str, line: int, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(text, tmp_path)
    place = Place(str(tmp_path / "settings.toml"), line)
    assert (caught.value.message, caught.value.place, caught.value.hint) == (message, place, hint)


def test_a_file_that_is_no_toml_is_refused_with_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of("ascii = true\nstore = \n", tmp_path)
    assert caught.value.message == "Invalid value"
    assert caught.value.place == Place(str(tmp_path / "settings.toml"), 2, 9)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        read_settings(tmp_path / "nowhere.toml")


def test_every_setting_is_documented() -> None:
    assert all(documentation.endswith(".") for _, _, documentation in documented_settings())
