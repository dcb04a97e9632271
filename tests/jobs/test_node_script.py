"""The shell script that works on a node, driven as the runner drives it, with a stub for Puppet."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from appo_tui.jobs.node import run_name, script
from appo_tui.jobs.transport.prepared import Bundle
from appo_tui.jobs.transport.protocol import Errored, Interrupted, NodeRun, Reported
from tests.jobs.nodes import Homes, Script, Told, has_ended, new_home, run_once, transport

REPORT = """\
--- !ruby/object:Puppet::Transaction::Report
status: changed
configuration_version: 17
transaction_uuid: abc
metrics:
  resources: !ruby/object:Puppet::Util::Metric
    name: resources
    values:
    - - total
      - Total
      - 3
    - - changed
      - Changed
      - 1
resource_statuses:
  File[/x]: !ruby/object:Puppet::Resource::Status
    title: "/x"
    resource_type: File
    file: "/e/site.pp"
    line: 3
    containment_path: ["Stage[main]", "File[/x]"]
    events:
    - !ruby/object:Puppet::Transaction::Event
      property: ensure
      previous_value: absent
      desired_value: !ruby/sym file
      message: created with hunter22
      status: success
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return new_home(tmp_path)


def bundle(**files: bytes) -> Bundle:
    contents = {name.replace("__", "/"): content for name, content in files.items()}
    return Bundle(contents, {path: hashlib.sha256(each).hexdigest() for path, each in contents.items()})


def test_the_script_is_plain_posix_shell() -> None:
    for shell in ("dash", "bash"):
        if shutil.which(shell):
            subprocess.run([shell, "-n"], input=script(), check=True)


def test_a_run_tells_its_lines_in_order_and_its_report(home: Path, tmp_path: Path) -> None:
    (tmp_path / "report").write_text(REPORT)
    steps = f"say one\nraw from ruby\nsay three\nreport {tmp_path / 'report'}\nexit 2"
    outcome, told = run_once(home, Script(steps, hidden=("hunter22",)))
    assert told.texts == ["one", "from ruby", "three"]
    assert [line.stream for line in told.lines] == ["stdout", "stderr", "stdout"]
    assert isinstance(outcome, Reported)
    assert (outcome.failed, outcome.configuration_version, outcome.metrics.changed) == (False, "17", 1)
    event = outcome.resource_events[0]
    assert (event.resource_type, event.resource_title, event.new_value) == ("File", "/x", "file")
    assert event.message == "created with [value redacted]"


def test_nothing_of_a_run_is_readable_by_others_and_its_manifests_are_gone(home: Path) -> None:
    run_once(home, Script("say one", bundle(manifests__a=b"x")))
    state = home / ".appo-tui"
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert not list(state.glob("runs/*/manifests"))
    assert not list(state.glob("runs/*/command"))
    for path in (state / "files").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_bundle_is_laid_out_and_only_what_is_missing_is_sent(home: Path) -> None:
    first = bundle(a=b"one", d__b=b"two")
    run_once(home, Script("say x", first))
    laid = home / ".appo-tui" / "bundles" / first.digest
    assert (laid / "d/b").read_bytes() == b"two"
    inode = (laid / "a").stat().st_ino
    second = bundle(a=b"one", c=b"three")
    run_once(home, Script("say x", second), attempt=2)
    assert (home / ".appo-tui" / "bundles" / second.digest / "a").stat().st_ino == inode


def test_an_attempt_that_was_made_is_followed_not_made_again(home: Path) -> None:
    run_once(home, Script("say one\nsay two"))
    outcome, told = run_once(home, Script("say never"))
    assert told.texts == ["one", "two"]
    assert isinstance(outcome, Reported)


def test_a_run_taken_up_goes_on_at_the_offset_that_was_stored(home: Path) -> None:
    _, first = run_once(home, Script("raw one\nraw two\nraw three"))
    assert first.offset == len("one\ntwo\nthree\n")
    _, told = run_once(home, Script(""), offset=4, lines=1, resumed=True)
    assert told.texts == ["two", "three"]


