"""How many files, connections among them, a process may have open."""

from __future__ import annotations

import resource

_BESIDE_NODES = 128
"""The store, the environment's files, and second connections that end runs."""


def room_for_nodes(wanted: int) -> int:
    """Let this process open what `wanted` nodes need at once; returns for how many nodes that is enough.

    A process may raise its own limit as far as its hard limit (setrlimit(2)); it is raised no further than
    needed, since what the process starts inherits it.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _BESIDE_NODES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else max(min(wanted, soft - _BESIDE_NODES), 1)
