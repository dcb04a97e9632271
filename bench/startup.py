"""What a command costs before it does anything: ``python -m bench.startup``.

Runs whole processes, in turns, beside ``python -c pass``, and prints what each takes over it: processor
time, against its budget, and time on the clock. The least of the rounds counts: what else the machine
does only adds to it. ``app show`` is measured as a user meets it from the second time on, with the trees
of the samples in the cache, and the first time without.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE = "python -c pass"
APPO = (sys.executable, "-m", "appo_tui")
SHOW = (*APPO, "-e", str(ROOT / "sample_modules"), "app", "show")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, in milliseconds."""

    processor: float
    clock: float

    def least(self, other: Cost) -> Cost:
        """Returns the smaller of each."""
        return Cost(min(self.processor, other.processor), min(self.clock, other.clock))


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, the budget over the reference in milliseconds, and the variable set for it."""

    words: tuple[str, ...]
    budget: float
    variables: dict[str, str]


def commands(directory: Path) -> dict[str, Command]:
    """Returns what is measured, by name; all that it keeps is below the directory."""
    own = {"XDG_CACHE_HOME": str(directory / "cache"), "XDG_STATE_HOME": str(directory / "state")}
    nothing_kept = own | {"XDG_CACHE_HOME": os.devnull}
    return {
        REFERENCE: Command((sys.executable, "-c", "pass"), 0, own),
        "appo --help": Command((*APPO, "--help"), 150, own),
        "appo app show": Command(SHOW, 400, own),
        "the first time": Command(SHOW, 800, nothing_kept),
        "appo job list": Command((*APPO, "job", "list"), 600, own),
    }


def cost(command: Command) -> Cost:
    """Runs a command and returns what it took from start to end."""
    before, began = _children(), time.perf_counter()
    environment = os.environ | command.variables
    subprocess.run(command.words, stdout=subprocess.DEVNULL, env=environment, check=True)
    clock = time.perf_counter() - began
    return Cost((_children() - before) * 1000, clock * 1000)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measures; returns 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    least: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as directory:
        measured = commands(Path(directory))
        for command in measured.values():
            cost(command)  # makes the store and fills the cache
        for _ in range(rounds):
            for name, command in measured.items():
                found = cost(command)
                least[name] = found.least(least.get(name, found))
    reference = least[REFERENCE]
    print(f"{REFERENCE:<16} {reference.processor:5.0f} ms of processor, {reference.clock:.0f} on the clock")
    exceeded = 0
    for name, command in list(measured.items())[1:]:
        over = least[name].processor - reference.processor
        clock = least[name].clock - reference.clock
        exceeded += over > command.budget
        share = f"{over / command.budget:4.2f} of its {command.budget:.0f}"
        print(f"{name:<16} {over:5.0f} over it, {share}; {clock:.0f} on the clock")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
