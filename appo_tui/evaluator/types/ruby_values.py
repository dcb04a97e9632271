"""What Ruby makes of values, where functions written in Ruby show it."""

from __future__ import annotations

import re

from appo_tui.evaluator import values
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.text_form import float_text, text_of
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVer, SemVerRange
from appo_tui.evaluator.values import Value

_CLASSES: dict[type, str] = {
    str: "String", int: "Integer", float: "Float", dict: "Hash", tuple: "Array", type(None): "NilClass",
    values.Default: "Symbol", values.Regexp: "Regexp",
    values.Sensitive: "Puppet::Pops::Types::PSensitiveType::Sensitive", SemVer: "SemanticPuppet::Version",
    SemVerRange: "SemanticPuppet::VersionRange",
}  # fmt: skip
_URI_CLASSES = {
    "http": "HTTP", "https": "HTTPS", "ftp": "FTP", "ldap": "LDAP", "ldaps": "LDAPS",
    "mailto": "MailTo", "file": "File",
}  # fmt: skip
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e", '"': '\\"', "\\": "\\\\"}
_LEADING_INTEGER = re.compile(r"\s*([+-]?\d[\d_]*)", re.ASCII)
_LEADING_FLOAT = re.compile(r"\s*([+-]?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)", re.ASCII)
_WHOLE_FLOAT = re.compile(r"\s*[+-]?\d+(?:_\d+)*(?:\.\d+)?(?:[eE][+-]?\d+)?\s*", re.ASCII)


def ruby_class(value: Value) -> str:
    """The name of the value's class."""
    if isinstance(value, bool):
        return "TrueClass" if value else "FalseClass"
    if isinstance(value, PuppetType):
        return f"Puppet::Pops::Types::P{value.keyword}Type"
    if isinstance(value, Uri):
        return f"URI::{_URI_CLASSES.get(value.scheme or '', 'Generic')}"
    name = next((name for kind, name in _CLASSES.items() if isinstance(value, kind)), None)
    return name or type(value).__name__


def name_in_conversions(value: Value) -> str:
    """What messages about conversions call the value: its class, or what it is."""
    if value is None:
        return "nil"
    return str(value).lower() if isinstance(value, bool) else ruby_class(value)


def ruby_text(value: Value) -> str:
    """``value.to_s``."""
    match value:
        case None:
            return ""
        case str():
            return value
        case tuple() | dict():
            return ruby_inspect(value)
        case bool():
            return "true" if value else "false"
        case float():
            return float_text(value)
        case values.Default():
            return "default"
        case values.Regexp():
            return f"(?-mix:{value.pattern})"
        case bytes() | PuppetType():
            return text_of(value)
    return str(value)


def ruby_inspect(value: Value) -> str:
    """``value.inspect``."""
    match value:
        case None:
            return "nil"
        case str():
            return '"' + "".join(_ESCAPES.get(one, one) for one in value) + '"'
        case tuple():
            return "[" + ", ".join(ruby_inspect(item) for item in value) + "]"
        case dict():
            pairs = (f"{ruby_inspect(key)}=>{ruby_inspect(item)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        case values.Default():
            return ":default"
        case values.Regexp():
            return value.literal
        case values.Sensitive():
            return f"#<{value}>"
    return ruby_text(value)


def leading_integer(text: str) -> int:
    """``text.to_i``: the number that the text starts with, else 0."""
    match = _LEADING_INTEGER.match(text)
    return int(match[1].rstrip("_")) if match else 0


def leading_float(text: str) -> float:
    """``text.to_f``: the number that the text starts with, else 0."""
    match = _LEADING_FLOAT.match(text)
    return float(match[1].rstrip("_")) if match else 0.0


def whole_float(text: str) -> float | None:
    """``Float(text)``; None where that fails."""
    if re.fullmatch(r"\s*[+-]?0[xX][0-9a-fA-F]+\s*", text):
        return float(int(text, 16))
    return float(text) if _WHOLE_FLOAT.fullmatch(text) else None


def to_integer(value: Value) -> int:
    """``value.to_i`` of a number or a string; undef is 0."""
    if isinstance(value, (int, float)):
        return int(value)
    return leading_integer(ruby_text(value))
