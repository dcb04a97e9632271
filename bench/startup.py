"""What a command costs before it does anything: ``python -m bench.startup``.

Times whole processes, in turns, against ``python -c pass``, and prints how much each takes over it, as
milliseconds and as a ratio of its budget. The best of the rounds counts: what else the machine does only
adds to it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PASS = (sys.executable, "-c", "pass")
APPO = (sys.executable, "-m", "appo_tui")
MEASURED = {
    "appo --help": ((*APPO, "--help"), 150),
    "appo app show": ((*APPO, "-e", str(ROOT / "sample_modules"), "app", "show"), 400),
    "appo job list": (
        (*APPO, "--store", f"sqlite:///{tempfile.gettempdir()}/appo-bench-startup.sqlite", "job", "list"),
        600,
    ),
}
"""Command lines, and the budget of each in milliseconds over the reference."""


def seconds(words: tuple[str, ...]) -> float:
    """Returns how long a process takes from start to end."""
    began = time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> int:
    """Measures; returns 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, words in {
            "python -c pass": PASS,
            **{name: words for name, (words, _) in MEASURED.items()},
        }.items():
            best[name] = min(best.get(name, 9e9), seconds(words))
    reference = best["python -c pass"]
    print(f"{'python -c pass':<16} {reference * 1000:6.0f} ms")
    exceeded = 0
    for name, (_, budget) in MEASURED.items():
        over = (best[name] - reference) * 1000
        exceeded += over > budget
        print(f"{name:<16} {over:6.0f} ms over it, {over / budget:4.2f} of its {budget} ms")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
