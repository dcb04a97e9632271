"""Files that a user asks for: saved by name, or, in a browser, given to the browser.

A visitor of `appo serve` has no files on the server's machine and must not write any there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appo_tui.tui.app import AppoApp


def save(app: AppoApp, name: str, write: Callable[[str], Path]) -> None:
    """Have a file written under a name, and tell where it is; for workers.

    Args:
        app: whose user asks.
        name: as the user gave it.
        write: writes the file of a name, and returns where it is.

    Raises:
        WorkspaceError: it can't be written.
    """
    if not app.is_web:
        app.post_message(app.Done(f"Saved: {write(name)}"))
        return
    directory = Path(tempfile.mkdtemp(prefix="appo-"))
    try:
        # Open files outlive their names: the browser may take its time.
        file = write(str(directory / (Path(name).name or "appo"))).open("rb")
        app.call_from_thread(app.deliver_binary, file, save_filename=Path(name).name)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
