"""`appo convert` tried with a real Puppet Server: ``python -m bench.convert_trial DIRECTORY`` (root).

It takes the test hosts' image of Debian 12 (`make images`), puts that suite's puppetserver into a copy on
write below DIRECTORY, which must not lie on an overlay (a tmpfs will do), and brings up a server and the
nodes of the lamp sample. The converted sample is served; each node's agent runs, in the order of the plan,
first with --noop, then really, then once more. What the server's catalogs hold for each component is compared
with what `appo node show` says. Takes some minutes, a mirror of Debian's and 2 GB of memory.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.hosts.controller import Controller
from tests.hosts.testbed import Bed, Places

SUITE = "bookworm"
HOSTS = ("server", "db1", "web1", "web2", "lb1", "db2", "web3")
SERVED = "/etc/puppet/code/environments/production"
CATALOG = "/var/cache/puppet/client_data/catalog"
START_SECONDS = 300.0
SETTINGS = "[main]\nserver = server.test\n[server]\nautosign = true\ncertname = server.test\n"
SERVER = """\
mkdir -p /run/puppetserver && chown puppet: /run/puppetserver
. /etc/default/puppetserver
cd / && exec setsid setpriv --reuid=puppet --regid=puppet --clear-groups --reset-env \
  /usr/bin/java $JAVA_ARGS -Djruby.lib=/usr/share/jruby/lib -jar /usr/share/puppetserver/puppetserver.jar \
  --config /etc/puppet/puppetserver/conf.d --bootstrap-config /etc/puppet/puppetserver/services.d \
  --restart-file /run/puppetserver/restart </dev/null >/var/log/puppetserver.out 2>&1 &
"""


@contextmanager
def image_with_server(directory: Path, images: Path) -> Iterator[Path]:
    """A directory of images in which Debian 12 has a puppetserver; the image itself stays as it is."""
    merged = directory / "images" / SUITE
    for each in (merged, directory / "upper", directory / "work"):
        each.mkdir(parents=True, exist_ok=True)
    layers = f"lowerdir={images / SUITE},upperdir={directory / 'upper'},workdir={directory / 'work'}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, str(merged)], check=True)
    try:
        if not (merged / "usr/share/puppetserver").exists():
            _install(merged)
        yield merged.parent
    finally:
        subprocess.run(["umount", str(merged)], check=True)


def _install(root: Path) -> None:
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    forbids = root / "usr/sbin/policy-rc.d"
    forbids.write_text("#!/bin/sh\nexit 101\n")
    forbids.chmod(0o755)
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    words = "apt-get -qq update && apt-get -qq -y install --no-install-recommends puppetserver"
    environment = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    try:
        subprocess.run(["chroot", str(root), "sh", "-c", words], env=environment, check=True)
    finally:
        subprocess.run(["umount", str(root / "proc")], check=True)
        forbids.unlink()


def serve(bed: Bed, converted: Path) -> None:
    """Have the server serve a converted environment, and wait until it does."""
    packed = subprocess.run(["tar", "-c", "-C", str(converted), "."], capture_output=True, check=True).stdout
    place = f"mkdir -p {SERVED} && tar -x --no-same-owner -C {SERVED} && chown -R puppet: {SERVED}"
    subprocess.run([*bed.enter_command("server"), "/bin/sh", "-c", place], input=packed, check=True)
    for host in bed.hosts:
        bed.run(host, f"printf '{SETTINGS}' >/etc/puppet/puppet.conf")
    _done(bed.run("server", "puppetserver ca setup --certname server.test; chown -R puppet: /var/lib/puppet"))
    bed.run("server", SERVER)
    deadline = time.monotonic() + START_SECONDS
    asking = "curl --silent --insecure https://server.test:8140/status/v1/simple"
    while bed.run("server", asking).stdout.strip() != "running":
        if time.monotonic() > deadline:
            sys.exit(bed.run("server", "tail -n 50 /var/log/puppetserver.out").stdout)
        time.sleep(1)  # it tells nobody that it is ready


def _done(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)


def run_agents(bed: Bed, certnames: list[str], options: str, expected: set[int]) -> None:
    """Run each node's agent; ends the trial where its exit code is not among those expected."""
    for certname in certnames:
        began = time.monotonic()
        done = bed.run(certname.split(".")[0], f"puppet agent --test --color=false {options}")
        print(f"  {certname:<10} exit {done.returncode}, {time.monotonic() - began:.1f} s")
        if done.returncode not in expected:
            sys.exit(done.stdout + done.stderr)


def differences(bed: Bed, user: Controller, certname: str) -> list[str]:
    """Where a node's served catalog and `appo node show` are not of one mind about its components."""
    host = certname.split(".")[0]
    catalog = json.loads(bed.run(host, f"cat {CATALOG}/{certname}.json").stdout)
    served = {
        f"{each['type']}[{each['title']}]": each.get("parameters", {}) for each in catalog["resources"]
    }
    secret = {
        f"{each['type']}[{each['title']}]": set(each.get("sensitive_parameters", ()))
        for each in catalog["resources"]
    }
    found = []
    for component, shown in user.json("node", "show", certname)["components"].items():
        if component not in served:
            found.append(f"{certname}: {component} is not in the catalog")
            continue
        ordering = ("require", "before")
        given = {name: value for name, value in served[component].items() if name not in ordering}
        for name in sorted({*shown, *given}):
            if shown.get(name) == {"sensitive": True} and (given.get(name) or name in secret[component]):
                continue
            if shown.get(name) != given.get(name):
                found.append(
                    f"{certname}: {component} {name}: shown {shown.get(name)!r}, served {given.get(name)!r}"
                )
    return found


def _order(plan: Any) -> list[str]:
    return [certname for level in plan["levels"] for certname in level]


def main() -> int:
    """Carry the trial out; returns 1 if a value differs."""
    if len(sys.argv) != 2 or os.geteuid():
        sys.exit(__doc__)
    directory = Path(sys.argv[1]).absolute()
    places = Places.unused()
    with image_with_server(directory, places.images) as images:
        bed = Bed.up(replace(places, images=images, state=directory / "bed"), HOSTS)
        try:
            return tried(bed, directory)
        finally:
            bed.down()


def tried(bed: Bed, directory: Path) -> int:
    """The trial itself, on hosts that are up."""
    home, converted = directory / "home", directory / "converted"
    for each in (home, converted):
        shutil.rmtree(each, ignore_errors=True)
    user = Controller.make(bed, home)
    _done(user.run("convert", str(converted)))
    nodes = _order(user.json("job", "plan", "--application", "Lamp"))
    print(f"{len(nodes)} nodes of Lamp: {', '.join(nodes)}")
    serve(bed, converted)
    print("no-op:")
    run_agents(bed, nodes, "--noop --waitforcert 5", {0})
    print("really:")
    run_agents(bed, nodes, "", {2})
    print("again:")
    run_agents(bed, nodes, "", {0})
    page = bed.run("lb1", "curl --silent http://lb1.test/").stdout
    print("the service:", " ".join(page.split())[:200])
    found = [line for certname in nodes for line in differences(bed, user, certname)]
    print("\n".join(found) or "every parameter of every component is served as it is shown")
    return int(bool(found) or "Hello from app1" not in page)


if __name__ == "__main__":
    sys.exit(main())
