"""Instances of which only a run can tell on which nodes their components are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.test_model import model_of

PROGRAM = """define back($host) { }
Back produces Sql { }
application farm { back { 'p': host => 1, export => Sql['h'] } }
site {
  farm { 'f': nodes => %s }
}
"""
FUNCTION = "Puppet::Functions.create_function(:'m::where') do\n  def where; end\nend\n"


@pytest.mark.parametrize(
    "nodes", ["m::where()", "{ Node[m::where()] => Back['p'] }", "{ Node['n1'] => [m::where()] }"]
)
def test_a_mapping_that_is_not_known_is_a_warning_with_its_place(tmp_path: Path, nodes: str) -> None:
    file = tmp_path / "modules" / "m" / "lib" / "puppet" / "functions" / "m" / "where.rb"
    file.parent.mkdir(parents=True)
    file.write_text(FUNCTION)
    model = model_of(tmp_path, PROGRAM % nodes)
    (told,) = [item for item in model.diagnostics if item.severity != "note"]
    assert told.severity == "warning"
    assert told.code == "unknown-nodes"
    assert "Farm[f] are on is not known: the function m::where() is written in Ruby" in told.message
    assert told.place is not None
    assert told.place.line == 5
    assert list(model.components) == ["Back[p]"]
