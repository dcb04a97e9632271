"""The bed from a shell: build images, bring hosts up, look around in them."""

from __future__ import annotations

import argparse
import os
import sys

from tests.hosts.testbed.bed import Bed
from tests.hosts.testbed.images import PACKAGES, build_image
from tests.hosts.testbed.places import BedError, Places

_ON_ONE_HOST = {
    "kill": "power a host off; its files are kept",
    "start": "power it on again",
    "cut": "unplug its cable",
    "heal": "plug its cable in",
    "freeze": "stop all its processes",
    "thaw": "let them go on",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.hosts.testbed", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    image = commands.add_parser("image", help="build images; one that has all its packages is kept")
    image.add_argument("suites", nargs="*", metavar="SUITE", default=list(PACKAGES), help=", ".join(PACKAGES))
    up = commands.add_parser("up", help="bring hosts up")
    up.add_argument("names", nargs="+", metavar="NAME[@SUITE]")
    execute = commands.add_parser("exec", help="run a command in a host, not through SSH")
    execute.add_argument("name")
    execute.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")
    for command, does in _ON_ONE_HOST.items():
        commands.add_parser(command, help=does).add_argument("name")
    commands.add_parser("ls", help="list the hosts")
    commands.add_parser("down", help="stop all of it and remove every trace")
    return parser


def main() -> None:
    """Do what the command line says."""
    arguments = _parser().parse_args()
    places = Places.from_environment()
    match arguments.command:
        case "image":
            for suite in arguments.suites:
                build_image(places.images, suite)
        case "up":
            Bed.up(places, arguments.names)
            print(f"ssh -F {places.ssh_config} {arguments.names[0].split('@')[0]}")
        case "exec":
            words = [*Bed.load(places).enter_command(arguments.name), *arguments.words]
            os.execvp(words[0], words)
        case "ls":
            bed = Bed.load(places)
            for name, host in bed.hosts.items():
                state = "up" if bed.alive(name) else "off"
                print(f"{name:12} {host.suite:10} {host.address:15} {host.ip:15} {state}")
        case "down":
            Bed.load(places).down()
        case command:
            getattr(Bed.load(places), command)(arguments.name)


if __name__ == "__main__":
    try:
        main()
    except BedError as error:
        sys.exit(f"testbed: {error}")
