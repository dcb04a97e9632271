"""What all tests share: hosts to run on, and the rule that in CI nothing is skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

from tests.hosts.testbed import Bed, Places, missing_packages, suites_of

settings.register_profile("untimed", settings.default, deadline=None)  # a busy machine is no fault
settings.load_profile("untimed")

_REQUIRE_ALL = os.environ.get("APPO_REQUIRE_ALL") == "1"


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A test skips when a part of the machine is missing; where all must be there, that is a failure."""
    if _REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"APPO_REQUIRE_ALL is set, but: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.fixture(scope="module")
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    """Fresh hosts for a test module: those that its HOSTS names, each `NAME` or `NAME@SUITE`."""
    names: tuple[str, ...] = request.module.HOSTS
    if os.geteuid():
        pytest.skip("real hosts need root")
    for program in ("ip", "ssh-keygen", "nsenter"):
        if not shutil.which(program):
            pytest.skip(f"real hosts need {program} (packages iproute2, openssh-client, util-linux)")
    places = Places.unused()
    for suite in sorted(set(suites_of(names).values())):
        if missing_packages(places.images / suite, suite):
            pytest.skip(f"no host image of {suite}: run 'python -m tests.hosts.testbed image {suite}'")
    running = Bed.up(places, names)
    yield running
    running.down()
