"""Starting one host: its namespaces, its root file system, and its sshd."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from tests.hosts.testbed import kernel
from tests.hosts.testbed.places import DOMAIN, SUITE, Host, Places
from tests.hosts.testbed.sshd import CONFIGURATION, become_sshd, serve

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_DEVICE_LINKS = {
    "ptmx": "pts/ptmx", "fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2",
}  # fmt: skip


def boot(host: Host, neighbours: Mapping[str, Host], places: Places) -> tuple[int, int]:
    """Start a host.

    Returns:
        The pid of a short-lived child to wait for, and a descriptor to read until its end, which comes when
        the host's sshd runs. It gives the pid of the host's init as a line, and what failed as others.
    """
    outside = _listening(host.address, host.port)
    reads, writes = os.pipe()
    launcher = os.fork()
    if launcher == 0:
        _launch(host, neighbours, places, outside, writes)
    outside.close()
    os.close(writes)
    return launcher, reads


def _listening(address: str, port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(1024)
    return listener


def _launch(
    host: Host, neighbours: Mapping[str, Host], places: Places, outside: socket.socket, report: int
) -> NoReturn:
    """In a child: enter the host's namespaces and fork its pid 1."""
    try:
        os.setsid()
        kernel.enter_network(places.namespace(host.name))
        kernel.unshare(kernel.NEW_MOUNTS | kernel.NEW_HOSTNAME | kernel.NEW_IPC | kernel.NEW_PIDS)
        init = os.fork()
        if init == 0:
            _become_init(host, neighbours, places, outside, report)
        os.write(report, f"{init}\n".encode())
    except BaseException as error:  # noqa: BLE001 - a forked child must not return into its parent's code
        os.write(report, f"{host.name}: {error!r}\n".encode())
    finally:
        os._exit(0)


def _become_init(
    host: Host, neighbours: Mapping[str, Host], places: Places, outside: socket.socket, report: int
) -> NoReturn:
    """As pid 1 of the new namespaces: build the root, then become sshd."""
    try:
        own = places.state / host.name
        root = own / "root"
        kernel.keep_mounts_private()
        layers = f"lowerdir={places.images / host.suite},upperdir={own}/upper,workdir={own}/work"
        kernel.mount("overlay", root, "overlay", options=layers)
        _plug_in(host)
        _write_files(root, host, neighbours, places)
        _mount_system(root)
        log = os.open(own / "sshd.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        inside = _listening("0.0.0.0", 22)
        kernel.make_root(root)
        socket.sethostname(host.name)
        os.umask(0o022)
        if host.suite == SUITE:
            become_sshd((outside, inside), log, report)
        os.close(report)
        serve((outside, inside), log)
    except BaseException as error:  # noqa: BLE001 - as above
        os.write(report, f"{host.name}: {error!r}\n".encode())
        os._exit(1)


def _plug_in(host: Host) -> None:
    commands = f"link set lo up\naddr replace {host.ip}/16 dev eth0\nlink set eth0 up\n"
    subprocess.run(["ip", "-batch", "-"], input=commands, text=True, check=True)


def _write_files(root: Path, host: Host, neighbours: Mapping[str, Host], places: Places) -> None:
    names = "".join(f"{other.ip} {other.certname} {other.name}\n" for other in neighbours.values())
    key = places.state / "keys" / host.name
    _write(root / "etc/hostname", f"{host.name}\n")
    _write(root / "etc/resolv.conf", f"search {DOMAIN}\n")
    _write(root / "etc/hosts", f"127.0.0.1 localhost\n{names}")
    _write(root / "etc/ssh/sshd_config", CONFIGURATION)
    _write(root / "etc/ssh/ssh_host_ed25519_key", key.read_text(), 0o600)
    _write(root / "etc/ssh/ssh_host_ed25519_key.pub", key.with_suffix(".pub").read_text())
    _write(root / "root/.ssh/authorized_keys", places.client_key.with_suffix(".pub").read_text(), 0o600)
    (root / "root/.ssh").chmod(0o700)
    if not os.path.lexists(root / "etc/mtab"):  # without it Facter 3 complains in every run
        (root / "etc/mtab").symlink_to("/proc/self/mounts")


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def _mount_system(root: Path) -> None:
    """The file systems that a running Debian has: /proc, /sys, /dev, /run."""
    quiet = kernel.NO_SUID | kernel.NO_DEVICES
    kernel.mount("proc", root / "proc", "proc", quiet | kernel.NO_EXEC)
    kernel.mount("sysfs", root / "sys", "sysfs", kernel.READ_ONLY | quiet | kernel.NO_EXEC)
    kernel.mount("tmpfs", root / "dev", "tmpfs", kernel.NO_SUID, "mode=755,size=64k")
    for name in _DEVICES:
        device = root / "dev" / name
        os.mknod(device, 0o666 | stat.S_IFCHR, Path("/dev", name).stat().st_rdev)
        device.chmod(0o666)
    terminals = "newinstance,ptmxmode=0666,mode=620,gid=5"
    kernel.mount("devpts", root / "dev/pts", "devpts", kernel.NO_SUID | kernel.NO_EXEC, terminals)
    kernel.mount("tmpfs", root / "dev/shm", "tmpfs", quiet)
    for link, target in _DEVICE_LINKS.items():
        (root / "dev" / link).symlink_to(target)
    kernel.mount("tmpfs", root / "run", "tmpfs", quiet, "mode=755")
    for folder, mode in (("sshd", 0o755), ("lock", 0o1777)):
        (root / "run" / folder).mkdir()
        (root / "run" / folder).chmod(mode)
