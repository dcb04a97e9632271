"""What the tests on real hosts share."""

from __future__ import annotations

import pytest

from tests.hosts.controller import Controller
from tests.hosts.testbed import Bed


@pytest.fixture(scope="module")
def controller(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    """A user of the module's hosts, with a history that starts empty."""
    return Controller.make(bed, tmp_path_factory.mktemp("home"))
