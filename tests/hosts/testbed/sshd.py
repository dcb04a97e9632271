"""A host's pid 1: sshd on sockets that were bound before it started."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from typing import NoReturn

CONFIGURATION = """Port 22
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
PrintMotd no
PrintLastLog no
PidFile none
MaxStartups 1000
MaxSessions 200
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
"""
_PROGRAM = "/usr/sbin/sshd"
_PATH = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
_FREE_DESCRIPTORS = range(100, 200)


def become_sshd(listeners: tuple[socket.socket, socket.socket], log: int, report: int) -> NoReturn:
    """Become an sshd that takes its sockets from its parent, as systemd hands them over (LISTEN_FDS).

    Debian 12's can; `report` closes by itself when it runs.
    """
    null = os.open("/dev/null", os.O_RDONLY)
    wanted = (null, log, log, *(listener.fileno() for listener in listeners))
    copies = [
        os.dup2(os.dup(descriptor), free)
        for descriptor, free in zip(wanted, _FREE_DESCRIPTORS, strict=False)
    ]
    kept_report = _FREE_DESCRIPTORS.start - 1
    os.dup2(report, kept_report, inheritable=False)
    for number, copy in enumerate(copies):
        os.dup2(copy, number, inheritable=True)
    os.closerange(len(copies), kept_report)
    os.closerange(_FREE_DESCRIPTORS.start, _FREE_DESCRIPTORS.stop)
    handed_over = {"LISTEN_FDS": str(len(listeners)), "LISTEN_PID": "1"}
    os.execve(_PROGRAM, [_PROGRAM, "-D", "-e"], _PATH | handed_over)


def serve(listeners: tuple[socket.socket, ...], log: int) -> NoReturn:
    """Start an sshd for each connection, and reap what ends; for suites whose sshd takes no sockets."""
    signal.signal(signal.SIGCHLD, lambda *_: None)  # only so that a child's end wakes the wait below
    wake, wakes = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    while True:
        ready, _, _ = select.select([*(listener.fileno() for listener in listeners), wake], [], [])
        if wake in ready:
            _reap(wake)
        for listener in listeners:
            if listener.fileno() in ready:
                _start_for(listener, log)


def _start_for(listener: socket.socket, log: int) -> None:
    connection, _ = listener.accept()
    if os.fork() == 0:
        for descriptor, number in ((connection.fileno(), 0), (connection.fileno(), 1), (log, 2)):
            os.dup2(descriptor, number)
        os.execve(_PROGRAM, [_PROGRAM, "-i", "-e"], _PATH)
    connection.close()


def _reap(wake: int) -> None:
    with contextlib.suppress(BlockingIOError):
        os.read(wake, 4096)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
