"""Other programs that run a command on many nodes over SSH, each tuned as its manual advises.

They are looked for in PATH and in a virtual environment (``--peers``). All use the fleet's key, and as many
processes, threads or connections at once as ours; all but parallel-ssh's library check host keys.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

_PARALLEL_SSH = """\
import sys
from pssh.clients import ParallelSSHClient
hosts, key, port, size = sys.argv[1:]
client = ParallelSSHClient(
    open(hosts).read().split(), user="root", port=int(port), pkey=key, pool_size=int(size),
    allow_agent=False, identity_auth=False,
)
output = client.run_command("true")
client.join(output)
sys.exit(any(each.exit_code != 0 for each in output))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A command line that runs `true` on all nodes; ``environment`` is set for it."""

    name: str
    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every program is given: the fleet's directory, nodes at once, and where peers may be."""

    fleet: Path
    concurrency: int
    virtual_environment: Path | None

    def find(self, program: str) -> str | None:
        """A program's path, None if it is not installed."""
        own = str(self.virtual_environment / "bin") if self.virtual_environment else ""
        return shutil.which(program, path=own) or shutil.which(program)

    @property
    def hosts(self) -> Path:
        """The file that lists the nodes' addresses."""
        return self.fleet / "hosts"

    @property
    def ssh_config(self) -> str:
        """The options that make ssh use the fleet's configuration."""
        return f"-F {self.fleet / 'ssh_config'}"


def peers(ground: Ground) -> tuple[tuple[Peer, ...], tuple[str, ...]]:
    """The programs that are there, and the names of those that are not."""
    inventory = json.loads((ground.fleet / "inventory.json").read_text())
    ground.hosts.write_text("".join(f"{host['address']}\n" for host in inventory["hosts"].values()))
    made = {
        "ssh (xargs -P)": _xargs(ground),
        "clush": _clush(ground),
        "pssh": _pssh(ground),
        "parallel-ssh": _parallel_ssh(ground, inventory),
        "pyinfra": _pyinfra(ground, inventory),
        "ansible": _ansible(ground),
    }
    there = tuple(peer for peer in made.values() if peer is not None)
    return there, tuple(name for name, peer in made.items() if peer is None)


def _xargs(ground: Ground) -> Peer | None:
    if not (ground.find("ssh") and ground.find("xargs")):
        return None
    one = f'exec ssh {ground.ssh_config} -o BatchMode=yes -n "$0" true'
    words = ("xargs", "-P", str(ground.concurrency), "-n", "1", "-a", str(ground.hosts), "sh", "-c", one)
    return Peer("ssh (xargs -P)", words)


def _clush(ground: Ground) -> Peer | None:
    program = ground.find("clush")
    if program is None:
        return None
    words = (program, "-q", "-f", str(ground.concurrency), "-o", ground.ssh_config)
    return Peer("clush", (*words, "--hostfile", str(ground.hosts), "true"))


def _pssh(ground: Ground) -> Peer | None:
    """Debian calls it parallel-ssh; it is not the library of that name."""
    program = ground.find("pssh") or shutil.which("parallel-ssh")
    if program is None:
        return None
    words = (program, "-p", str(ground.concurrency), "-h", str(ground.hosts), "-x", ground.ssh_config)
    return Peer("pssh", (*words, "true"))


def _parallel_ssh(ground: Ground, inventory: dict[str, object]) -> Peer | None:
    python = ground.find("python") if ground.virtual_environment else ground.find("python3")
    if python is None or not _imports(python):
        return None
    arguments = (str(ground.hosts), str(inventory["key"]), str(inventory["port"]), str(ground.concurrency))
    return Peer("parallel-ssh", (python, "-c", _PARALLEL_SSH, *arguments))


def _imports(python: str) -> bool:
    return subprocess.run([python, "-c", "import pssh.clients"], capture_output=True).returncode == 0


def _pyinfra(ground: Ground, inventory: dict[str, object]) -> Peer | None:
    program = ground.find("pyinfra")
    if program is None:
        return None
    data = {
        "ssh_user": "root",
        "ssh_port": inventory["port"],
        "ssh_key": inventory["key"],
        "ssh_known_hosts_file": inventory["known_hosts"],
    }
    file = ground.fleet / "pyinfra_hosts.py"
    addresses = ground.hosts.read_text().split()
    file.write_text(f"data = {data!r}\nfleet = [(address, data) for address in {addresses!r}]\n")
    words = (program, "--parallel", str(ground.concurrency), "-y", str(file), "exec", "--", "true")
    return Peer("pyinfra", words)


def _ansible(ground: Ground) -> Peer | None:
    """`raw` is its cheapest module; a connection kept open (ControlPersist) gains nothing for one command."""
    program = ground.find("ansible")
    if program is None:
        return None
    environment = {
        "ANSIBLE_SSH_ARGS": f"{ground.ssh_config} -o ControlMaster=no",
        "ANSIBLE_PIPELINING": "1",
        "ANSIBLE_LOCAL_TEMP": str(ground.fleet / "ansible"),
        "ANSIBLE_HOME": str(ground.fleet / "ansible"),
    }
    words = (program, "all", "-i", str(ground.hosts), "-f", str(ground.concurrency))
    return Peer("ansible", (*words, "-m", "raw", "-a", "true"), environment)
