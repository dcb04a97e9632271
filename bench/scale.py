"""How reading an environment grows with its nodes, and what reading it again after a change costs.

usage: python -m bench.scale [--live] [NODES...]

Makes environments of several shapes with 10 to 10,000 nodes and reads each in a process of its own. Prints
the seconds of CPU to parse and to resolve, milliseconds a node, megabytes at the peak, and how many times
longer than the row before a node takes: linear growth is 1.0 in every row.

With --live: the CPU seconds from a change of one file to the new model, for each kind of change. As in the
process that reads for the TUI, garbage is collected when the model is there. ``python -m bench.tui --only
changes`` measures on to the screen.
"""

from __future__ import annotations

import gc
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appo_tui.environment import Facts
    from appo_tui.model.entities import Model

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


def names(nodes: int) -> str:
    """One application whose body reads a fact that every node has another value of."""
    return wide(nodes).replace("  db { 'db':", "  $who = $::hostname\n  db { 'db':").replace(
        "{ web {", "{ $label = \"${i}-${who}\" web {"
    )  # fmt: skip


def zones(nodes: int) -> str:
    """One application whose body decides by a fact that has three values."""
    choice = "  if $::zone == 'z0' { $http = 80 } else { $http = 8080 }\n  db { 'db':"
    text = wide(nodes).replace("  db { 'db':", choice)
    return text.replace("export => Http[\"w", "http => $http, export => Http[\"w")


def site(nodes: int) -> str:
    """The lamps, in a site that decides by a fact that has three values."""
    choice = "site {\n  $user = $::zone ? { 'z0' => 'a', default => 'b' }"
    text = lamp(nodes).replace("site {", choice)
    return text.replace("user => 'u', password => 'p', nodes", "user => $user, password => 'p', nodes")


_READS_A_FACT = "site {\n  $who = $::hostname\n  notice($who)\n"


def one(nodes: int) -> str:
    """One application, in a site that reads a fact which every node has another value of."""
    return wide(nodes).replace("site {", _READS_A_FACT)


def computed(nodes: int) -> str:
    """The lamps with titles that are computed, in such a site."""
    text = lamp(nodes).replace("site {", f"{_READS_A_FACT}  $p = 'a'\n")
    return re.sub(r"lamp \{ 'a(\d+)':", r'lamp { "${p}\1":', text)


def mapped(nodes: int) -> str:
    """The lamps with their mappings in variables, in such a site."""
    text = lamp(nodes).replace("site {", _READS_A_FACT)
    return re.sub(r"( *lamp \{ 'a(\d+)':.*nodes => )(.*) \}", r"  $nodes\2 = \3\n\1$nodes\2 }", text)


def lambdas(nodes: int) -> str:
    """The lamps declared in a lambda, in such a site."""
    code, _, _ = lamp(10).partition("site {")
    webs = ", ".join(f'Node["web${{i}}-{w}.test"] => Web["a${{i}}-{w}"]' for w in range(1, 10))
    mapping = f'Node["db${{i}}.test"] => Db["a${{i}}"], {webs}'
    declared = f"lamp {{ \"a${{i}}\": user => 'u', password => 'p', nodes => {{ {mapping} }} }}"
    return f"{code}{_READS_A_FACT}  Integer[1, {nodes // 10}].each |$i| {{ {declared} }}\n}}\n"


SHAPES: dict[str, Callable[[int], str]] = {
    "lamp": lamp, "wide": wide, "chain": chain, "names": names, "zones": zones, "site": site,
    "one": one, "computed": computed, "mapped": mapped, "lambdas": lambdas,
}  # fmt: skip


def write(directory: Path, text: str) -> None:
    """Write an environment: definitions and site in a manifest each."""
    code, _, declared = text.partition("site {")
    (directory / "manifests").mkdir()
    (directory / "manifests" / "applications.pp").write_text(code)
    (directory / "manifests" / "site.pp").write_text(f"site {{{declared}")
    types = directory / "modules" / "services" / "lib" / "puppet" / "type"
    types.mkdir(parents=True)
    for name, parameters in TYPES.items():
        lines = "".join(f"  newparam :{parameter}\n" for parameter in parameters)
        (types / f"{name}.rb").write_text(
            f"Puppet::Type.newtype :{name}, :is_capability => true do\n"
            f"  newparam :name, :is_namevar => true\n{lines}end\n"
        )
    (directory / "hiera.yaml").write_text("version: 5\nhierarchy: [{name: all, path: all.yaml}]\n")
    (directory / "data").mkdir()
    (directory / "data" / "all.yaml").write_text("password: p\n")


def facts_of(directory: Path) -> Facts:
    """Three zones, for those shapes that ask."""
    from appo_tui.environment import Facts

    text = (directory / "manifests" / "site.pp").read_text()
    if "$::zone" not in text + (directory / "manifests" / "applications.pp").read_text():
        return Facts()
    certnames = re.findall(r"Node\['([^']+)'\]", text)
    return Facts({certname: {"zone": f"z{index % 3}"} for index, certname in enumerate(certnames)})


