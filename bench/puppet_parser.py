"""Puppet's own parser, of a Debian image, to compare with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

IMAGES = Path(os.environ.get("APPO_IMAGES", "/var/cache/testbed"))
"""Where the images of the test hosts lie: directories with a Debian and its Puppet."""

_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
_SCRIPT = Path(__file__).with_suffix(".rb")


class PuppetUnavailableError(Exception):
    """There is no Puppet to compare with; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Puppet makes of one file.

    Attributes:
        pn: Its tree in Puppet Notation; None if Puppet refuses it.
        error: Why Puppet refuses it.
        kind: The class of that error.
        line: Where, from 1, if Puppet says so.
        column: Where, from 1, if Puppet says so.
        issues: What Puppet's validator says of the tree.
    """

    pn: str | None = None
    error: str = ""
    kind: str = ""
    line: int | None = None
    column: int | None = None
    issues: list[dict[str, Any]] = field(default_factory=list)


class PuppetParser:
    """A process of Ruby with Puppet's parser, in the image of a Debian suite.

    Args:
        suite: ``bookworm`` has Puppet 7.23; ``bullseye`` 5.5.22, which knows the orchestration statements.

    Raises:
        PuppetUnavailableError: There is no such image, or we may not run what is in it.
    """

    def __init__(self, suite: str) -> None:
        root = IMAGES / suite
        if not (root / "usr/bin/puppet").exists():
            raise PuppetUnavailableError(f"there is no image with Puppet in {root}")
        if os.geteuid() != 0:
            raise PuppetUnavailableError("only root can run the Puppet of an image")
        self._root = root
        self._directory = Path(tempfile.mkdtemp(prefix="appo-parser-", dir=root / "tmp"))
        shutil.copy(_SCRIPT, self._directory)
        script = self._inside(self._directory / _SCRIPT.name)
        self._process = subprocess.Popen(
            ["chroot", str(root), "ruby", "-W0", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**_ENVIRONMENT, "HOME": self._inside(self._directory)},
        )
        try:
            self.version = self._answer().removeprefix("puppet ")
        except PuppetUnavailableError:
            self.__exit__(None, None, None)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()
        shutil.rmtree(self._directory)

    def _inside(self, path: Path) -> str:
        return f"/{path.relative_to(self._root)}"

    def _answer(self) -> str:
        if self._process.stdout is None:
            raise PuppetUnavailableError("Ruby's output is not read")
        line = self._process.stdout.readline()
        if not line:
            raise PuppetUnavailableError(f"Puppet's parser of {self._root} has ended")
        return line.strip()

    def _ask(self, command: str) -> str:
        if self._process.stdin is None:
            raise PuppetUnavailableError("Ruby takes no commands")
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _list(self, files: Sequence[Path]) -> str:
        listing = self._directory / "files"
        listing.write_text("".join(f"{self._inside(path)}\n" for path in files))
        return self._inside(listing)

    def put(self, texts: Sequence[bytes]) -> list[Path]:
        """Puts texts where Puppet's parser can read them, and returns the files."""
        place = Path(tempfile.mkdtemp(dir=self._directory))
        files = [place / f"{number}.pp" for number in range(len(texts))]
        for path, text in zip(files, texts, strict=True):
            path.write_bytes(text)
        return files

    def judge(self, texts: Sequence[bytes]) -> list[Verdict]:
        """Returns what Puppet makes of texts, in their order."""
        output = self._directory / "trees"
        self._ask(f"trees {self._list(self.put(texts))} {self._inside(output)}")
        return [_verdict(json.loads(line)) for line in output.read_text().splitlines()]

    def seconds(self, files: Sequence[Path]) -> float:
        """Returns the CPU seconds that parsing files, which ``put`` has made, takes Puppet once."""
        return float(self._ask(f"time {self._list(files)}"))


def _verdict(found: dict[str, Any]) -> Verdict:
    found.pop("path")
    return Verdict(**found)
