"""Where something is declared, and what else there is, changes nothing about it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appo_tui.environment import Facts, read_environment
from appo_tui.model import graph, read_model, show_node
from appo_tui.model.entities import Model
from tests.model.test_model import SQL

PIECES = (
    "define db($zone = $::zone, $host = $::fqdn, $password = 'x') { }",
    "Db produces Sql { }",
    "define web($host, $port = limit(80)) { }",
    "Web consumes Sql { }",
    "function limit(Integer $x) { $x + 1 }",
    """application lamp(String[1] $tier = 'one', Integer $webs = 2) {
      db { $name: zone => "${tier}-${::zone}", export => Sql[$name] }
      Integer[1, $webs].each |$i| { web { "${name}-${i}": consume => Sql[$name] } }
    }""",
)
FACTS = Facts({"db0.test": {"zone": "a"}, "db1.test": {"zone": "b"}, "w0.test": {}})


def instance(number: int) -> str:
    return (
        f"lamp {{ 'l{number}': tier => 't{number}', nodes => {{ Node['db{number}.test'] => Db['l{number}'], "
        f"Node['w{number}.test'] => Web['l{number}-1'], Node['w{number}b.test'] => Web['l{number}-2'] }} }}"
    )


def model_of(files: dict[str, list[str]], instances: list[int], module_paths: tuple[str, ...]) -> Model:
    """The model of pieces spread over files, and instances in this order."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "manifests").mkdir()
        for file, pieces in files.items():
            (root / "manifests" / file).write_text("\n".join(pieces) + "\n")
        declared = "\n  ".join(map(instance, instances))
        (root / "manifests" / "site.pp").write_text(f"site {{\n  {declared}\n}}\n")
        (root / "environment.conf").write_text(f"modulepath = {':'.join(module_paths)}\n")
        (root / "empty").mkdir()
        types = root / "modules" / "services" / "lib" / "puppet" / "type"
        types.mkdir(parents=True)
        (types / "sql.rb").write_text(SQL)
        return read_model(read_environment(root), FACTS)


def values(model: Model, numbers: set[int]) -> object:
    """What the model says of these instances."""
    chosen = {f"Lamp[l{number}]" for number in numbers}
    applications = graph(model)["applications"]
    assert isinstance(applications, dict)
    nodes = [name for name in model.nodes if any(name.split(".")[0].strip("dbw") == str(n) for n in numbers)]
    return (
        {name: item for name, item in applications.items() if name in chosen},
        {name: show_node(model, name) for name in sorted(nodes)},
        sorted(item.code for item in model.diagnostics if item.severity == "error"),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_order_of_declarations_files_and_module_directories_does_not_matter(data: st.DataObject) -> None:
    pieces = data.draw(st.permutations(PIECES))
    files: dict[str, list[str]] = {}
    for piece in pieces:
        files.setdefault(data.draw(st.sampled_from(("a.pp", "m.pp", "z.pp"))), []).append(piece)
    order = data.draw(st.permutations([0, 1, 2]))
    paths = data.draw(st.permutations(["modules", "empty"]))
    plain = model_of({"a.pp": list(PIECES)}, [0, 1, 2], ("modules",))
    turned = model_of(files, order, tuple(paths))
    assert values(turned, {0, 1, 2}) == values(plain, {0, 1, 2})
    assert not [item for item in plain.diagnostics if item.severity == "error"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(others=st.lists(st.integers(1, 40), unique=True, max_size=12), before=st.booleans())
def test_further_instances_leave_an_instance_as_it_is(others: list[int], before: bool) -> None:
    alone = model_of({"a.pp": list(PIECES)}, [0], ("modules",))
    order = [*others, 0] if before else [0, *others]
    among = model_of({"a.pp": list(PIECES)}, order, ("modules",))
    assert values(among, {0}) == values(alone, {0})
    assert len(among.instances) == len(order)
