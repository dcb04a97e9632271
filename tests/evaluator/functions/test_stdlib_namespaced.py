"""The functions that stdlib has under its own name."""

from __future__ import annotations

import pytest

from appo_tui.evaluator.types import ResourceType
from appo_tui.evaluator.values import Value
from tests.evaluator.functions.test_unknown_values import called


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("start_with", ("foobar", ("foo", "bar")), True),
        ("start_with", ("foobar", "bar"), False),
        ("end_with", ("foobar", "bar"), True),
        ("extname", ("/a/b.tar.gz",), ".gz"),
        ("extname", (".profile",), ""),
        ("extname", ("a.",), ""),
        ("crc32", ("my string",), "18fbd270"),
        ("sha256", ("hello",), "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        ("str2resource", ("File[/etc/x]",), ResourceType("File", "/etc/x")),
        ("merge", ({"a": 1}, {"b": 2}), {"a": 1, "b": 2}),
        ("to_json", ({"a": (1, None)},), '{"a":[1,null]}'),
    ],
)
def test_a_function_of_stdlibs_own_name_gives(name: str, arguments: tuple[Value, ...], result: Value) -> None:
    assert called(f"stdlib::{name}", *arguments) == result
