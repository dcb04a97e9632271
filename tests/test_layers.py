"""How the program is put together: what is imported when, and what the files are like."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUNNING = {"alembic", "asyncssh", "cryptography", "sqlalchemy"}
DRAWING = {"textual", "watchfiles"}
HEAVY = RUNNING | DRAWING | {"networkx", "pyparsing"}
VAGUE = {"base", "common", "handler", "handlers", "helper", "helpers", "manager", "misc", "util", "utils"}
MOST_LINES = 400
A_LIST = {"grammar/puppet_grammar/nodes.py"}  # of every kind of syntax node: one subject, however long

IMPORTED_BY_COMMAND = """
import contextlib, io, sys
sys.argv = ["appo", *{words!r}]
from appo_tui.__main__ import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*sorted({heavy!r} & set(sys.modules)))
"""


def python_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split() if (ROOT / name).exists()]


def heavy_imports_of(*words: str) -> set[str]:
    code = IMPORTED_BY_COMMAND.format(words=words, heavy=HEAVY)
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_help_loads_no_heavy_library() -> None:
    assert heavy_imports_of("--help") == set()


def test_showing_applications_loads_nothing_that_runs_jobs_or_draws_screens() -> None:
    loaded = heavy_imports_of("-e", "sample_modules", "app", "show")
    assert not loaded & (RUNNING | DRAWING)


@pytest.mark.parametrize("package", ["appo_tui.model", "appo_tui.plan", "appo_tui.jobs"])
def test_what_a_package_exports_late_is_there(package: str) -> None:
    exporting = import_module(package)
    assert [name for name in exporting.__all__ if not hasattr(exporting, name)] == []


def test_no_file_is_longer_than_a_subject_needs() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long.keys() <= A_LIST


def test_every_module_says_its_subject_in_its_name() -> None:
    assert [path for path in python_files() if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_every_package_has_a_docstring_that_says_what_it_is() -> None:
    packages = [path for path in python_files() if path.name == "__init__.py" and "tests" not in path.parts]
    assert [path for path in packages if not path.read_text().lstrip().startswith('"""')] == []


PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
