"""Who may come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.serve.access import Access, AccessError, is_loopback, new_token, read_token


def test_a_token_is_known_and_nothing_else_is() -> None:
    access = Access("sesame-sesame-sesame", "0.0.0.0")
    assert access.knows("sesame-sesame-sesame")
    assert not access.knows("sesame-sesame-sesam")
    assert not access.knows("")
    assert not access.knows("ü\udcff")


def test_without_a_token_none_is_right() -> None:
    assert not Access(None, "127.0.0.1").knows("")


def test_with_a_token_only_the_cookie_admits() -> None:
    access = Access(new_token(), "0.0.0.0")
    assert access.admits("any.example.com", access.cookie)
    assert not access.admits("127.0.0.1:8077", None)
    assert not access.admits("127.0.0.1:8077", "x")


@pytest.mark.parametrize("host", ["127.0.0.1:8077", "localhost:9000", "[::1]:8077", "127.0.0.1"])
def test_without_a_token_the_servers_own_names_admit(host: str) -> None:
    assert Access(None, "127.0.0.1").admits(host, None)


@pytest.mark.parametrize(
    "host", ["evil.example:8077", "127.0.0.1.evil.example", "", "[", "[::1", "[::2]:8077"]
)
def test_a_foreign_name_that_resolves_to_this_machine_does_not(host: str) -> None:
    assert not Access(None, "127.0.0.1").admits(host, None)


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://appo.example.evil"])
def test_only_our_own_page_opens_a_connection(origin: str | None) -> None:
    access = Access(None, "127.0.0.1")
    assert access.admits_origin("appo.example", "https://appo.example")
    assert not access.admits_origin("appo.example", origin)


@pytest.mark.parametrize(("host", "expected"), [
    ("localhost", True), ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True),
    ("0.0.0.0", False), ("::", False), ("192.0.2.1", False), ("appo.example.com", False),
])  # fmt: skip
def test_what_only_this_machine_reaches(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_token_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("0123456789abcdef\n")
    path.chmod(0o600)
    assert read_token(path) == "0123456789abcdef"


@pytest.mark.parametrize(("text", "mode", "said"), [
    ("0123456789abcdef", 0o640, "others can read the token"),
    ("short", 0o600, "is no token"),
    ("two words that are long", 0o600, "is no token"),
    ("öööööööööööööööööööö", 0o600, "it is not plain text"),
])  # fmt: skip
def test_a_token_that_is_none_is_refused(tmp_path: Path, text: str, mode: int, said: str) -> None:
    path = tmp_path / "token"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(AccessError, match=said):
        read_token(path)


def test_a_missing_file_of_a_token_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="No such file"):
        read_token(tmp_path / "token")
