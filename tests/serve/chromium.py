"""Headless Chromium, driven through its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import time
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

_PATIENCE_SECONDS = 120.0
_HEARD = """
window.heard = "";
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    const decoder = new TextDecoder();
    this.addEventListener("message", (event) => {
      const text = typeof event.data === "string";
      window.heard += text ? event.data : decoder.decode(event.data, { stream: true });
    });
  }
};
"""
"""What the page's terminal is given, kept beside it: a terminal's own text is pixels."""


_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def chromium() -> str | None:
    """Returns the program, if this machine has it."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome")
                 if (found := shutil.which(name))), None)  # fmt: skip


class Browser:
    """A browser with one page."""

    def __init__(self, program: str, home: Path) -> None:
        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-dev-shm-usage", "--window-size=1100,700",
                "--remote-debugging-port=0", f"--user-data-dir={home}", "about:blank",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home)},
        )  # fmt: skip
        self._home = home
        self._numbers = count(1)
        self._session: aiohttp.ClientSession
        self._socket: aiohttp.ClientWebSocketResponse

    async def __aenter__(self) -> Browser:
        port = self._port()
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(await self._page(port), max_msg_size=1 << 26)
        await self.call("Page.enable")
        await self.call("Page.addScriptToEvaluateOnNewDocument", source=_HEARD)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.call("Browser.close")
        await self._socket.close()
        await self._session.close()
        self.process.wait(_PATIENCE_SECONDS)

    async def call(self, method: str, **params: object) -> dict[str, Any]:
        answer = await self._answer(method, **params)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    async def _answer(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer: dict[str, Any] = json.loads(await self._socket.receive_str(timeout=_PATIENCE_SECONDS))
            if answer.get("id") == number:
                return answer

    async def open(self, address: str) -> None:
        await self.call("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """What an expression has as its value; None also while one page goes and another comes."""
        answer = await self._answer("Runtime.evaluate", expression=expression)
        return answer["result"]["result"].get("value") if "result" in answer else None

    async def hears(self, text: str) -> str:
        """Wait until the terminal has been given a text."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while text not in (heard := _STYLE.sub("", str(await self.value("window.heard") or ""))):
            assert time.monotonic() < deadline, f"{text!r} did not come: {heard[-3000:]!r}"
        return heard

    async def loads(self, text: str) -> None:
        """Wait until the page itself has a text."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while text not in str(await self.value("document.body && document.body.innerText")):
            assert time.monotonic() < deadline, f"{text!r} did not come"

    async def press(self, key: str, code: int) -> None:
        given = {"key": key, "windowsVirtualKeyCode": code}
        text = {"text": key} if len(key) == 1 else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **given, **text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **given)

    async def picture(self) -> bytes:
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])

    async def looks_otherwise_than(self, before: bytes) -> None:
        """Wait until the page has been painted anew."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while await self.picture() == before:
            assert time.monotonic() < deadline, "the page looks as before"

    async def _page(self, port: int) -> str:
        """The address of the page's own debugger, once there is a page."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            async with self._session.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = [each for each in await answer.json() if each["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
            assert time.monotonic() < deadline, "Chromium opened no page"

    def _port(self) -> int:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        file = self._home / "DevToolsActivePort"
        while not (file.exists() and "\n" in file.read_text()):
            assert time.monotonic() < deadline, "Chromium did not come up"
            assert self.process.poll() is None, f"Chromium ended with {self.process.returncode}"
            time.sleep(0.05)  # there is nothing to wait on but the file
        return int(file.read_text().splitlines()[0])
