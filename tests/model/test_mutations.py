"""No code, however broken, ends the program: every fault is a diagnostic."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appo_tui.environment import NO_FACTS, Facts, read_environment
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.model.entities import Model
from appo_tui.model.reading import model_of
from appo_tui.model.resolution import resolve
from tests.model.test_model import SQL
from tests.model.test_model import model_of as model_of_text

CASES = Path(__file__).parent.parent / "conformance" / "cases"
PROGRAMS = sorted(CASES.glob("*/env/manifests/*.pp"))
PIECES = (
    "", "}", "{", "(", "'", "$x", "undef", "[1, 2]", "{ 'a' => 1 }", "break()", "next()", "return(1)",
    "=> undef", "[[1]]", "Sql", "Sql['a']", "Node['n']", "Class['x']", "Integer[5, 1]", "-1", "0", "'%{x}'",
    "99999999999999999999", "/(/", "$$", "@", "\x00", "\udcff", "site { }", "application a() { }",
    "*", "1 / 0", "1 << 99", "lookup('x')", "with() || { }", "regsubst('a', '(', 'b')",
    "sprintf('%d', 'x')", "range('a', 'z', 0)",
)  # fmt: skip


def resolved(root: Path) -> Model:
    """The model, without the net that ``read_model`` spreads under everything."""
    facts = Facts({"n1": {"ipaddress": "10.0.0.1"}})
    return model_of(resolve(read_environment(root), facts, cache=ManifestCache()), facts)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutated_program_gives_diagnostics(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(PROGRAMS)).read_text(errors="surrogateescape")
    words = text.split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] = data.draw(st.sampled_from((*PIECES, *words[:40])))
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        types = root / "modules" / "services" / "lib" / "puppet" / "type"
        types.mkdir(parents=True)
        for type_name in ("sql", "cap", "http"):
            (types / f"{type_name}.rb").write_text(SQL.replace(":sql", f":{type_name}"))
        (root / "manifests").mkdir()
        (root / "manifests" / "site.pp").write_text(" ".join(words), errors="surrogateescape")
        model = resolved(root)
    own = [item.message for item in model.diagnostics if item.code == "internal"]
    assert not [message for message in own if "appo can't" in message], own


@pytest.mark.parametrize(
    "code",
    ["function f($x) { f($x) } f(1)", "$x = " + "(" * 400 + "1" + ")" * 400, "$x = " + "1 + " * 3000 + "1"],
    ids=["endless", "nested", "long"],
)  # fmt: skip
def test_code_that_is_too_deep_gives_a_diagnostic(tmp_path: Path, code: str) -> None:
    model_of_text(tmp_path, code, NO_FACTS)


def test_endless_recursion_names_its_place(tmp_path: Path) -> None:
    model = model_of_text(tmp_path, "function f($x) {\n  f($x)\n}\nf(1)\n")
    (error,) = [item for item in model.diagnostics if item.severity == "error"]
    assert "stack level too deep" in error.message
    assert error.place is not None
    assert error.place.file.endswith("site.pp")


def test_a_directory_that_is_a_manifest_gives_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "manifests" / "x.pp").mkdir(parents=True)
    model = model_of_text(tmp_path, "site { }")
    assert [item.code for item in model.diagnostics if item.severity == "error"] == ["internal"]


def test_a_malformed_regular_expression_is_told_with_its_place(tmp_path: Path) -> None:
    model = model_of_text(tmp_path, "$x = 1\n$y = regsubst('a', '(', 'b')\n")
    fault = next(item for item in model.diagnostics if item.code == "regular-expression")
    assert fault.place is not None
    assert fault.place.line == 2
    assert "a Function Call, end pattern with unmatched parenthesis: /(/" in fault.message
