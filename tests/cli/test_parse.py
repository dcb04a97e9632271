from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import Program


def test_a_tree_is_printed_in_puppets_notation_a_line_a_file(appo: Program, tmp_path: Path) -> None:
    file = tmp_path / "a.pp"
    file.write_text("$a = 1\n")
    run = appo.run("parse", "--format", "pn", str(file), str(file))
    assert (run.returncode, run.stdout) == (0, '(= (var "a") 1)\n(= (var "a") 1)\n')


def test_a_tree_is_printed_as_json(appo: Program, tmp_path: Path) -> None:
    file = tmp_path / "a.pp"
    file.write_text("include x\n")
    tree = json.loads(appo.run("parse", "--format", "json", str(file)).stdout)
    assert (tree["type"], tree["start"], tree["end"]) == ("Program", 0, 10)
    assert tree["body"]["functor"]["value"] == "include"


def test_a_file_that_is_no_puppet_code_is_told_and_the_others_are_read(appo: Program, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.pp", tmp_path / "good.pp"
    bad.write_text("file {\n")
    good.write_text("1\n")
    run = appo.run("parse", str(bad), str(good))
    assert (run.returncode, run.stdout) == (1, "1\n")
    assert f"file: {bad}, line: " in run.stderr
