"""Uniform resource identifiers, as values of the type URI.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_uri.html, https://www.rfc-editor.org/rfc/rfc3986
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import quote, urljoin

_PERCENT: Final = r"%[0-9A-Fa-f]{2}"
_REGISTERED: Final = rf"(?:{_PERCENT}|[!$&-.0-9;=A-Z_a-z~])"
_IN_PATH: Final = rf"(?:{_PERCENT}|[!$&-.0-;=@-Z_a-z~/])"
_IN_QUERY: Final = rf"(?:{_PERCENT}|[!$&-.0-;=@-Z_a-z~/?])"
_WHOLE: Final = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?"
    rf"(?://(?:(?P<userinfo>(?:{_REGISTERED}|:)*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|{_REGISTERED}*)(?::(?P<port>\d*))?)?"
    rf"(?P<path>{_IN_PATH}*)(?:\?(?P<query>{_IN_QUERY}*))?(?:#(?P<fragment>{_IN_QUERY}*))?"
)
_HOST: Final = re.compile(rf"\[[0-9A-Fa-f:.]+\]|{_REGISTERED}+")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ftp": 21, "ldap": 389, "ldaps": 636}


@dataclass(frozen=True, slots=True)
class Uri:
    """A URI in its parts; None for one that it has not.

    Attributes:
        port: the one that is written, else that of the scheme.
        path: as written; None where there is an opaque part.
        opaque: all that follows the scheme, where that is no path.
    """

    scheme: str | None = None
    userinfo: str | None = None
    host: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None
    opaque: str | None = None

    @staticmethod
    def parse(text: str) -> Uri:
        """The URI that ``text`` is.

        Raises:
            ValueError: it is none; in Ruby's words.
        """
        if not text.isascii():
            raise ValueError(f"URI must be ascii only {_inspected(text)}")
        found = _WHOLE.fullmatch(text)
        if found is None or (found["scheme"] is None and ":" in (found["path"] or "").partition("/")[0]):
            raise ValueError(f"bad URI(is not URI?): {_inspected(text)}")
        scheme = found["scheme"].lower() if found["scheme"] else None
        path, query, opaque = found["path"], found["query"], None
        if scheme and found["host"] is None and path and not path.startswith("/"):
            opaque = path if query is None else f"{path}?{query}"
            path = query = None
        if scheme == "mailto":
            _check_mail_address(opaque)
        port = int(found["port"]) if found["port"] else _DEFAULT_PORTS.get(scheme or "")
        userinfo, host = found["userinfo"] or None, found["host"] or ("" if scheme == "file" else None)
        return Uri(scheme, userinfo, host, port, path, query, found["fragment"], opaque)

    @staticmethod
    def of_parts(parts: dict[str, str | int]) -> Uri:
        """The URI that has these parts.

        Raises:
            ValueError: one of them can't be; in Ruby's words.
        """
        texts = {name: str(value) for name, value in parts.items() if name != "port"}
        scheme = texts.get("scheme")
        if scheme == "mailto":
            raise ValueError(f"bad component(expected opaque component): {texts.get('to', '')}")
        host, path = texts.get("host"), texts.get("path", "")
        if host is not None and not _HOST.fullmatch(host):
            raise ValueError(f"bad component(expected host component): {host}")
        if (host or scheme in _DEFAULT_PORTS) and not re.fullmatch(rf"(?:/{_IN_PATH}*)?", path):
            raise ValueError(f"bad component(expected absolute path component): {path}")
        if "query" in texts:
            texts["query"] = quote(texts["query"], safe="!$&'()*+,-./:;=?@_~%")
        port = int(parts["port"]) if "port" in parts else _DEFAULT_PORTS.get(scheme or "")
        known = {name: text for name, text in texts.items() if name in NAMES}
        return replace(Uri(port=port, path=None if "opaque" in texts else path), **known)  # type: ignore[arg-type]  # all texts

    def __add__(self, other: Uri | str) -> Uri:
        """The URI that ``other`` is where this one is what it is relative to.

        Raises:
            ValueError: ``other`` is no URI, or neither says where it starts.
        """
        reference = Uri.parse(other) if isinstance(other, str) else other
        if self.scheme is None and reference.scheme is None:
            raise ValueError("both URI are relative")
        if reference.scheme is not None:
            return reference
        joined = urljoin(str(replace(self, scheme="http", port=None)), str(reference))
        merged = Uri.parse(joined)
        port = self.port if reference.host is None else merged.port
        return replace(merged, scheme=self.scheme, port=port or _DEFAULT_PORTS.get(self.scheme or ""))

    @property
    def normalized(self) -> str:
        """What ``==`` compares: hosts are the same in any case."""
        return str(replace(self, host=self.host.lower() if self.host else self.host))

    def part(self, name: str) -> str | int | None:
        """A part as ``$uri.name`` gives it."""
        found: str | int | None = getattr(self, name)
        if name == "path" and self.scheme == "ftp" and isinstance(found, str):
            return re.sub(r";type=[aid]\Z", "", found.removeprefix("/"))
        return found

    @property
    def shown_parts(self) -> tuple[tuple[str, str], ...]:
        """The parts that its type names, as text: not the port that its scheme has anyway."""
        every = ((name, getattr(self, name)) for name in NAMES if name != "port" or not self._has_usual_port)
        return tuple((name, str(value)) for name, value in every if value not in (None, ""))

    @property
    def _has_usual_port(self) -> bool:
        return self.port in (None, _DEFAULT_PORTS.get(self.scheme or ""))

    def __str__(self) -> str:
        text = f"{self.scheme}:" if self.scheme is not None else ""
        if self.opaque is not None:
            text += self.opaque
        else:
            if self.host or self.scheme == "file":
                text += f"//{self.userinfo}@" if self.userinfo else "//"
                text += self.host or ""
                text += "" if self._has_usual_port else f":{self.port}"
            path = self.path or ""
            text += f"/{path}" if self.host and path and not path.startswith("/") else path
            text += f"?{self.query}" if self.query is not None else ""
        return text + (f"#{self.fragment}" if self.fragment is not None else "")


NAMES: Final = tuple(field.name for field in fields(Uri))
"""The parts, in the order in which types name them."""


def _check_mail_address(opaque: str | None) -> None:
    if not opaque:
        raise ValueError("missing opaque part for mailto URL")
    if "@" not in opaque:
        raise ValueError(f"unrecognised opaque part for mailtoURL: {opaque}")


def _inspected(text: str) -> str:
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if not character.isascii():
        return f"\\u{ord(character):04X}"
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character, character)
