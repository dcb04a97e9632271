"""A shell on a node, over a connection of asyncssh's."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncssh

from appo_tui.jobs.transport.shell import Completed, ShellError, Stream


class SshShell:
    """A connection to one node."""

    def __init__(self, certname: str, connection: asyncssh.SSHClientConnection) -> None:
        self._certname = certname
        self._connection = connection

    async def run(self, command: str, data: bytes = b"") -> Completed:
        """Run a command line there."""
        try:
            done = await self._connection.run(command, input=data, encoding=None)
        except (asyncssh.Error, OSError) as error:
            raise self._lost(error) from error
        code = done.returncode
        if code is None:
            raise self._lost("no exit status")
        return Completed(code, _bytes(done.stdout), _bytes(done.stderr))

    def stream(self, command: str, data: bytes = b"") -> Stream:
        """Run a command line there and give its output piece by piece."""
        return _SshStream(self, command, data)

    async def close(self) -> None:
        """End the connection."""
        self._connection.close()

    async def pieces(self, stream: _SshStream, command: str, data: bytes) -> AsyncIterator[bytes]:
        """A command's output; sets the stream's code at its end."""
        try:
            process = await self._connection.create_process(command, encoding=None)
            process.stdin.write(data)
            process.stdin.write_eof()
            while piece := await process.stdout.read(65536):
                yield piece
            await process.wait_closed()
        except (asyncssh.Error, OSError) as error:
            raise self._lost(error) from error
        if process.returncode is None:
            raise self._lost("no exit status")
        stream.code = process.returncode

    def _lost(self, reason: object) -> ShellError:
        return ShellError(f"The connection to {self._certname} was lost: {reason}")


class _SshStream:
    def __init__(self, shell: SshShell, command: str, data: bytes) -> None:
        self._shell = shell
        self._command = command
        self._data = data
        self.code = -1

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._shell.pieces(self, self._command, self._data)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
