"""The programs that stand in for a node's own: first in its PATH, none of them changes the machine."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import appo_tui
import puppet_grammar
from appo_tui.demo.places import DemoPlaces

VERSION = "7.23.0"
"""The Puppet that is simulated."""

PACE = "APPO_DEMO_SECONDS"
"""Names the environment variable with the seconds that a run takes in which everything changes."""

_PUPPET = """\
#!/bin/sh
[ "$1" = --version ] && {{ echo {version}; exit 0; }}
PYTHONPATH={path} exec {python} -P -m appo_tui.demo.puppet "$@"
"""

_FACTER = """\
#!/bin/sh
PYTHONPATH={path} exec {python} -P -m appo_tui.demo.facter "$@"
"""

_HOSTNAME = """\
#!/bin/sh
echo "$APPO_DEMO_NODE"
"""

_SUDO = """\
#!/bin/sh
# Runs the command as who is there: the demo changes no user.
while [ $# -gt 0 ]; do
  case "$1" in
    -u|-g|-p|-C|-h|-U|-r|-t) shift 2 ;;
    -S) IFS= read -r password; shift ;;
    --) shift; break ;;
    -*|*=*) shift ;;
    *) break ;;
  esac
done
[ $# -eq 0 ] || exec "$@"
"""


def write_programs(places: DemoPlaces) -> None:
    """Writes the programs into the demo's state directory."""
    words = {
        "version": VERSION,
        "python": shlex.quote(sys.executable),
        "path": shlex.quote(":".join(_package_directories())),
    }
    texts = {
        "puppet": _PUPPET.format(**words),
        "facter": _FACTER.format(**words),
        "hostname": _HOSTNAME,
        "sudo": _SUDO,
    }
    places.programs.mkdir(mode=0o700, exist_ok=True)
    for name, text in texts.items():
        file = places.programs / name
        new = file.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.chmod(0o700)
        new.replace(file)


def _package_directories() -> list[str]:
    packages = (appo_tui, puppet_grammar)
    directories = [str(Path(str(package.__file__)).resolve().parent.parent) for package in packages]
    return list(dict.fromkeys(directories))


def node_environment(places: DemoPlaces, certname: str) -> Mapping[str, str]:
    """Returns the environment variables of a node's sessions: none of the user's own but the demo's pace."""
    home = places.node(certname)
    pace = {PACE: os.environ[PACE]} if PACE in os.environ else {}
    return pace | {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "PATH": f"{places.programs}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "SHELL": "/bin/sh",
        "USER": "demo",
        "LOGNAME": "demo",
        "LANG": "C.UTF-8",
        "APPO_DEMO_NODE": certname,
    }
