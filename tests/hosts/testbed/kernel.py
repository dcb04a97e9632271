"""The system calls that Python 3.11 has no function for."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

NEW_MOUNTS, NEW_HOSTNAME, NEW_IPC = 0x20000, 0x4000000, 0x8000000
NEW_PIDS, NEW_NETWORK = 0x20000000, 0x40000000
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC = 1, 2, 4, 8
_RECURSIVE, _PRIVATE, _DETACH = 1 << 14, 1 << 18, 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    in_bytes = [value.encode() if isinstance(value, str) else value for value in arguments]
    if getattr(_libc, name)(*in_bytes) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}", str(arguments))


def enter_network(namespace: str) -> None:
    """Move this process into a named network namespace."""
    descriptor = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    _call("setns", descriptor, NEW_NETWORK)
    os.close(descriptor)


def unshare(kinds: int) -> None:
    """Give this process (for process ids: its next child) namespaces of its own."""
    _call("unshare", kinds)


def keep_mounts_private() -> None:
    """From here on, mounts made in this namespace are seen in no other."""
    _call("mount", "none", "/", None, ctypes.c_ulong(_RECURSIVE | _PRIVATE), None)


def mount(source: str, target: Path, kind: str, flags: int = 0, options: str | None = None) -> None:
    """Mount a file system, making the folder it goes on."""
    target.mkdir(exist_ok=True)
    _call("mount", source, str(target), kind, ctypes.c_ulong(flags), options)


def make_root(root: Path) -> None:
    """Make a mounted folder this process's root, and let go of the old one."""
    os.chdir(root)
    if _libc.syscall(_PIVOT_ROOT[os.uname().machine], b".", b".") < 0:
        raise OSError(ctypes.get_errno(), "pivot_root")
    _call("umount2", ".", _DETACH)
    os.chdir("/")
