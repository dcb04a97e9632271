"""How fast `true` runs on many nodes over SSH: ours against what else this machine has.

usage: python -m bench.fanout [--count 200] [--concurrency 100] [--rounds 3]

Starts the fleet of bench.fakefleet on loopback and runs every program in turns, from its start to its
exit. Prints wall and CPU seconds, the best of the rounds, and their ratios to ours. All of them check host
keys and use the same key; a program that is not installed is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.transport.ssh import SshShells

ROOT = Path(__file__).parent.parent


async def run_true(directory: Path, concurrency: int) -> int:
    """Run `true` on every node of the fleet as jobs do; returns how many did not answer 0."""
    inventory = json.loads((directory / "inventory.json").read_text())
    key, known = Path(inventory["key"]), Path(inventory["known_hosts"])
    addresses = {
        name: Address(host["address"], host["port"], inventory["user"], private_key=key, known_hosts=known)
        for name, host in inventory["hosts"].items()
    }
    shells = SshShells(Inventory(addresses), home=directory)
    turn = asyncio.Semaphore(concurrency)
    failed = 0

    async def one(name: str) -> None:
        nonlocal failed
        async with turn:
            shell = await shells.open(name)
            done = await shell.run("true")
            await shell.close()
            failed += done.code != 0

    await asyncio.gather(*(one(name) for name in addresses))
    return failed


def programs(directory: Path, concurrency: int) -> dict[str, list[str]]:
    """Command lines that run `true` everywhere, by name."""
    hosts = directory / "hosts"
    inventory = json.loads((directory / "inventory.json").read_text())
    addresses = [host["address"] for host in inventory["hosts"].values()]
    hosts.write_text("".join(f"{address}\n" for address in addresses))
    config = str(directory / "ssh_config")
    ours = [sys.executable, "-m", "bench.fanout", "--ours", str(directory), "--concurrency", str(concurrency)]
    ssh = ["xargs", "-P", str(concurrency), "-n", "1", "-a", str(hosts), "sh", "-c"]
    all_programs = {
        "ours": ours,
        "ssh": [*ssh, f'ssh -F {config} -o BatchMode=yes -n "$0" true'],
        "clush": [
            "clush", "-q", "-f", str(concurrency), "-o", f"-F {config}", "--hostfile", str(hosts), "true",
        ],
        "parallel-ssh": [
            "parallel-ssh", "-p", str(concurrency), "-h", str(hosts), "-x", f"-F {config}", "true",
        ],
        "ansible": [
            "ansible", "all", "-i", str(hosts), "-f", str(concurrency), "-m", "raw", "-a", "true",
            "--ssh-common-args", f"-F {config}",
        ],
    }  # fmt: skip
    needed = {name: "ssh" if name == "ssh" else words[0] for name, words in all_programs.items()}
    return {name: words for name, words in all_programs.items() if shutil.which(needed[name])}


def timed(words: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a program and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compared(directory: Path, concurrency: int, rounds: int) -> dict[str, tuple[float, float]]:
    """The best wall and CPU seconds of each program, run in turns."""
    best: dict[str, tuple[float, float]] = {}
    for _ in range(rounds):
        for name, words in programs(directory, concurrency).items():
            wall, cpu = timed(words)
            known = best.get(name, (wall, cpu))
            best[name] = (min(wall, known[0]), min(cpu, known[1]))
    return best


def main() -> int:
    """Measure; returns 1 if another program was faster by more than a tenth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ours:
        return asyncio.run(run_true(options.ours, options.concurrency))
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary) / "fleet"
        fleet = subprocess.Popen(
            [sys.executable, "-m", "bench.fakefleet", str(directory), "--count", str(options.count)],
            cwd=ROOT,
        )  # fmt: skip
        try:
            while not (directory / "ready").exists() and fleet.poll() is None:
                time.sleep(0.05)
            best = compared(directory, options.concurrency, options.rounds)
        finally:
            fleet.terminate()
            fleet.wait()
    wall, cpu = best["ours"]
    print(f"{options.count} nodes, {options.concurrency} at once, best of {options.rounds}")
    for name, (seconds, used) in sorted(best.items(), key=lambda each: each[1]):
        ratios = f"wall {seconds:6.2f} s {seconds / wall:5.2f}x   cpu {used:6.2f} s {used / cpu:5.2f}x"
        print(f"{name:<14} {ratios}")
    return int(any(seconds < wall * 0.9 for seconds, _ in best.values()))


if __name__ == "__main__":
    sys.exit(main())
