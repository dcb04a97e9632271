"""A shell on a node: commands with input and output, however they get there."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

NO_SPACE = "No space left on device"
"""What strerror(3) has for ENOSPC, in the language that programs are run in here."""


class ShellError(Exception):
    """A node can't be reached. ``message`` says why and what to do; ``lasting`` if waiting won't help."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Completed:
    """A command that has ended; ``code`` is negative where a signal ended it."""

    code: int
    output: bytes
    errors: bytes

    @property
    def said(self) -> str:
        """The line on stderr that says why: a full disk, from which others follow, else the last."""
        lines = self.errors.decode("utf-8", "backslashreplace").strip().splitlines()
        full = (line for line in lines if NO_SPACE in line)
        return next(full, lines[-1] if lines else "")


class Stream(Protocol):
    """A command's output as it comes; ``code`` is known when it has ended."""

    @property
    def code(self) -> int:
        """The exit code."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Pieces of its output."""


class Shell(Protocol):
    """Runs commands on one node. Every method may raise ShellError."""

    async def run(self, command: str, data: bytes = b"") -> Completed:
        """Run a command line with this input to its end."""

    def stream(self, command: str, data: bytes = b"") -> Stream:
        """Run a command line and give its output piece by piece."""

    async def close(self) -> None:
        """Give the connection back."""


class LocalShell:
    """The shell of this machine."""

    async def run(self, command: str, data: bytes = b"") -> Completed:
        """Run a command line here."""
        process = await asyncio.create_subprocess_exec(
            "sh",
            "-c",
            command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate(data)
        return Completed(process.returncode or 0, output, errors)

    def stream(self, command: str, data: bytes = b"") -> Stream:
        """Run a command line here and give its output piece by piece."""
        return _LocalStream(command, data)

    async def close(self) -> None:
        """Nothing is open."""


class _LocalStream:
    def __init__(self, command: str, data: bytes) -> None:
        self._command = command
        self._data = data
        self.code = -1

    async def __aiter__(self) -> AsyncIterator[bytes]:
        process = await asyncio.create_subprocess_exec(
            "sh",
            "-c",
            self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(self._data)
            process.stdin.close()
            while piece := await process.stdout.read(65536):
                yield piece
            self.code = await process.wait()
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
