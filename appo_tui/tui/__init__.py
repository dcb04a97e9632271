"""The terminal user interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appo_tui.session import Session


def run(session: Session) -> int:
    """Run the terminal user interface until it is left; returns the program's exit code."""
    import gc
    import os
    import sys

    # A worker that reads a fast log must hand the interpreter to the screen sooner than after 5 ms.
    sys.setswitchinterval(0.001)
    # Textual makes hundreds of objects for each line that it paints, few of them in cycles.
    gc.set_threshold(50_000, 20, 100)
    if not session.color:
        os.environ["NO_COLOR"] = "1"
    from appo_tui.tui.workspaces.reader_process import ReaderProcess

    # The environment is read while the screen's libraries are loaded.
    reader = ReaderProcess(session)
    from appo_tui.tui.app import AppoApp
    from appo_tui.tui.remembered import read_remembered, remembered_path, write_remembered
    from appo_tui.tui.workspaces.session_workspace import SessionWorkspace

    path = remembered_path()
    app = AppoApp(SessionWorkspace(session, reader), read_remembered(path))
    answer = app.run()
    if not session.read_only:
        write_remembered(path, app.remembered)
    return answer or app.return_code or 0