def measure(directory: Path) -> dict[str, float]:
    """Read the environment here: seconds to parse and in all, megabytes, components."""
    from appo_tui.environment import read_environment
    from appo_tui.evaluator.manifests import ManifestCache
    from appo_tui.model import read_model

    started = time.process_time()
    environment = read_environment(directory)
    cache = ManifestCache()
    for file in environment.manifests:
        cache.read(file)
    facts = facts_of(directory)
    parsed = time.process_time()
    model = read_model(environment, facts, cache=cache)
    ended = time.process_time()
    _refuse_errors(directory, model)
    return {
        "parse": parsed - started,
        "resolve": ended - parsed,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "components": len(model.components),
    }


def _refuse_errors(directory: Path, model: Model) -> None:
    errors = [item.message for item in model.diagnostics if item.severity == "error"]
    if errors:
        raise SystemExit(f"{directory}: {errors[0]}")


EDITS: dict[str, tuple[str, str, str]] = {
    "an instance": ("site.pp", r"('a1': user => ')\w+", r"\1u{}"),
    "a component's body": ("applications.pp", r"(define web[^{]*\{).*", r"\1 notify {{ 'n{}': }} }}"),
    "a component's default": ("applications.pp", r"(\$http = )\d+", r"\g<1>9{}"),
    "an application": ("applications.pp", r"(db \{ \$name: user => )[^,]+", r"\1'u{}'"),
    "an application's comment": ("applications.pp", r"(application lamp[^{]*\{).*", r"\1 # {}"),
    "a resource type": ("sql.rb", r"(?m)(  newparam :more\d+\n)?^end", r"  newparam :more{}\nend"),
    "a resource type's comment": ("sql.rb", r"\Z", r"# {}\n"),
    "data": ("all.yaml", r"\Z", r"# {}\n"),
}
"""What is changed: the file, a pattern in it and what takes its place, with a number."""


def measure_live(directory: Path) -> dict[str, float]:
    """The median seconds of CPU from a change of one file to the new model, by what was changed."""
    from appo_tui.environment import read_environment
    from appo_tui.model import read_model, reading_cache

    gc.disable()
    cache = reading_cache()
    read_model(read_environment(directory), facts_of(directory), cache=cache)
    gc.freeze()
    found: dict[str, float] = {}
    for edit, (file, pattern, changed) in EDITS.items():
        path = next(directory.rglob(file))
        seconds = []
        for number in range(5):
            text, count = re.subn(pattern, changed.format(number), path.read_text(), count=1)
            assert count, edit
            path.write_text(text)
            started = time.process_time()
            model = read_model(read_environment(directory), facts_of(directory), cache=cache)
            seconds.append(time.process_time() - started)
            gc.collect()
            _refuse_errors(directory, model)
        found[edit] = statistics.median(seconds)
    return found


def in_a_process(option: str, shape: Callable[[int], str], nodes: int) -> dict[str, float]:
    """What one of the measurements above gives, in a process that has done nothing else."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), shape(nodes))
        command = [sys.executable, "-m", "bench.scale", option, name]
        found: dict[str, float] = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
    return found


def print_growth(sizes: list[int]) -> None:
    """A row for each shape and size."""
    print(f"{'shape':8}{'nodes':>8}{'parse s':>10}{'resolve s':>11}{'ms/node':>9}{'MB':>7}{'growth':>8}")
    for name, shape in SHAPES.items():
        before = 0.0
        for size in sizes:
            found = in_a_process("--measure", shape, size)
            each = found["resolve"] / size * 1000
            growth = f"{each / before:8.2f}" if before else ""
            print(
                f"{name:8}{size:8}{found['parse']:10.2f}{found['resolve']:11.2f}{each:9.2f}"
                f"{found['memory']:7.0f}{growth}",
                flush=True,
            )
            before = each


def print_live(sizes: list[int]) -> None:
    """A row for each size and edit."""
    print(f"{'nodes':>8}  {'changed':24}{'seconds':>8}")
    for size in sizes:
        for edit, seconds in in_a_process("--measure-live", lamp, size).items():
            print(f"{size:8}  {edit:24}{seconds:8.3f}", flush=True)


def main(arguments: list[str]) -> None:
    """Measure every shape at every size."""
    if arguments[:1] == ["--measure"]:
        print(json.dumps(measure(Path(arguments[1]))))
    elif arguments[:1] == ["--measure-live"]:
        print(json.dumps(measure_live(Path(arguments[1]))))
    elif arguments[:1] == ["--live"]:
        print_live([int(argument) for argument in arguments[1:]] or [100, 1000])
    else:
        print_growth([int(argument) for argument in arguments] or [10, 100, 1000, 10000])


if __name__ == "__main__":
    main(sys.argv[1:])
