"""The demo's ``facter``: what a simulated node says of itself, as JSON."""

from __future__ import annotations

import json
import os
import sys

from appo_tui.demo.programs import VERSION


def facts(certname: str) -> dict[str, object]:
    """Returns a node's facts: enough for ordinary modules, and that it is simulated."""
    hostname, _, domain = certname.partition(".")
    release = {"full": "12.0", "major": "12", "minor": "0"}
    return {
        "certname": certname,
        "clientcert": certname,
        "domain": domain,
        "facterversion": "4.3.0",
        "fqdn": certname,
        "hostname": hostname,
        "ipaddress": "127.0.0.1",
        "is_virtual": True,
        "kernel": "Linux",
        "networking": {"domain": domain, "fqdn": certname, "hostname": hostname, "ip": "127.0.0.1"},
        "operatingsystem": "Debian",
        "operatingsystemmajrelease": "12",
        "operatingsystemrelease": "12.0",
        "os": {"family": "Debian", "name": "Debian", "release": release},
        "osfamily": "Debian",
        "path": os.environ.get("PATH", ""),
        "processors": {"count": 1},
        "puppetversion": VERSION,
        "simulated": True,
        "virtual": "simulated",
    }


def certname() -> str:
    """Returns the name of the node that this process runs on."""
    return os.environ.get("APPO_DEMO_NODE", "localhost")


def main() -> int:
    """Prints all facts, or the values of those that were named, a line each."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    found = facts(certname())
    if not words:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        return 0
    for word in words:
        value: object = found
        for part in word.split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        sys.stdout.write(f"{value if isinstance(value, str) else json.dumps(value)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