def test_an_attempt_that_was_never_begun_is_interrupted_and_can_never_begin_late(home: Path) -> None:
    run_once(home, Script("say x"), attempt=1)
    outcome, _ = run_once(home, Script("say late"), attempt=2, resumed=True)
    assert isinstance(outcome, Interrupted)
    late, told = run_once(home, Script("say late"), attempt=2)
    assert isinstance(late, Interrupted)
    assert told.texts == []


def test_a_run_without_a_process_and_a_result_is_interrupted(home: Path) -> None:
    run_once(home, Script("say x"))
    run = home / ".appo-tui" / "runs" / run_name("k0", "web1.test", 1)
    (run / "exit").unlink()
    outcome, _ = run_once(home, Script(""), resumed=True)
    assert isinstance(outcome, Interrupted)


def test_a_killed_puppet_has_its_own_message(home: Path) -> None:
    outcome, _ = run_once(home, Script("say one\nkill"))
    assert isinstance(outcome, Errored)
    assert "killed on web1.test (signal 9)" in outcome.message


def test_a_run_that_could_not_be_made_tells_puppets_last_error(home: Path) -> None:
    outcome, _ = run_once(home, Script("err Could not parse\nexit 1"))
    assert outcome == Errored("Could not parse")


def test_failed_resources_make_a_failed_run(home: Path) -> None:
    outcome, _ = run_once(home, Script("err change failed\nexit 4"))
    assert isinstance(outcome, Reported)
    assert outcome.failed


def test_a_node_without_puppet_says_what_to_install(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "bin" / "puppet").unlink()
    for name in ("sh", "mkdir", "cat", "mv", "chmod", "find", "id", "ls", "sed", "tar", "rm", "sort"):
        (home / "bin" / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(home / "bin"))
    if any(Path(each).exists() for each in ("/usr/bin/puppet", "/opt/puppetlabs/bin/puppet")):
        pytest.skip("this machine has a Puppet of its own")
    outcome, _ = run_once(home, Script("say x"))
    assert isinstance(outcome, Errored)
    assert outcome.message.startswith("There is no Puppet on web1.test")


def test_a_forced_stop_ends_puppet_and_its_child_and_leaves_no_lock(home: Path) -> None:
    told = Told()
    script = Script("say one\nchild 600")

    async def stopped() -> object:
        nodes = transport(home, script)
        running = asyncio.create_task(nodes.run(NodeRun("k0", "web1.test", 1), told.log, told.waiting))
        await told.has(2)
        await nodes.end("web1.test")
        return await running

    outcome = asyncio.run(stopped())
    assert outcome == Errored("Puppet was ended by a forced stop.")
    assert has_ended(int(told.texts[1]))
    assert not os.path.lexists(home / ".appo-tui" / "lock")


