from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import SAMPLES, Program


def test_help_teaches_the_usual_way(appo: Program) -> None:
    run = appo.run("--help")
    assert run.returncode == 0
    assert "appo job plan -a 'Lamp[app1]'" in run.stdout


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["jobs"], "appo: there is no command 'jobs' (did you mean 'job'?)"),
        (["app", "shwo"], "appo: appo app has no command 'shwo' (did you mean 'show'?)"),
        (["job", "plan", "--concurrency", "0"], "'0' is no number above 0"),
        (["job", "plan", "--query", "nodes[certname] {}"], "needs a PuppetDB and a classifier"),
        (["job", "run", "--all", "--query", "nodes[certname] {}"], "needs a PuppetDB and a classifier"),
        (["job", "plan", "--node-group", "x"], "needs a PuppetDB and a classifier"),
        (["job", "plan", "-a", "Lamp", "--all"], "not allowed with"),
        (["job", "run", "--noop", "--no-noop", "--all"], "not allowed with"),
        (["job", "show", "first"], "'first' is no job"),
        (["app", "show"], "there is no environment in"),
        (["-e", "nowhere", "app", "show"], "there is no environment 'nowhere'"),
        (["app", "show", "--format", "xml"], "there is no format 'xml' here (one of: text, json)"),
        (["--config", "nowhere.toml", "check"], "nowhere.toml:1: no such settings file"),
        (["job", "show", "4"], "There is no job 4."),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_exit_code_2(
    words: list[str], complaint: str, appo: Program
) -> None:
    run = appo.run(*words)
    assert run.returncode == 2
    assert run.stderr.startswith("appo: ")
    assert run.stderr.count("\n") == 1
    assert complaint in run.stderr


def test_global_options_may_stand_before_and_after_the_command(appo: Program) -> None:
    before = appo.run("-e", str(SAMPLES), "--format", "json", "node", "list")
    after = appo.run("node", "list", "--format", "json", "-e", str(SAMPLES))
    assert before.stdout == after.stdout
    assert json.loads(after.stdout)["environment"] == "production"


def test_an_environment_is_found_by_its_name(appo: Program) -> None:
    run = appo.run(
        "--environmentpath", str(SAMPLES.parent), "-e", SAMPLES.name, "--format", "json", "app", "show"
    )
    assert json.loads(run.stdout)["environment"] == SAMPLES.name


def test_a_misspelt_environment_name_is_told_with_the_nearest(appo: Program) -> None:
    run = appo.run("--environmentpath", str(SAMPLES.parent), "-e", "sample_module", "app", "show")
    assert "did you mean 'sample_modules'?" in run.stderr


def test_the_settings_file_is_used_and_checked(appo: Program, tmp_path: Path) -> None:
    file = tmp_path / "config" / "appo-tui" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'environmentpath = "{SAMPLES.parent}"\n')
    assert appo.run("-e", SAMPLES.name, "app", "show").returncode == 0
    file.write_text("colour = true\n")
    run = appo.run("-e", SAMPLES.name, "app", "show")
    assert run.stderr == f"appo: {file}:1: there is no setting 'colour' (did you mean 'color'?)\n"


def test_a_hostile_name_on_the_command_line_is_shown_and_not_obeyed(appo: Program) -> None:
    run = appo.run("-e", "x\x1b[2J", "app", "show")
    assert "\x1b" not in run.stderr
    assert "x\\x1b[2J" in run.stderr


def test_a_reader_that_goes_away_is_no_error(appo: Program) -> None:
    process = appo.start("-e", str(SAMPLES), "app", "show")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 0
    process.stderr.close()
