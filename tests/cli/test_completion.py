from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.cli.commands import Program

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


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_a_script_that_knows_every_family(shell: str, appo: Program) -> None:
    run = appo.run("completion", shell)
    assert run.returncode == 0
    assert all(family in run.stdout for family in ("check", "job", "convert", "facts"))


def test_an_unknown_shell_is_told_with_those_that_are_known(appo: Program) -> None:
    run = appo.run("completion", "ksh")
    assert run.returncode == 2
    assert "zsh" in run.stderr