def test_two_runs_on_one_node_wait_for_each_other_and_say_so(home: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"

    async def both() -> tuple[Told, Told]:
        first, second = Told(), Told()
        holder, waiter = transport(home, Script(f"say one\nwait {gate}")), transport(home, Script("say two"))
        early = asyncio.create_task(holder.run(NodeRun("k1", "a", 1), first.log, first.waiting))
        await first.has(1)
        late = asyncio.create_task(waiter.run(NodeRun("k2", "b", 1), second.log, second.waiting))
        await second.has(1)
        gate.touch()
        await asyncio.gather(early, late)
        return first, second

    first, second = asyncio.run(both())
    assert first.texts == ["one"]
    assert second.texts[0].startswith("waits for another run on this node: k1-")
    assert second.lines[0].stream == "appo"
    assert second.texts[-1] == "two"


def test_a_lock_of_a_run_that_is_gone_holds_nobody_up(home: Path) -> None:
    run_once(home, Script("say x"))
    (home / ".appo-tui" / "lock").symlink_to("nobody-knows-1")
    outcome, told = run_once(home, Script("say y"), attempt=2)
    assert isinstance(outcome, Reported)
    assert told.texts == ["y"]


def test_the_version_is_asked_once(home: Path) -> None:
    script = Script("say x")
    run_once(home, script)
    stub = home / "bin" / "puppet"
    assert script.seen[0].version == "7.23.0"
    before = stub.stat()
    stub.write_text(stub.read_text().replace("7.23.0", "8.10.0"))
    os.utime(stub, (before.st_atime, before.st_mtime))
    run_once(home, script, attempt=2)
    assert script.seen[1].version == "7.23.0"


def forget(home: Path, *keys: str) -> str:
    """What a node says when it forgets jobs."""

    async def whole() -> str:
        shell = await Homes(home).open("web1.test")
        done = await transport(home, Script()).call(shell, "web1.test", f"forget {' '.join(keys)}")
        assert done.code == 0, done.errors
        return done.output.decode()

    return asyncio.run(whole())


def left(home: Path, kind: str) -> list[str]:
    return sorted(each.name for each in (home / ".appo-tui" / kind).iterdir())


def test_forgetting_a_job_takes_its_runs_and_bundles_away(home: Path) -> None:
    run_once(home, Script("say x", bundle(a=b"one")))
    run_once(home, Script("say x", bundle(a=b"one", b=b"two")), attempt=2)
    assert forget(home, "k0", "k1") == ""
    assert left(home, "runs") == left(home, "bundles") == left(home, "files") == []


def test_forgetting_a_job_leaves_what_another_uses(home: Path) -> None:
    first, second = bundle(a=b"one", b=b"two"), bundle(a=b"one", c=b"three")
    for key, sent in (("k0", first), ("k0", second), ("k1", second)):
        told = Told()
        run = NodeRun(key, f"{key}{len(sent.files)}{sorted(sent.files)[-1]}", 1)
        asyncio.run(transport(home, Script("say x", sent)).run(run, told.log, told.waiting))
    forget(home, "k0")
    assert len(left(home, "runs")) == 1
    assert left(home, "bundles") == [second.digest]
    assert left(home, "files") == sorted(second.digests.values())


def test_what_another_job_is_bringing_meanwhile_is_left_alone(home: Path) -> None:
    sent = bundle(a=b"one")
    run_once(home, Script("say x", sent))
    state = home / ".appo-tui"
    os.utime(state / "bundles" / sent.digest, (2e9, 2e9))  # another job has asked for it since
    (state / "files" / "f00").write_text("on its way")
    forget(home, "k0")
    assert left(home, "bundles") == [sent.digest]
    assert left(home, "files") == sorted(["f00", *sent.digests.values()])


def test_a_run_that_is_still_alive_is_not_forgotten(home: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    name = run_name("k0", "web1.test", 1)

    async def whole() -> str:
        told = Told()
        nodes = transport(home, Script(f"say on\nwait {gate}"))
        running = asyncio.create_task(nodes.run(NodeRun("k0", "web1.test", 1), told.log, told.waiting))
        await told.has(1)
        shell = await Homes(home).open("web1.test")
        done = await nodes.call(shell, "web1.test", "forget k0")
        gate.touch()
        assert isinstance(await running, Reported)
        return done.output.decode()

    assert asyncio.run(whole()) == f"{name}\n"
    assert left(home, "runs") == [name]


@pytest.mark.parametrize("key", ["../../elsewhere", "a*", "", "a b"])
def test_a_hostile_name_of_a_job_forgets_nothing(home: Path, key: str) -> None:
    (home / "elsewhere-1").mkdir()
    run_once(home, Script("say x"))

    async def whole() -> int:
        shell = await Homes(home).open("web1.test")
        return (await transport(home, Script()).call(shell, "web1.test", f"forget {shlex.quote(key)}")).code

    assert asyncio.run(whole()) == 70
    assert (home / "elsewhere-1").is_dir()
    assert left(home, "runs") == [run_name("k0", "web1.test", 1)]


def test_a_hostile_certname_stays_in_its_directory(home: Path) -> None:
    told = Told()
    name = "../../x; touch $HOME/owned #\n'"
    run = NodeRun("k0", name, 1)
    outcome = asyncio.run(transport(home, Script("say x")).run(run, told.log, told.waiting))
    assert isinstance(outcome, Reported)
    assert not (home / "owned").exists()
    assert [each.parent.name for each in home.rglob("spool")] == [run_name("k0", name, 1)]
