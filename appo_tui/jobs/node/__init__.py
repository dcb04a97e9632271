"""What runs on a node, and how what it says is read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def script() -> bytes:
    """The shell script that does our part on a node."""
    return files(__name__).joinpath("node.sh").read_bytes()


@cache
def reach_program() -> bytes:
    """The Ruby program that waits for a service to answer."""
    return files(__name__).joinpath("reach.rb").read_bytes()


@cache
def script_name() -> str:
    """The file name it has there: it changes with its content, so two versions never meet."""
    return f"node-{hashlib.sha256(script()).hexdigest()[:12]}.sh"


def run_name(key: str, certname: str, attempt: int) -> str:
    """What an attempt is called on the node: letters, digits and dashes, whatever the certname holds."""
    return f"{key}-{hashlib.sha256(certname.encode()).hexdigest()[:12]}-{attempt}"


def brought(arguments: str) -> str:
    """Shell code that reads our script from its input, keeps it on the node, and runs a verb of it.

    A directory that another user made there in time is refused: what is in it would be run.
    """
    name = script_name()
    return (
        "umask 077; d=${APPO_NODE_STATE:-$HOME/.appo-tui}; "
        'if mkdir -p "$d" && [ -n "$(find "$d" "$d/." -prune ! -user "$(id -u)" 2>&1)" ]; '
        'then echo "appo-tui: $d belongs to another user: remove it." >&2; exit 70; fi; '
        f'cat >"$d/{name}.$$" && mv "$d/{name}.$$" "$d/{name}" && '
        f'exec sh "$d/{name}" {arguments}'
    )
