"""What must not get out does not, and what an enemy names or says has no effect."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hosts.controller import Controller
from tests.hosts.environment_user import user_of
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("maker", "user@trixie")
CANARY = b"canary-81c2"


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    made = user_of(bed, tmp_path_factory.mktemp("home"), "guarded")
    files = made.environment / "modules" / "guarded" / "files"
    (files / "$(touch ~pwned-6); touch pwned-7").write_text("harmless\n")
    secret = made.home / "outside"
    secret.write_text("not for nodes\n")
    (files / "outside").symlink_to(secret)
    return made


@contextmanager
def sampled(seen: set[str]) -> Iterator[None]:
    """Puts into `seen` where command lines and environments show the canary, those of hosts too."""
    over = threading.Event()

    def sample() -> None:
        while not over.wait(0.02):
            for process in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "environ"):
                    try:
                        if CANARY in (process / name).read_bytes():
                            seen.add(f"{name} of {process.name}")
                    except OSError:
                        continue

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        yield
    finally:
        over.set()
        sampler.join()


@pytest.fixture(scope="module")
def deployed(user: Controller) -> tuple[str, set[str]]:
    """What the job said, and where the canary was seen while it ran."""
    seen: set[str] = set()
    with sampled(seen):
        done = user.run("job", "run", "--all", "--debug")
    assert done.returncode == 0, done.stdout + done.stderr + user.run("job", "log", user.latest_job()).stdout
    logs = (user.run("job", "log", user.latest_job(), "--node", f"{name}.test") for name in ("maker", "user"))
    return done.stdout + done.stderr + "".join(log.stdout for log in logs), seen


def with_canary(bed: Bed, name: str, *more: str) -> list[str]:
    search = " ".join(("grep -rlsF canary-81c2 /etc /root /home /tmp /var /run /usr/local", *more))
    return bed.run(name, search).stdout.split("\n")[:-1]


def test_a_secret_is_in_no_command_line_on_either_side(deployed: tuple[str, set[str]]) -> None:
    assert deployed[1] == set()


def test_a_secret_is_in_nothing_that_is_shown_or_kept_here(
    user: Controller, deployed: tuple[str, set[str]]
) -> None:
    assert CANARY.decode() not in deployed[0]
    assert CANARY.decode() not in user.run("node", "show", "user.test").stdout
    kept = [path for path in (user.home / ".local").rglob("*") if path.is_file()]
    assert kept
    assert [path for path in kept if CANARY in path.read_bytes()] == []


def test_on_the_nodes_only_files_of_their_owner_hold_a_secret(
    bed: Bed, deployed: tuple[str, set[str]]
) -> None:
    assert bed.run("user", "cat /etc/guarded").stdout.encode() == CANARY
    for name in ("maker", "user"):
        for path in with_canary(bed, name):
            reader = f"perl -e '$> = 65534; exit(open(my $file, q(<), shift) ? 1 : 0)' {path}"
            assert bed.run(name, reader).returncode == 0, f"{path} can be read by others"


def test_our_part_of_a_node_holds_no_secret_after_the_run(bed: Bed, deployed: tuple[str, set[str]]) -> None:
    for name in ("maker", "user"):
        assert [path for path in with_canary(bed, name) if "/.appo-tui/" in path] == []


def test_hostile_names_do_nothing(bed: Bed, deployed: tuple[str, set[str]]) -> None:
    for name in ("maker", "user"):
        assert bed.run(name, "find / -xdev -name '*pwned*' -not -path '*touch*'").stdout == ""


def test_a_link_that_leaves_its_module_is_not_sent(bed: Bed, deployed: tuple[str, set[str]]) -> None:
    assert bed.run("maker", "cat /usr/local/share/guarded/plain").stdout == "plain\n"
    assert bed.run("maker", "grep -rl 'not for nodes' /usr/local/share /root").stdout == ""


def test_what_a_node_says_to_a_terminal_is_shown_and_not_obeyed(deployed: tuple[str, set[str]]) -> None:
    said = deployed[0]
    assert "[red]forged[/red]" in said
    assert "\x1b" not in said
    assert "\x07" not in said
