"""The web server: textual-serve's connection of browsers to programs, behind a door of our own.

textual-serve admits everybody and has its page load a font from elsewhere. Only what carries the program to
the browser is taken from it; page, routes, headers and admission are ours.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from aiohttp import web
from textual_serve.server import Server

from appo_tui.serve.access import Access

MOST_VISITORS = 16
"""Programs that run at once: each visitor has one."""

_PAGE = Path(__file__).parent / "page"
_SHUTDOWN_SECONDS = 3.0
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """The routes, and who may take them."""

    def __init__(self, command: Sequence[str], access: Access) -> None:
        self.access = access
        self._server = Server(shlex.join(command))
        self._visitors = 0

    def app(self) -> web.Application:
        """Makes the web application."""
        made = web.Application(middlewares=[self._admit])
        made.add_routes(
            [
                web.get("/", _page),
                web.post("/", self._sign_in),
                web.get("/ws", self._visit),
                web.get("/download/{key}", self._server.handle_download),
                web.static("/static", self._server.statics_path),
                web.static("/page", _PAGE),
            ]
        )
        made.on_response_prepare.append(_add_headers)
        return made

    @web.middleware
    async def _admit(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        access = self.access
        if request.path == "/" and "token" in request.query:
            # The address bar, the history and other sites' logs must not keep it.
            return self._welcomed() if access.knows(request.query["token"]) else _refused()
        signing_in = request.method == "POST" and request.path == "/"
        if not signing_in and not access.admits(request.host, request.cookies.get(access.cookie_name)):
            return _refused()
        return await handler(request)

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        token = (await request.post()).get("token")
        return self._welcomed() if isinstance(token, str) and self.access.knows(token) else _refused()

    def _welcomed(self) -> web.Response:
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(
            self.access.cookie_name, self.access.cookie, httponly=True, samesite="Lax", path="/"
        )
        return response

    async def _visit(self, request: web.Request) -> web.StreamResponse:
        if not self.access.admits_origin(request.host, request.headers.get("Origin")):
            return web.Response(status=403, text="Only the page of this server may open this.\n")
        if self._visitors >= MOST_VISITORS:
            return web.Response(status=503, text=f"{MOST_VISITORS} visitors are here already.\n")
        self._visitors += 1
        try:
            return await self._server.handle_websocket(request)
        finally:
            self._visitors -= 1


async def _page(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(_PAGE / "index.html")


def _refused() -> web.Response:
    return web.Response(
        status=403, text=(_PAGE / "refused.html").read_text(encoding="utf-8"), content_type="text/html"
    )


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def serve(command: Sequence[str], access: Access, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serves a program until SIGINT or SIGTERM.

    Args:
        command: the program and its arguments; started once for each visitor.
        access: who may come in.
        host: the address to listen on.
        port: the port to listen on; 0 for any that is free.
        ready: called with the port once visitors can come.

    Raises:
        OSError: the address can't be listened on.
    """
    # A browser shows UTF-8 whatever the locale of this process is.
    os.environ["PYTHONUTF8"] = "1"
    asyncio.run(_serving(Door(command, access).app(), host, port, ready))


async def _serving(app: web.Application, host: str, port: int, ready: Callable[[int], None]) -> None:
    # No access log: the first request of a visitor has the token in it.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        ready(runner.addresses[0][1])
        await ended.wait()
    finally:
        await runner.cleanup()
