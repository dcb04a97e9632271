"""The documentation: what the program writes of it is current, and what it shows can be typed."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from appo_tui.cli.arguments import first_word, global_parser
from appo_tui.cli.faults import CommandError
from appo_tui.cli.program import FAMILIES, command_parser
from puppet_grammar import railroad
from scripts import commands, keys, manual, settings
from tests.cli.commands import Program

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
OF_THE_DEMO = {"fail", "mend", "reset"}
PLACEHOLDERS = {"ID": "1", "[ID]": "1", "OTHER": "2", "N": "1", "X": "2", "SHELL": "bash"}
LEFT_OUT = {"[OPTIONS]", "...]"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(appo [^`]+)`")
DIRECTORY = "/home/you/first"


@pytest.mark.parametrize("written", [keys, settings, commands, manual], ids=lambda module: module.__name__)
def test_a_page_that_the_program_writes_is_as_it_would_write_it_now(written: object) -> None:
    assert written.PAGE.read_text() == written.page(), "run: make docs"  # type: ignore[attr-defined]


def test_the_diagrams_of_the_grammar_are_those_of_the_grammar() -> None:
    for package, needed in (("railroad", "railroad-diagrams"), ("jinja2", "jinja2")):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"diagrams need {needed}")
    assert (DOCS / "grammar.html").read_text() == railroad.page(), "run: make docs"


def shown_commands() -> Iterator[object]:
    for page in PAGES:
        text = page.read_text()
        lines = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
        for line in lines:
            found = re.match(r"(?:\$ |\.venv/bin/)*(appo(?: .*)?)$", line.strip())
            if found and "COMMAND" not in line:
                command = found[1].split("  ")[0]
                yield pytest.param(command, False, id=f"{page.stem}: {command}")
        for command in INLINE.findall(FENCE.sub("", text)):
            if "COMMAND" in command:
                continue
            yield pytest.param(command, True, id=f"{page.stem}: {command}")


@pytest.mark.parametrize(("command", "named_only"), shown_commands())
def test_every_command_that_is_shown_can_be_parsed(command: str, named_only: bool) -> None:
    words = words_of(command)
    parents = global_parser()
    at = first_word(words, parents)
    if at is not None and words[at] == "demo":
        words = [*words[:at], *words[at + 1 :]]
        at = first_word(words, parents)
    if at is None or words[at] in OF_THE_DEMO or words[at] not in FAMILIES:
        assert at is None or words[at] in OF_THE_DEMO or not named_only, f"no command {words[at]}"
        return
    try:
        command_parser(parents, words[at]).parse_args(words)
    except CommandError as error:
        if not named_only or "the following arguments are required" not in str(error):
            raise
    except SystemExit as done:  # --help
        if done.code:
            raise


def words_of(command: str) -> list[str]:
    """The words after ``appo``, without what the shell does with its output; placeholders get values."""
    words = shlex.split(re.split(r" (?:[|<>]|&&) ?", command)[0], comments=True)[1:]
    return [PLACEHOLDERS.get(each, each) for each in words if each not in LEFT_OUT]


def test_what_the_guide_shows_is_what_the_program_prints(appo: Program) -> None:
    """Blocks marked ``console``: each command in its turn, in one directory, with its output."""
    blocks = [text for kind, text in FENCE.findall((DOCS / "guide.md").read_text()) if kind == "console"]
    assert blocks
    for block in blocks:
        _, *shown = re.split(r"^\$ appo ", block, flags=re.MULTILINE)
        for step in shown:
            command, _, output = step.partition("\n")
            done = appo.run(*shlex.split(command))
            printed = (done.stdout + done.stderr).replace(str(appo.home), DIRECTORY)
            assert printed.strip() == output.strip(), command


@pytest.fixture
def appo(tmp_path: Path) -> Program:
    home = tmp_path / "first"
    home.mkdir()
    return Program(home)


def codes_in(text: str) -> set[str]:
    return set(re.findall(r'\bcode="([a-z-]+)"', text))


def test_every_diagnostic_code_is_explained() -> None:
    used = codes_in("".join(path.read_text() for path in ROOT.glob("appo_tui/**/*.py")))
    explained = set(re.findall(r"`([a-z-]+)`", (DOCS / "diagnostics.md").read_text()))
    assert used - explained == set()
