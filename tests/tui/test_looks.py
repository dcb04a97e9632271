"""How the program decides what it may draw."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASKED = """
import os
from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, looks
print(looks(GlobalOptions(), Settings(), os.environ).ascii)
"""


@pytest.mark.parametrize(("locale", "drawn_in_ascii"), [("C", True), ("POSIX", True), ("C.UTF-8", False)])
def test_a_locale_without_utf8_is_drawn_for_in_ascii(locale: str, drawn_in_ascii: bool) -> None:
    environment = {**os.environ, "LC_ALL": locale}
    run = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == str(drawn_in_ascii)
