"""A bed of hosts: bringing it up, doing things to its hosts, and leaving no trace."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.hosts.testbed.boot import boot
from tests.hosts.testbed.places import BedError, Host, Places, suites_of

_SECONDS_TO_END = 10.0
_SWITCH = "switch"


@dataclass(slots=True)
class Bed:
    """Hosts that are up, or were and are powered off.

    Attributes:
        places: where the bed keeps its things.
        hosts: name -> host, in the order in which they were asked for.
        inits: name -> pid, seen from here, of a host's pid 1.
    """

    places: Places
    hosts: dict[str, Host]
    inits: dict[str, int] = field(default_factory=dict)

    @classmethod
    def up(cls, places: Places, names: Sequence[str]) -> Bed:
        """Bring up hosts, each `NAME` or `NAME@SUITE`; 3 take a tenth of a second, 200 three seconds.

        Raises:
            BedError: not root, already up, an image is missing, or a host did not start.
        """
        if os.geteuid():
            raise BedError("a bed needs root: it makes namespaces and mounts")
        if places.inventory.exists():
            raise BedError(f"a bed is already up in {places.state}: take it down first")
        suites = suites_of(names)
        for suite in sorted(set(suites.values())):
            if not (places.images / suite / "usr/sbin/sshd").exists():
                build = f"python -m tests.hosts.testbed image {suite}"
                raise BedError(f"no image of {suite} in {places.images}: build it with '{build}'")
        bed = cls(places, {n: places.host(n, suite, i) for i, (n, suite) in enumerate(suites.items())})
        (places.state / "keys").mkdir(parents=True, mode=0o700)
        bed._save()
        bed._write_client_files()
        bed._wire()
        bed.start(*bed.hosts)
        return bed

    @classmethod
    def load(cls, places: Places) -> Bed:
        """The bed that is up in these places.

        Raises:
            BedError: nothing is up there.
        """
        if not places.inventory.exists():
            raise BedError(f"no bed is up in {places.state}")
        saved = json.loads(places.inventory.read_text())
        return cls(places, {name: Host(**host) for name, host in saved["hosts"].items()}, saved["inits"])

    def down(self) -> None:
        """End every process of the bed and remove all that it made."""
        self.kill(*self.hosts)
        existing = {path.name for path in Path("/run/netns").glob(f"{self.places.namespace('')}*")}
        ours = [self.places.namespace(name) for name in (_SWITCH, *self.hosts)]
        _ip("".join(f"netns del {name}\n" for name in ours if name in existing))
        shutil.rmtree(self.places.state)

    def start(self, *names: str) -> None:
        """Power hosts on. Their files are as they were.

        Raises:
            BedError: a host's sshd did not start.
        """
        started = []
        for name in names:
            for folder in ("upper", "work"):
                (self.places.state / name / folder).mkdir(parents=True, exist_ok=True)
            started.append((name, *boot(self.hosts[name], self.hosts, self.places)))
        failures = []
        for name, launcher, report in started:
            os.waitpid(launcher, 0)
            with os.fdopen(report) as lines:
                for line in lines.read().splitlines():
                    if line.isdigit():
                        self.inits[name] = int(line)
                    else:
                        failures.append(line)
        self._save()
        if failures:
            raise BedError("; ".join(failures))

    def kill(self, *names: str) -> None:
        """Power hosts off: end every process in their networks, and wait until they are gone.

        Raises:
            BedError: a process does not end.
        """
        networks = set()
        for name in names:
            with contextlib.suppress(OSError):
                networks.add(Path("/run/netns", self.places.namespace(name)).stat().st_ino)
        end = time.monotonic() + _SECONDS_TO_END
        while left := list(_processes_in("net", networks)):
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if time.monotonic() > end:
                raise BedError(f"processes of {', '.join(names)} do not end")
            time.sleep(0.01)

    def freeze(self, name: str) -> None:
        """Stop all of a host's processes, as a hung machine's are."""
        self._signal(name, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a frozen host go on."""
        self._signal(name, signal.SIGCONT)

    def cut(self, name: str) -> None:
        """Unplug a host's cable: only clients on the hosts' own network notice (see `in_switch`)."""
        self._set_link(name, "down")

    def heal(self, name: str) -> None:
        """Plug a host's cable in again."""
        self._set_link(name, "up")

    def alive(self, name: str) -> bool:
        """Whether the host's pid 1 runs."""
        if name not in self.inits:
            return False
        try:
            here = Path("/run/netns", self.places.namespace(name))
            return here.samefile(f"/proc/{self.inits[name]}/ns/net")
        except OSError:
            return False

    def enter_command(self, name: str) -> list[str]:
        """What to put before a command line to run it in a host without SSH."""
        return ["nsenter", "--all", "--target", str(self.inits[name])]

    def in_switch(self) -> list[str]:
        """What to put before a command line to run it on the hosts' own network, where `cut` is felt."""
        return ["ip", "netns", "exec", self.places.namespace(_SWITCH)]

    def run(self, name: str, command: str) -> subprocess.CompletedProcess[str]:
        """Run a shell command in a host, not through SSH; the result has its output and exit code."""
        words = [*self.enter_command(name), "/bin/sh", "-c", command]
        path = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        return subprocess.run(words, capture_output=True, text=True, check=False, env=path)

    def _signal(self, name: str, number: signal.Signals) -> None:
        inside = {Path(f"/proc/{self.inits[name]}/ns/pid").stat().st_ino}
        for pid in _processes_in("pid", inside):
            with contextlib.suppress(ProcessLookupError):  # it may have ended just now
                os.kill(pid, number)

    def _set_link(self, name: str, state: str) -> None:
        _ip(f"link set h{list(self.hosts).index(name)} {state}\n", self.places.namespace(_SWITCH))

    def _save(self) -> None:
        hosts = {name: asdict(host) for name, host in self.hosts.items()}
        self.places.inventory.write_text(json.dumps({"hosts": hosts, "inits": self.inits}, indent=1) + "\n")

    def _write_client_files(self) -> None:
        places = self.places
        keys = [places.client_key, *(places.state / "keys" / name for name in self.hosts)]
        generate = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "testbed", "-f"]
        for process in [subprocess.Popen([*generate, str(key)]) for key in keys]:
            process.wait()
        known, config = [], []
        for name, host in self.hosts.items():
            at = host.address if host.port == 22 else f"[{host.address}]:{host.port}"
            public = (places.state / "keys" / f"{name}.pub").read_text()
            known.append(f"{name},{host.certname},{at},{host.ip} {public}")
            config.append(f"Host {name} {host.certname}\n  HostName {host.address}\n  Port {host.port}\n")
        config.append(
            f"Host *\n  User root\n  IdentityFile {places.client_key}\n  IdentitiesOnly yes\n"
            f"  UserKnownHostsFile {places.known_hosts}\n  LogLevel ERROR\n"
        )
        places.known_hosts.write_text("".join(known))
        places.ssh_config.write_text("".join(config))

    def _wire(self) -> None:
        namespace = self.places.namespace
        switch = namespace(_SWITCH)
        _ip(f"netns add {switch}\n" + "".join(f"netns add {namespace(name)}\n" for name in self.hosts))
        bridge = (
            f"link set lo up\nlink add br0 type bridge\naddr add 10.{self.places.net}.255.254/16 dev br0\n"
            "link set br0 up\n"
        )
        cables = "".join(
            f"link add h{i} type veth peer name eth0 netns {namespace(name)}\nlink set h{i} master br0 up\n"
            for i, name in enumerate(self.hosts)
        )
        _ip(bridge + cables, switch)


def _ip(commands: str, namespace: str | None = None) -> None:
    words = ["ip", *(["-n", namespace] if namespace else []), "-batch", "-"]
    subprocess.run(words, input=commands, text=True, check=True)


def _processes_in(kind: str, namespaces: set[int]) -> Iterable[int]:
    """The pids of the processes in these namespaces; a zombie is in none any more."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "ns" / kind).stat().st_ino in namespaces:
                yield int(process.name)
