"""Running Puppet 5.5 on environments, in a host that has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.hosts.testbed import Bed, Places

HERE = Path(__file__).parent
HOST = "puppet5"
CASES_IN_A_PROCESS = 8


@contextmanager
def puppet_5() -> Iterator[Bed]:
    """A host with Puppet 5.5.

    Raises:
        BedError: not root, or there is no image of bullseye.
    """
    bed = Bed.up(Places.unused(), [f"{HOST}@bullseye"])
    try:
        yield bed
    finally:
        bed.down()


def compile_cases(bed: Bed, cases: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What Puppet makes of each case, by the case's name; half a second a case on a core.

    Args:
        bed: one with the host of `puppet_5`.
        cases: directories, each with env/ and perhaps inputs.yaml, and each with a name of its own.
    """
    with tempfile.TemporaryDirectory() as gathered:
        folder = Path(gathered)
        for program in HERE.glob("*.rb"):
            shutil.copy(program, folder)
        for case in cases:
            shutil.copytree(case, folder / "cases" / case.name)
        packed = subprocess.run(["tar", "-c", "-C", gathered, "."], capture_output=True, check=True).stdout
    inside = bed.enter_command(HOST)
    unpack = "rm -rf /root/reference && mkdir /root/reference && tar -x -C /root/reference"
    subprocess.run([*inside, "sh", "-c", unpack], input=packed, check=True)
    compiling = (
        f"cd /root/reference && ls -d cases/* | "
        f"xargs -P {os.cpu_count()} -n {CASES_IN_A_PROCESS} ruby -W0 compile.rb"
    )
    said = subprocess.run([*inside, "sh", "-c", compiling], capture_output=True, text=True, check=True).stdout
    results = [json.loads(line) for line in said.splitlines()]
    return {result["case"]: result for result in results}
