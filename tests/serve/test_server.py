"""The server's door: what a visitor gets, and what nobody gets."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from appo_tui.serve.access import Access
from appo_tui.serve.server import MOST_VISITORS, Door

TOKEN = "a-token-for-tests-only"
SLEEPER = [sys.executable, "-c", "input()"]


async def client_of(access: Access) -> TestClient[web.Request, web.Application]:
    client = TestClient(TestServer(Door(SLEEPER, access).app()))
    await client.start_server()
    return client


@pytest.fixture
async def programs(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Sees to it that the visitors' programs have ended before the event loop does."""
    started: list[Process] = []
    start = asyncio.create_subprocess_shell

    async def noted(command: str, **options: Any) -> Process:
        started.append(await start(command, **options))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_shell", noted)
    yield
    for program in started:
        await program.communicate(b"")


@pytest.fixture
async def guarded() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    client = await client_of(Access(TOKEN, "0.0.0.0"))
    yield client
    await client.close()


@pytest.fixture
async def local(programs: None) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    client = await client_of(Access(None, "127.0.0.1"))
    yield client
    await client.close()


def origin(client: TestClient[web.Request, web.Application]) -> dict[str, str]:
    return {"Origin": f"http://{client.host}:{client.port}"}


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js", "/page/page.js", "/download/x"])
async def test_nothing_is_had_without_the_token(
    guarded: TestClient[web.Request, web.Application], path: str
) -> None:
    answer = await guarded.get(path, headers=origin(guarded))
    assert answer.status == 403
    assert "appo serve" in await answer.text()


async def test_the_token_is_taken_once_and_leaves_the_address(
    guarded: TestClient[web.Request, web.Application],
) -> None:
    answer = await guarded.get("/", params={"token": TOKEN}, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert TOKEN not in cookie
    assert (await guarded.get("/")).status == 200


async def test_the_token_can_be_typed(guarded: TestClient[web.Request, web.Application]) -> None:
    assert (await guarded.post("/", data={"token": "wrong"})).status == 403
    assert (await guarded.post("/", data={"token": TOKEN})).status == 200


async def test_a_wrong_token_is_refused_also_of_who_is_in(
    guarded: TestClient[web.Request, web.Application],
) -> None:
    await guarded.get("/", params={"token": TOKEN})
    assert (await guarded.get("/", params={"token": TOKEN[:-1]})).status == 403


async def test_on_this_machine_no_token_is_needed(local: TestClient[web.Request, web.Application]) -> None:
    answer = await local.get("/")
    assert answer.status == 200
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "https://" not in await answer.text()


async def test_a_foreign_name_is_refused(local: TestClient[web.Request, web.Application]) -> None:
    assert (await local.get("/", headers={"Host": "evil.example"})).status == 403


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
async def test_a_page_from_elsewhere_opens_no_connection(
    local: TestClient[web.Request, web.Application], headers: dict[str, str]
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await local.ws_connect("/ws", headers=headers)
    assert refused.value.status == 403


async def test_visitors_are_counted(local: TestClient[web.Request, web.Application]) -> None:
    headers = origin(local)
    visits = [await local.ws_connect("/ws", headers=headers) for _ in range(MOST_VISITORS)]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await local.ws_connect("/ws", headers=headers)
    assert refused.value.status == 503
    for each in visits:
        await each.close()
