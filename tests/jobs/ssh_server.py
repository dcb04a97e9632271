"""An SSH server on loopback whose one user has a directory for a home; every command is a real shell's."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh


class Server:
    """A node reached over SSH; ``drop`` cuts every connection to it.

    With a ``password`` that is the only way to log in.
    """

    def __init__(self, home: Path, directory: Path, password: str = "") -> None:
        self.home = home
        self.password = password
        self.port = 0
        self.connections = 0
        self.client_key = directory / "id"
        self.known_hosts = directory / "known_hosts"
        self._directory = directory
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncssh.SSHServerConnection] = set()
        self._children: list[asyncio.subprocess.Process] = []

    def start(self) -> None:
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(self.client_key)
        self.client_key.chmod(0o600)
        key.write_public_key(self._directory / "authorized")
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(60)

    def drop(self) -> None:
        """Cut every connection, as an unplugged cable does in the end."""
        asyncio.run_coroutine_threadsafe(self._drop(), self._loop).result(60)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    def inventory(self, *certnames: str) -> str:
        """A Bolt inventory in which all these names are this server."""
        targets = "".join(f"  - {{name: {name}, uri: '127.0.0.1:{self.port}'}}\n" for name in certnames)
        return (
            f"version: 2\nconfig:\n  ssh:\n    user: tester\n    private-key: {self.client_key}\n"
            f"    known-hosts: {self.known_hosts}\ntargets:\n{targets}"
        )

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        started.set()
        self._loop.run_forever()
        self._loop.close()

    async def _listen(self) -> None:
        host_key = asyncssh.generate_private_key("ssh-ed25519")
        server = self

        class Accepting(asyncssh.SSHServer):
            def connection_made(self, connection: asyncssh.SSHServerConnection) -> None:
                server.connections += 1
                server._open.add(connection)
                self._connection = connection

            def public_key_auth_supported(self) -> bool:
                return not server.password

            def password_auth_supported(self) -> bool:
                return bool(server.password)

            def validate_password(self, username: str, password: str) -> bool:
                return username == "tester" and password == server.password

            def connection_requested(self, *_: object) -> bool:
                return True  # it is a jump host too

            def connection_lost(self, error: Exception | None) -> None:
                server._open.discard(self._connection)

        self._acceptor = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Accepting,
            server_host_keys=[host_key],
            authorized_client_keys=str(self._directory / "authorized"),
            process_factory=self._command,
            encoding=None,
        )
        self.port = self._acceptor.get_port()
        public = host_key.export_public_key().decode().strip()
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {public}\n")

    async def _command(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        path = f"{self.home / 'bin'}:{os.environ['PATH']}"
        child = await asyncio.create_subprocess_exec(
            "sh", "-c", process.command or "true",
            env={"HOME": str(self.home), "PATH": path}, cwd=self.home,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._children.append(child)
        assert child.stdin is not None
        feeding = asyncio.create_task(_copied(process.stdin, child.stdin))
        try:
            await asyncio.gather(
                _copied(child.stdout, process.stdout), _copied(child.stderr, process.stderr), child.wait()
            )
            process.exit(child.returncode or 0)
        except (OSError, asyncssh.Error):
            pass  # the connection was cut; the command goes on by itself
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)

    async def _drop(self) -> None:
        for connection in tuple(self._open):
            connection.abort()

    async def _close(self) -> None:
        self._acceptor.close()
        await self._acceptor.wait_closed()
        await self._drop()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        for child in self._children:
            child._transport.close()  # type: ignore[attr-defined] # a Process has no close
            await child.wait()


async def _copied(source: Any, target: Any) -> None:
    """Copy until the source ends, then end the target where that can be told."""
    while data := await source.read(65536):
        target.write(data)
        await target.drain()
    if hasattr(target, "write_eof") and isinstance(target, asyncio.StreamWriter):
        target.close()


@contextmanager
def serving(home: Path, directory: Path, password: str = "") -> Iterator[Server]:
    """A server that runs until the block is left."""
    server = Server(home, directory, password)
    server.start()
    try:
        yield server
    finally:
        server.stop()
