"""Building the hosts' root file systems from Debian's packages."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.hosts.testbed.places import BedError

_EVERYWHERE = ("openssh-server", "openssh-sftp-server", "iproute2", "procps", "psmisc", "ca-certificates")
_LAMP = ("mariadb-server", "apache2", "libapache2-mod-php", "php-mysql", "nginx", "curl", "sudo")

# The suite decides the Puppet: 5.5 (which has the orchestration language itself), 7.23, 8.10, or OpenVox 9.
PACKAGES = {
    "bullseye": (*_EVERYWHERE, "puppet", "puppet-master"),
    "bookworm": (*_EVERYWHERE, "puppet", *_LAMP),
    "trixie": (*_EVERYWHERE, "puppet", *_LAMP),
    "forky": (*_EVERYWHERE, "openvox-agent"),
}

_INSTALLED = re.compile(r"^Package: (\S+)\nStatus: install ok installed$", re.MULTILINE)


def missing_packages(image: Path, suite: str) -> list[str]:
    """The packages that this suite's image should have and hasn't; all of them if there is no image."""
    status = image / "var/lib/dpkg/status"
    installed = set(_INSTALLED.findall(status.read_text())) if status.exists() else set()
    return [package for package in PACKAGES[suite] if package not in installed]


def build_image(images: Path, suite: str) -> None:
    """Build `images`/`suite`, unless it is there with all its packages.

    It takes one to two minutes. The image appears under its name only when it is whole.

    Raises:
        BedError: mmdebstrap or a Debian mirror is missing, or mmdebstrap failed.
    """
    target = images / suite
    if not missing_packages(target, suite):
        return
    if not shutil.which("mmdebstrap"):
        raise BedError("no mmdebstrap: install it with 'apt-get install mmdebstrap'")
    mirror = _mirror(Path("/etc/apt"))
    images.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{suite}-", dir=images))
    built = subprocess.run(
        [
            "mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(PACKAGES[suite])}",
            '--aptopt=APT::Install-Recommends "false"', '--aptopt=Acquire::Check-Valid-Until "false"',
            "--skip=cleanup/apt/lists", suite, str(unfinished), f"deb {mirror} {suite} main",
        ],
        check=False,
    )  # fmt: skip
    if built.returncode:
        shutil.rmtree(unfinished)
        raise BedError(f"mmdebstrap could not build {suite} (exit code {built.returncode})")
    (unfinished / "etc/ssh/ssh_host_rsa_key").unlink(missing_ok=True)
    unfinished.chmod(0o755)
    if target.exists():
        shutil.rmtree(target)
    unfinished.rename(target)


def _mirror(apt: Path) -> str:
    """The Debian mirror that this machine is set up with."""
    sources = [apt / "sources.list", *sorted(apt.glob("sources.list.d/*"))]
    for source in sources:
        lines = source.read_text().splitlines() if source.is_file() else []
        for word in " ".join(line for line in lines if not line.startswith("#")).split():
            if "://" in word and word.rstrip("/").endswith("/debian"):
                return word
    raise BedError("no Debian mirror in /etc/apt/sources.list or sources.list.d: images need one")
