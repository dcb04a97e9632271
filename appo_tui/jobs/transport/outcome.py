"""What the end of a run means: exit codes of --detailed-exitcodes, and Puppet's report.

Puppet's manual, "puppet apply", "puppet agent": 0 no changes, 2 changes, 4 failures, 6 both, 1 the run
could not be made. Simulated runs always give 0, so the report has the last word.
"""

from __future__ import annotations

from appo_tui.jobs.events import Metrics
from appo_tui.jobs.node.report import Report
from appo_tui.jobs.transport.protocol import Errored, Outcome, Reported
from appo_tui.jobs.transport.shell import NO_SPACE

_SIGNALLED = 128


def outcome(certname: str, code: int, report: Report | None, last_error: str) -> Outcome:
    """The outcome of a run that ended with this exit code and report."""
    if code in (0, 2, 4, 6):
        return _reported(code, report, last_error)
    return Errored(_reason(certname, code, last_error))


def _reported(code: int, report: Report | None, last_error: str) -> Reported:
    if report is None:
        failed = code in (4, 6)
        return Reported(failed, last_error if failed else "Puppet left no report", Metrics())
    metrics = report.metrics
    failed = code in (4, 6) or report.status == "failed"
    return Reported(
        failed=failed,
        message=_summary(metrics, last_error if failed else ""),
        metrics=metrics,
        resource_events=report.events,
        configuration_version=report.configuration_version,
        transaction_uuid=report.transaction_uuid,
    )


def _summary(metrics: Metrics, error: str) -> str:
    if error:
        return f"{_resources(metrics.failed)} failed: {error}" if metrics.failed > 1 else error
    if metrics.failed:
        return f"{_resources(metrics.failed)} failed"
    if metrics.noop:
        return f"{_resources(metrics.noop)} would change"
    return f"{_resources(metrics.changed)} changed" if metrics.changed else "no changes"


def _resources(count: int) -> str:
    return "1 resource" if count == 1 else f"{count} resources"


def _reason(certname: str, code: int, last_error: str) -> str:
    if NO_SPACE in last_error:
        return f"A disk of {certname} is full: {last_error}"
    if code == _SIGNALLED + 9:
        return (
            f"Puppet was killed on {certname} (signal 9): by someone, or because the node ran out of memory. "
            "Its kernel's log (dmesg) tells which."
        )
    if code > _SIGNALLED:
        return f"Puppet was ended on {certname} by signal {code - _SIGNALLED}."
    if code in (126, 127):
        return f"Puppet could not be started on {certname} (exit code {code})."
    return last_error or f"Puppet made no run on {certname} (exit code {code}): its log tells why."


def setup_fault(certname: str, said: str, run_as: str | None) -> str:
    """Why a command of ours failed on a node, in a user's words."""
    if NO_SPACE in said:
        return f"A disk of {certname} is full: {said}"
    if "sudo" in said and "not found" in said:
        user = run_as or "root"
        return f"There is no sudo on {certname}: install it, or log in as {user} (config.ssh.user)."
    if said.startswith("sudo:") or "sudoers" in said:
        return (
            f"sudo on {certname} does not let the login user become {run_as or 'root'}: {said}. Give it "
            "NOPASSWD in sudoers, or let appo-tui ask for the password."
        )
    if "Permission denied" in said:
        return f"The login user may not write its own directory on {certname}: {said}"
    return f"{certname} could not be made ready: {said or 'no reason was given'}"
