"""Where the program keeps what it can make again: trees of manifests, collected facts."""

from __future__ import annotations

from pathlib import Path


def cache_directory() -> Path:
    """Returns the user's cache directory for this program, by the XDG rules; it may not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path("appo-tui")
