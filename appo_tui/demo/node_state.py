"""What a simulated node remembers, in its private directory: nothing else is changed by a run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_APPLIED = "applied.json"
_FAILING = "fail"


@dataclass(frozen=True, slots=True)
class NodeState:
    """A node's memory.

    ``applied.json`` maps each resource's reference to the digest of what was last applied. While there
    is a file ``fail``, written by ``appo demo fail NODE``, the node's runs fail; its text is the reason.
    """

    home: Path

    def applied(self) -> dict[str, str]:
        """Returns what was last applied, empty for a new node or a damaged file."""
        try:
            found = json.loads((self.home / _APPLIED).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def save(self, applied: dict[str, str]) -> None:
        """Remembers what is applied now."""
        file = self.home / _APPLIED
        new = file.with_suffix(".new")
        new.write_text(json.dumps(applied, indent=1), encoding="utf-8")
        new.replace(file)

    def failure(self) -> str | None:
        """Returns why the node's runs fail, None where they do not."""
        try:
            return (self.home / _FAILING).read_text(
                encoding="utf-8"
            ).strip() or "a failure that was switched on"
        except OSError:
            return None

    def fail(self, reason: str) -> None:
        """Makes the node's runs fail from now on."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.home / _FAILING).write_text(reason + "\n", encoding="utf-8")

    def mend(self) -> None:
        """Makes the node's runs succeed again."""
        (self.home / _FAILING).unlink(missing_ok=True)

    def forget(self) -> None:
        """Makes the node as new: nothing is applied to it, and its runs succeed."""
        (self.home / _APPLIED).unlink(missing_ok=True)
        self.mend()
