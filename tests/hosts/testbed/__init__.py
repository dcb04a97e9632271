"""A bed of real test hosts on one Linux machine: no Docker, no systemd, no virtual machine.

Each host has its own files (overlayfs: a shared image below, a private layer on top), hostname, process tree
(pid 1 is, or starts, a real sshd) and network (10.NET.x.y on a bridge that is connected to nothing else).
What sshd listens on is bound on 127.NET.x.y in the caller's network before the host is entered, so a client
needs no route, and nothing can leak out.

Needs root, iproute2 and openssh-client; building images needs mmdebstrap.
"""

from tests.hosts.testbed.bed import Bed
from tests.hosts.testbed.images import PACKAGES, build_image, missing_packages
from tests.hosts.testbed.places import BedError, Host, Places, suites_of

__all__ = ["PACKAGES", "Bed", "BedError", "Host", "Places", "build_image", "missing_packages", "suites_of"]
