"""How reading an environment grows with its nodes.

usage: python -m bench.scale [NODES...]

Makes environments of four shapes with 10 to 10,000 nodes and reads each in a process of its own. Prints
seconds, milliseconds a node and megabytes; linear growth is the same number of milliseconds a node in
every row of a shape.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TYPES = {"sql": ("user", "password", "host", "port"), "http": ("host", "port")}
DEFINITIONS = """
define db(String $user, String $password, Integer $port = 3306, String $host = $::fqdn) { }
Db produces Sql { }
define web(String $user, String $password, String $host, Integer $port, Integer $http = 80) { }
Web consumes Sql { }
Web produces Http { host => $::fqdn, port => $http }
define balancer(String $host = '', Integer $port = 0) { }
Balancer consumes Http { }
define tier(Integer $port = 1) { }
Tier produces Http { }
Tier consumes Http { port => $port }
"""


def lamp(nodes: int) -> str:
    """Instances of ten nodes each: a database and nine web servers."""
    instances = "\n".join(
        f"  lamp {{ 'a{i}': user => 'u', password => 'p', nodes => {{ Node['db{i}.test'] => Db['a{i}'], "
        + ", ".join(f"Node['web{i}-{w}.test'] => Web['a{i}-{w}']" for w in range(1, 10))
        + " } }"
        for i in range(nodes // 10)
    )
    return f"""{DEFINITIONS}
application lamp(String $user, String $password, Integer $webs = 9) {{
  db {{ $name: user => $user, password => $password, export => Sql[$name] }}
  Integer[1, $webs].each |$i| {{
    web {{ "${{name}}-${{i}}": consume => Sql[$name], export => Http["${{name}}-${{i}}"] }}
  }}
}}
site {{
{instances}
}}
"""


def wide(nodes: int) -> str:
    """One application: a database, and all other nodes consume it."""
    mapping = ", ".join(f"Node['web{w}.test'] => Web['w{w}']" for w in range(1, nodes))
    return f"""{DEFINITIONS}
application farm(Integer $webs) {{
  db {{ 'db': user => 'u', password => 'p', export => Sql['db'] }}
  Integer[1, $webs].each |$i| {{ web {{ "w${{i}}": consume => Sql['db'], export => Http["w${{i}}"] }} }}
}}
site {{ farm {{ 'f': webs => {nodes - 1}, nodes => {{ Node['db.test'] => Db['db'], {mapping} }} }} }}
"""


def chain(nodes: int) -> str:
    """One application: each component consumes what the one before it exports."""
    mapping = ", ".join(f"Node['n{i}.test'] => Tier['t{i}']" for i in range(nodes))
    return f"""{DEFINITIONS}
application line(Integer $last) {{
  tier {{ 't0': export => Http['h0'] }}
  Integer[1, $last].each |$i| {{
    $before = $i - 1
    tier {{ "t${{i}}": consume => Http["h${{before}}"], export => Http["h${{i}}"] }}
  }}
}}
site {{ line {{ 'l': last => {nodes - 1}, nodes => {{ {mapping} }} }} }}
"""


def facts(nodes: int) -> str:
    """The lamps, with bodies that read a fact: those are evaluated again for each node."""
    return lamp(nodes).replace("  db { $name:", "  $zone = $::hostname\n  db { $name:")


SHAPES: dict[str, Callable[[int], str]] = {"lamp": lamp, "wide": wide, "chain": chain, "facts": facts}


def write(directory: Path, text: str) -> None:
    """Write an environment with one manifest."""
    (directory / "manifests").mkdir()
    (directory / "manifests" / "site.pp").write_text(text)
    types = directory / "modules" / "services" / "lib" / "puppet" / "type"
    types.mkdir(parents=True)
    for name, parameters in TYPES.items():
        lines = "".join(f"  newparam :{parameter}\n" for parameter in parameters)
        (types / f"{name}.rb").write_text(
            f"Puppet::Type.newtype :{name}, :is_capability => true do\n"
            f"  newparam :name, :is_namevar => true\n{lines}end\n"
        )


def measure(directory: Path) -> dict[str, float]:
    """Read the environment here: seconds to parse and in all, megabytes, components."""
    from appo_tui.environment import Facts, read_environment
    from appo_tui.evaluator.manifests import ManifestCache
    from appo_tui.model.reading import model_of
    from appo_tui.model.resolution import resolve

    started = time.perf_counter()
    environment = read_environment(directory)
    cache = ManifestCache()
    for file in environment.manifests:
        cache.read(file)
    parsed = time.perf_counter()
    resolution = resolve(environment, Facts(), cache=cache)
    model = model_of(resolution, Facts())
    ended = time.perf_counter()
    errors = [item.message for item in model.diagnostics if item.severity == "error"]
    if errors:
        raise SystemExit(f"{directory}: {errors[0]}")
    return {
        "parse": parsed - started,
        "resolve": ended - parsed,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "components": len(model.components),
    }


def main(arguments: list[str]) -> None:
    """Measure every shape at every size."""
    if arguments[:1] == ["--measure"]:
        print(json.dumps(measure(Path(arguments[1]))))
        return
    sizes = [int(argument) for argument in arguments] or [10, 100, 1000, 10000]
    print(f"{'shape':8}{'nodes':>8}{'parse s':>10}{'resolve s':>11}{'ms/node':>9}{'MB':>7}")
    for shape, make in SHAPES.items():
        for size in sizes:
            with tempfile.TemporaryDirectory() as name:
                write(Path(name), make(size))
                command = [sys.executable, "-m", "bench.scale", "--measure", name]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            each = found["resolve"] / size * 1000
            print(
                f"{shape:8}{size:8}{found['parse']:10.2f}{found['resolve']:11.2f}{each:9.2f}{found['memory']:7.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
