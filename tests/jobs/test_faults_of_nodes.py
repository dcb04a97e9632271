"""What keeps a run from being made: each has a message of its own, from what nodes really print."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from appo_tui.jobs.transport.outcome import outcome, setup_fault
from appo_tui.jobs.transport.protocol import Errored
from tests.jobs.nodes import Script, new_home, run_once

FULL = "No space left on device"


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        (137, "", "Puppet was killed on web1 (signal 9): by someone, or because the node ran out of memory."),
        (143, "", "Puppet was ended on web1 by signal 15."),
        (127, "", "Puppet could not be started on web1 (exit code 127)."),
        (1, f"Could not set 'file' on ensure: {FULL} @ rb_sysopen - /a", "A disk of web1 is full: Could"),
        (1, "Could not find class ::nope for web1", "Could not find class ::nope for web1"),
        (1, "", "Puppet made no run on web1 (exit code 1): its log tells why."),
    ],
)
def test_the_end_of_a_run_without_a_report_is_explained(code: int, error: str, said: str) -> None:
    result = outcome("web1", code, None, error)
    assert isinstance(result, Errored)
    assert result.message.startswith(said)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (f"tar: a: Cannot write: {FULL}", "A disk of web1 is full: "),
        (f"mkdir: cannot create directory '/root/.appo-tui': {FULL}", "A disk of web1 is full: "),
        ("sh: 1: exec: sudo: not found", "There is no sudo on web1: install it, or log in as root"),
        ("sh: line 1: sudo: command not found", "There is no sudo on web1: install it, or log in as root"),
        ("sudo: a password is required", "sudo on web1 does not let the login user become root: "),
        ("anna is not in the sudoers file.", "sudo on web1 does not let the login user become root: "),
        ("mkdir: cannot create directory: Permission denied", "The login user may not write its own"),
        ("", "web1 could not be made ready: no reason was given"),
    ],
)
def test_a_node_that_cannot_be_made_ready_says_why(printed: str, said: str) -> None:
    assert setup_fault("web1", printed, "root").startswith(said)


@pytest.mark.parametrize("kilobytes", [8, 16, 20, 24, 28])
def test_a_node_whose_disk_is_full_says_so(tmp_path: Path, kilobytes: int) -> None:
    """Whatever it is that has no room any more: our script, what it makes, or the run's files."""
    if os.geteuid():
        pytest.skip("a disk of its own needs root")
    home = new_home(tmp_path)
    state = home / ".appo-tui"
    state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(state)], check=True)
    try:
        result, _ = run_once(home, Script("say never"))
    finally:
        subprocess.run(["umount", "--lazy", str(state)], check=True)
    assert isinstance(result, Errored)
    assert result.message.startswith("A disk of web1.test is full: ")


def test_an_agent_run_in_progress_is_waited_for_and_said(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    busy = "Run of Puppet configuration client already in progress; skipping (/run/agent.lock exists)"
    stub = home / "bin" / "puppet"
    real = stub.rename(home / "bin" / "real")
    (home / "bin" / "sleep").write_text("#!/bin/sh\n[ $1 = 5 ] && exit 0\nexec /bin/sleep $1\n")
    (home / "bin" / "sleep").chmod(0o755)
    stub.write_text(
        f'#!/bin/sh\nif [ "$1" != --version ] && [ ! -e {home}/been ]; then touch {home}/been\n'
        f"echo '{busy}'; exit 1; fi\nexec {real} \"$@\"\n"
    )
    stub.chmod(0o755)
    result, told = run_once(home, Script("say ran"))
    assert not isinstance(result, Errored)
    assert told.texts == [busy, "waits for the agent run that is in progress", "ran"]
