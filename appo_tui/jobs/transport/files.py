"""Archives for a node: files in a tar that holds nothing but plain files."""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Iterable
from pathlib import Path


def archive(files: Iterable[tuple[str, bytes | Path]]) -> bytes:
    """A tar of these files by name, readable by their owner only."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files:
            data = content if isinstance(content, bytes) else content.read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            entry.mode = 0o600
            entry.mtime = int(time.time())  # the node throws away what is old and unused
            tar.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()
