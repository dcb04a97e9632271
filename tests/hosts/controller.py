"""A user's `appo` that reaches a bed's hosts: its own home, state and history."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hosts.testbed import Bed

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "sample_modules"


@dataclass(frozen=True, slots=True)
class Controller:
    """Runs `appo` as a user whose home is `home` and whose environment is `environment`."""

    home: Path
    environment: Path

    @classmethod
    def make(cls, bed: Bed, home: Path) -> Controller:
        """A user who has a copy of the samples, and an ssh_config for the bed's hosts."""
        ssh = home / ".ssh"
        ssh.mkdir(parents=True, mode=0o700)
        shutil.copy(bed.places.ssh_config, ssh / "config")
        shutil.copy(bed.places.known_hosts, ssh / "known_hosts")
        environment = home / "environment"
        shutil.copytree(SAMPLES, environment)
        return cls(home, environment)

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the environment, as a user does."""
        path = self.environment / name
        text = path.read_text()
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new))

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command, its output to be read from pipes."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        packages = {"PYTHONPATH": f"{ROOT}:{ROOT / 'grammar'}"}
        return subprocess.Popen(
            [sys.executable, "-m", "appo_tui", "--no-color", *words],
            cwd=self.environment,
            env=kept | packages | {"HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(*words)
        output, errors = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, output, errors)

    def json(self, *words: str) -> Any:
        """What a command says in JSON; it may end with any exit code but a usage error's."""
        done = self.run("--format", "json", *words)
        assert done.returncode in (0, 1, 130), done.stderr
        return json.loads(done.stdout)

    def nodes_of(self, job: str) -> dict[str, dict[str, Any]]:
        """A job's nodes by certname."""
        return {node["name"]: node for node in self.json("job", "show", job)["nodes"]["items"]}

    def changes_in(self, job: str) -> dict[str, int]:
        """How many resources Puppet changed on each node of a job."""
        nodes = self.nodes_of(job)
        return {certname: node["result"]["metrics"]["changed"] for certname, node in nodes.items()}

    def latest_job(self) -> str:
        """The number of the job that was made last."""
        return str(max(int(job["name"]) for job in self.json("job", "list")["items"]))
