"""Who may come in: by a token where one is asked for, and never from another site's page."""

from __future__ import annotations

import hmac
import secrets
from ipaddress import ip_address
from pathlib import Path

from appo_tui.environment.faults import AppoError

SHORTEST_TOKEN = 16
"""Characters, below which a token could be guessed."""


class AccessError(AppoError):
    """A token can't be used."""


class Access:
    """Decides on requests. With a token, a visitor gives it once and has a cookie from then on.

    Without one, whoever reaches the port comes in, but not under a name that is not the server's own: a
    page elsewhere that has its name resolved to this machine would otherwise be let in.
    """

    def __init__(self, token: str | None, host: str) -> None:
        self.token = token
        # Browsers keep one set of cookies for all ports of a host: two servers must not share a name.
        self.cookie_name = f"appo_{secrets.token_hex(4)}"
        self.cookie = secrets.token_urlsafe(32)
        names = {host, "localhost", "127.0.0.1", "::1"}
        self._own_names = {f"[{name}]" if ":" in name else name for name in names}

    def knows(self, token: str) -> bool:
        """Whether it is the token; takes equally long whatever is given."""
        return self.token is not None and _same(token, self.token)

    def admits(self, host: str, cookie: str | None) -> bool:
        """Whether a visitor with this Host header and this cookie may come in."""
        if self.token is not None:
            return cookie is not None and _same(cookie, self.cookie)
        return _without_port(host) in self._own_names

    def admits_origin(self, host: str, origin: str | None) -> bool:
        """Whether a WebSocket may be opened by a page of this origin: only by one of ours."""
        return origin is not None and origin.partition("://")[2] == host


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())


def _without_port(host: str) -> str:
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]


def new_token() -> str:
    """Returns a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def read_token(path: Path) -> str:
    """Returns the token that a file holds.

    Raises:
        AccessError: it can't be read, others can read it too, or what is in it could be guessed.
    """
    try:
        text = path.read_text(encoding="ascii").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not plain text"
        hint = "give a file that you can read"
        raise AccessError(f"the token can't be read: {path}: {reason}", hint) from None
    if mode & 0o077:
        raise AccessError(f"others can read the token: {path}", f"chmod 600 {path}")
    if len(text) < SHORTEST_TOKEN or len(text.split()) != 1:
        hint = f"write a word of at least {SHORTEST_TOKEN} characters into it, such as: openssl rand -hex 32"
        raise AccessError(f"what {path} holds is no token", hint)
    return text


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on ``host``."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
