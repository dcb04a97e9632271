"""Functions of single modules which their parameters, and mappings of those who use them, call."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.formats import sprintf
from appo_tui.evaluator.functions.registry import REGISTRY, of_module, registered_as
from appo_tui.evaluator.types.ruby_values import ruby_text
from appo_tui.evaluator.values import Sensitive, Value

_HASHED: Final = re.compile(r"\*[A-F0-9]{40}$", re.MULTILINE)


@of_module("puppetlabs/translate", "translate", "String message, Hash interpolation_values?")
def translate(call: FunctionCall, message: str, named: dict[Value, Value] | None = None) -> Value:
    """The message in English, with the values of a hash in the places of their names."""
    return message if named is None else sprintf(call, message, named)


@of_module(
    "puppetlabs/mysql", "mysql::password", "Variant[String, Sensitive[String]] password, Boolean sensitive?"
)
def mysql_password(_call: FunctionCall, password: Value, *sensitive: Value) -> Value:
    """A password as MySQL's own function PASSWORD() hashes it; what is hashed already stays."""
    text = ruby_text(password.value if isinstance(password, Sensitive) else password)
    hashed = text
    if text and not _HASHED.search(text):
        inner = hashlib.sha1(text.encode(), usedforsecurity=False).digest()
        hashed = "*" + hashlib.sha1(inner, usedforsecurity=False).hexdigest().upper()
    return Sensitive(hashed) if any(sensitive) else hashed


@of_module("puppetlabs/mysql", "mysql::strip_hash", "Hash hash")
def mysql_strip_hash(_call: FunctionCall, options: dict[Value, Value]) -> Value:
    """A hash, and the hashes in it, without what is empty text."""
    return {
        key: {name: item for name, item in value.items() if item != ""} if isinstance(value, dict) else value
        for key, value in options.items()
        if value != ""
    }


@of_module(
    "puppetlabs/postgresql",
    "postgresql::postgresql_password",
    "Variant[String[1], Integer] username, Variant[String[1], Integer] password",
)
def postgresql_password(_call: FunctionCall, username: Value, password: Value) -> Value:
    """A password as PostgreSQL keeps it with the method md5."""
    salted = ruby_text(password) + ruby_text(username)
    return "md5" + hashlib.md5(salted.encode(), usedforsecurity=False).hexdigest()


@of_module("puppetlabs/apache", "apache::bool2httpd", "Any arg")
def bool2httpd(_call: FunctionCall, value: Value) -> Value:
    """``On`` or ``Off``, as httpd's configuration has it; other text as it is."""
    if value is None or value is False or (isinstance(value, str) and "false" in value.lower()):
        return "Off"
    if value is True or (isinstance(value, str) and "true" in value.lower()):
        return "On"
    return ruby_text(value)


for _older, _name in (
    ("mysql_password", "mysql::password"),
    ("postgresql_password", "postgresql::postgresql_password"),
    ("bool2httpd", "apache::bool2httpd"),
):
    registered_as(_older, REGISTRY[_name])
