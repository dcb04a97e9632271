from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import Program
from tests.tui.terminal import Terminal

pytest.importorskip("shtab", reason="the extra completion is not installed")

COMPLETED = """
source /dev/stdin
COMP_WORDS=({words}) COMP_CWORD={last} COMP_LINE='{words}' COMP_POINT=${{#COMP_LINE}}
_shtab_appo appo "${{COMP_WORDS[-1]}}" "" 2> /dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [("appo jo", "job"), ("appo job re", "replay resume retry"), ("appo job run --conc", "--concurrency")],
)
def test_bash_completes_commands_and_options(words: str, expected: str, appo: Program) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    script = appo.run("completion", "bash").stdout
    asking = COMPLETED.format(words=words, last=len(words.split()) - 1)
    ran = subprocess.run([bash, "-c", asking], input=script, capture_output=True, text=True, check=True)
    assert sorted(ran.stdout.split()) == expected.split()


FISH_ASKED = {
    "appo jo": ["job"],
    "appo job re": ["replay", "resume", "retry"],
    "appo job run --conc": ["--concurrency"],
    "appo app show --format ": ["json", "text"],
    "appo job run --mode ": ["agent", "apply"],
    "appo parse site": ["site.pp"],
}


@pytest.mark.parametrize("typed", FISH_ASKED)
def test_fish_completes_commands_options_and_files(typed: str, appo: Program, tmp_path: Path) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("needs fish")
    (tmp_path / "appo.fish").write_text(appo.run("completion", "fish").stdout)
    (tmp_path / "site.pp").touch()
    ran = subprocess.run(
        [fish, "--no-config", "-c", f"source appo.fish; complete -C '{typed}'"],
        cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert sorted(each.partition("\t")[0] for each in ran.stdout.splitlines()) == FISH_ASKED[typed]


@pytest.mark.tmux
def test_zsh_completes_commands_options_and_files(appo: Program, tmp_path: Path) -> None:
    if not shutil.which("zsh") or not shutil.which("tmux"):
        pytest.skip("needs zsh and tmux")
    (tmp_path / "_appo").write_text(appo.run("completion", "zsh").stdout)
    (tmp_path / "site.pp").touch()
    terminal = Terminal(tmp_path, width=100, height=24, environment={})
    try:
        terminal.type_line(f"cd {tmp_path}; HOME={tmp_path} zsh -f")
        terminal.type_line("fpath=($PWD $fpath); autoload -U compinit; compinit -D -u")
        terminal.type_line("clear; PS1='re''ady> '")
        terminal.sees("ready>")
        for typed, expected in (
            ("appo job re", ("replay", "resume", "-- a new job of failed and skipped nodes")),
            ("appo job run --conc", ("--concurrency",)),
            ("appo parse si", ("appo parse site.pp",)),
        ):
            terminal.write(typed)
            terminal.press("Tab")
            terminal.sees(*expected)
            terminal.press("C-u")
    finally:
        terminal.close()


def test_an_unknown_shell_is_told_with_those_that_are_known(appo: Program) -> None:
    run = appo.run("completion", "ksh")
    assert run.returncode == 2
    assert "zsh" in run.stderr
