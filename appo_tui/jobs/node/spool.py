"""A node's spool, read piece by piece: bytes to log lines.

Puppet writes a JSON object a line (``--logdest logstash_event``). Any other line is kept as it is: it
comes from Ruby or the shell, and so from stderr.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime

import msgspec

from appo_tui.jobs.events import LogLine

_LONGEST = 256 * 1024
"""Bytes of a line without an end that are waited for."""

_CONSEQUENCES = ("Could not retrieve catalog; skipping run",)
"""Errors that only say what follows from the one before."""

_SHORTEST_PART = 4
"""Characters of a line of a secret that is hunted for by itself."""


class _Said(msgspec.Struct):
    """A line of Puppet's, as far as it is used."""

    message: str
    level: str = "notice"
    source: str = ""
    timestamp: str = msgspec.field(name="@timestamp", default="")


class SpoolReader:
    """Turns the bytes of a spool into lines; ``offset`` is behind the last whole line that it gave.

    Args:
        offset: where in the spool the first bytes stand.
        secrets: texts that no line may show.
    """

    def __init__(self, offset: int = 0, secrets: Iterable[str] = ()) -> None:
        self.offset = offset
        self.last_error = ""
        self._rest = b""
        self._decode = msgspec.json.Decoder(_Said).decode
        forms = {form for secret in secrets for form in _forms(secret)}
        self._secrets = sorted(forms, key=len, reverse=True)

    def feed(self, data: bytes) -> tuple[LogLine, ...]:
        """The lines that are whole now."""
        data = self._rest + data
        end = data.rfind(b"\n") + 1
        if end == 0 and len(data) > _LONGEST:
            end = len(data)
        self._rest = data[end:]
        self.offset += end
        return self._lines(data[:end])

    def restart(self) -> None:
        """Forget the part of a line that came last: the spool is read again from ``offset``."""
        self._rest = b""

    def finish(self) -> tuple[LogLine, ...]:
        """The line without an end, if there is one."""
        rest, self._rest = self._rest, b""
        self.offset += len(rest)
        return self._lines(rest)

    def redacted(self, text: str) -> str:
        """A text without any of the secrets."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, "[value redacted]")
        return text

    def _lines(self, data: bytes) -> tuple[LogLine, ...]:
        if not data:
            return ()
        lines: list[LogLine] = []
        for raw in data.removesuffix(b"\n").split(b"\n"):
            lines += self._line(raw)
        return tuple(lines)

    def _line(self, raw: bytes) -> list[LogLine]:
        said = self._said(raw)
        if said is None:
            text = self.redacted(raw.decode("utf-8", "backslashreplace").removesuffix("\r"))
            return [LogLine(time.time(), "stderr", "warning", "", text)]
        text = self.redacted(said.message)
        if said.level in ("err", "alert", "emerg", "crit") and text not in _CONSEQUENCES:
            self.last_error = text
        moment = _moment(said.timestamp)
        stream = "appo" if said.source == "appo-tui" else "stdout"
        source = self.redacted(said.source)
        return [LogLine(moment, stream, said.level, source, each) for each in text.split("\n")]

    def _said(self, raw: bytes) -> _Said | None:
        if not raw.startswith(b"{"):
            return None
        try:
            return self._decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None


def _forms(secret: str) -> tuple[str, ...]:
    """A secret as it is, and as Puppet and Ruby quote it in their messages."""
    escaped = secret.replace("\\", "\\\\")
    quoted = (escaped.replace("'", "\\'"), escaped.replace('"', '\\"'))
    return (secret, *quoted, *(part for part in secret.split("\n") if len(part) >= _SHORTEST_PART))


def _moment(text: str) -> float:
    """Seconds since the epoch; now where Puppet gave no time."""
    if text:
        try:
            return datetime.fromisoformat(_microseconds(text)).timestamp()
        except ValueError:
            pass
    return time.time()


def _microseconds(text: str) -> str:
    """A time with at most six digits after the point, as Python reads them."""
    point = text.find(".")
    if point < 0:
        return text
    end = point + 1
    while end < len(text) and text[end].isdigit():
        end += 1
    return text[: min(end, point + 7)] + text[end:]
