"""What a run needs on its node, worked out before it begins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class NodeHello:
    """What a node says of itself: its directory of ours, its Puppet and that one's version."""

    state: str
    puppet: str
    version: str
    user: str = ""

    @property
    def major(self) -> int:
        """Puppet's major version, 0 if the node does not tell."""
        first = self.version.partition(".")[0]
        return int(first) if first.isascii() and first.isdigit() and len(first) < _LONGEST_NUMBER else 0


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files by their path within the environment; contents, or where they are read from."""

    files: Mapping[str, bytes | Path]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for the same paths and contents."""
        listed = "".join(f"{self.digests[path]} {path}\n" for path in sorted(self.files))
        return hashlib.sha256(listed.encode(errors="surrogateescape")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """A run made ready for one node.

    Attributes:
        bundle: the environment's files for it, None in agent mode.
        manifests: the code to apply by file name, none in agent mode; it may hold secrets, and is taken
            away from the node when the run has ended.
        arguments: what stands after ``puppet``; ``{bundle}`` and ``{run}`` stand for directories there.
        secrets: texts that must not show up in what the run says.
    """

    bundle: Bundle | None
    manifests: Mapping[str, bytes]
    arguments: tuple[str, ...]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AvailabilityTest:
    """A service that must answer from the node before its run; times in seconds.

    With ``path`` it is asked over HTTP, and one of ``status_codes`` must be the answer's.
    """

    service_resource: str
    host: str
    port: int
    timeout: int
    interval: int
    path: str = ""
    scheme: str = "http"
    status_codes: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the node's test takes."""
        words = (self.host, str(self.port), str(self.timeout), str(self.interval))
        if not self.path:
            return words
        url = f"{self.scheme}://{self.host}:{self.port}/{self.path.lstrip('/')}"
        return (*words, url, ",".join(self.status_codes))


class Preparation(Protocol):
    """Makes runs ready."""

    def tests(self, certname: str) -> tuple[AvailabilityTest, ...]:
        """What must answer before the node's run."""

    def prepare(self, certname: str, hello: NodeHello) -> PreparedRun:
        """The run of a node; raises PreparationError where it can't be made."""

    def command(self, certname: str) -> str:
        """What will be run there, as a user reads it."""

    def delivers(self, certname: str) -> bool:
        """Whether the node's run computes values that other nodes need."""

    def deliver(self, text: bytes) -> dict[str, dict[str, object]]:
        """Take what a run computed, as the node kept it; returns it for the store, without secrets."""

    def secrets(self, certname: str) -> tuple[str, ...]:
        """Texts that must not show up in what the node's run says."""


class PreparationError(Exception):
    """A node's run can't be made from the environment; the text says why."""
