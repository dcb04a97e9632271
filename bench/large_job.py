"""A whole job on thousands of nodes: plan, scheduler, SSH, bundles, spools and the store.

usage: python -m bench.large_job [--nodes 5000] [--concurrency 0] [--seconds 1.0]

Its environment has an application whose components are on as many nodes, in two levels. The nodes are those
of bench.fakefleet, one process that answers SSH on loopback and does not run Puppet. Prints wall and CPU
seconds of the job's runner, its greatest memory and number of open files, and the store's size; returns 1 if
a node did not finish. With a concurrency of 0 all nodes run at once.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from appo_tui.environment import NO_FACTS, read_environment
from appo_tui.jobs import JobOptions, JobRequest, launch, open_store
from appo_tui.model import read_model
from appo_tui.plan import Target, make_plan
from bench.fanout import fleet

_APPLICATION = """\
application wide (Array[String] $leaves) {
  wide::root { 'root': export => Ground['root'] }
  $leaves.each |$leaf| { wide::leaf { $leaf: consume => Ground['root'] } }
}
"""
_MODULE = {
    "manifests/init.pp": _APPLICATION,
    "manifests/root.pp": (
        "define wide::root { file { '/etc/root': content => $name } }\n"
        "Wide::Root produces Ground { host => $::fqdn }\n"
    ),
    "manifests/leaf.pp": (
        "define wide::leaf ($host) { file { '/etc/leaf': content => $host } }\n"
        "Wide::Leaf consumes Ground { }\n"
    ),
    "lib/puppet/type/ground.rb": (
        "Puppet::Type.newtype :ground, :is_capability => true do\n"
        "  newparam :name, :namevar => true\n  newparam :host\nend\n"
    ),
}


def write_environment(root: Path, fleet_directory: Path, names: list[str]) -> None:
    """The environment, with an inventory that leads to the fleet."""
    for name, text in _MODULE.items():
        file = root / "wide" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (root / "environment.conf").write_text("modulepath = .\nmanifest = site.pp\n")
    root_node, *leaves = names
    listed = ", ".join(f"'{name}'" for name in leaves)
    on_nodes = "".join(f"    Node['{name}'] => Wide::Leaf['{name}'],\n" for name in leaves)
    (root / "site.pp").write_text(
        f"site {{\n  wide {{ 'w': leaves => [{listed}], nodes => {{\n"
        f"    Node['{root_node}'] => Wide::Root['root'],\n{on_nodes}  }} }}\n}}\n"
    )
    inventory = json.loads((fleet_directory / "inventory.json").read_text())
    targets = "".join(
        f"  - {{name: {name}, uri: '{host['address']}:{host['port']}'}}\n"
        for name, host in inventory["hosts"].items()
    )
    (root / "inventory.yaml").write_text(
        f"version: 2\nconfig:\n  ssh:\n    user: root\n    private-key: {inventory['key']}\n"
        f"    known-hosts: {inventory['known_hosts']}\ntargets:\n{targets}"
    )


def runner_of(store_url: str) -> int:
    """The process of the only runner that works on this store's jobs."""
    store = open_store(store_url)
    while not (runner := store.progress(1).runner):
        time.sleep(0.05)
    store.close()
    return int(runner.rpartition(":")[2])


def main() -> int:
    """Measure; returns 1 if a node did not finish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--nodes", type=int, default=5000)
    parser.add_argument("--concurrency", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, fleet(options.nodes, options.seconds) as directory:
        place = Path(temporary)
        os.environ["XDG_STATE_HOME"] = str(place)
        write_environment(place / "env", directory, [f"node{number}" for number in range(options.nodes)])
        return measured(place, options.concurrency or None)


def measured(place: Path, concurrency: int | None) -> int:
    """Plan and run the job, and print what it took."""
    began = time.perf_counter()
    model = read_model(read_environment(place / "env", "wide"), NO_FACTS)
    plan = make_plan(model, Target("all"))
    print(f"read and planned {len(plan.nodes):,} nodes: {time.perf_counter() - began:.1f} s")
    url = f"sqlite:///{place / 'jobs.sqlite'}"
    request = JobRequest(
        root=str(place / "env"), environment="wide", plan=plan,
        options=JobOptions(concurrency=concurrency), owner="bench", host="here",
    )  # fmt: skip
    began = time.perf_counter()
    launch(url, request)
    runner = Path(f"/proc/{runner_of(url)}")
    most_files = most_memory = 0
    cpu = 0.0
    store = open_store(url)
    while not store.job(1).summary.state.ended:
        try:
            most_files = max(most_files, len(list((runner / "fd").iterdir())))
            status = (runner / "status").read_text()
            most_memory = max(most_memory, int(status.split("VmHWM:")[1].split()[0]))
            words = (runner / "stat").read_text().rpartition(")")[2].split()
            cpu = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            break
        time.sleep(0.25)
    wall = time.perf_counter() - began
    counts = store.progress(1).counts
    store.close()
    print(f"job: {wall:.1f} s, cpu {cpu:.1f} s ({cpu / len(plan.nodes) * 1000:.1f} ms a node)")
    print(f"memory {most_memory / 1024:.0f} MB, open files {most_files:,}")
    print(f"store {sum(file.stat().st_size for file in place.glob('jobs.sqlite*')) / 1e6:.1f} MB")
    print("nodes:", ", ".join(f"{number:,} {state.value}" for state, number in counts.items()))
    return int([state.value for state in counts] != ["finished"])


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sys.exit(main())
