"""New strings, regular expressions, types, bytes and sensitive values."""

from __future__ import annotations

import base64
from typing import Final

from appo_tui.evaluator import values
from appo_tui.evaluator.types.conversion.constructor import Constructor
from appo_tui.evaluator.types.parsing import parse_type
from appo_tui.evaluator.types.ruby_values import ruby_text
from appo_tui.evaluator.types.string_formats import formatted
from appo_tui.evaluator.values import Value
from puppet_grammar.regexps import regexp_fault

_FORMAT: Final = r"Pattern[/^%([\s\[+#0{<(|-]*)([1-9][0-9]*)?(?:\.([0-9]+))?([a-zA-Z])$/]"
_CONTAINER_FORMAT: Final = (
    "Struct[{Optional[format] => Format, Optional[separator] => String, Optional[separator2] => String, "
    "Optional[string_formats] => Hash[Type, Format]}]"
)


def _string(value: Value, formats: Value = values.DEFAULT) -> Value:
    return formatted(value, formats)


def _sensitive(value: Value) -> Value:
    return value if isinstance(value, values.Sensitive) else values.Sensitive(value)


def _regexp(pattern: str) -> Value:
    fault = regexp_fault(pattern)
    if fault is not None:
        raise ValueError(fault)
    return values.Regexp(pattern)


def _type(text: str) -> Value:
    return parse_type(text)


def _binary(value: Value, form: str = "%B") -> Value:
    if isinstance(value, dict):
        return _binary(value["value"], str(value.get("format", "%B")))
    if isinstance(value, tuple):
        return bytes(item for item in value if isinstance(item, int))
    text = ruby_text(value)
    if form in ("%s", "%r"):
        return text.encode()
    if form == "%b":
        return base64.b64decode(text[: len(text) // 4 * 4] or _padded(text))
    try:
        if form == "%u":
            return base64.b64decode(_padded(text), altchars=b"-_", validate=True)
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ValueError("invalid base64") from error


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


STRING: Final = Constructor(
    "new_string",
    ("Convertible from, Formats string_formats?",),
    _string,
    (
        ("Convertible", "Any"),
        ("Format", _FORMAT),
        ("ContainerFormat", _CONTAINER_FORMAT),
        ("TypeMap", "Hash[Type, Variant[Format, ContainerFormat]]"),
        ("Formats", "Variant[Default, String[1], TypeMap]"),
    ),
)
REGEXP: Final = Constructor("new_float", ("String pattern",), _regexp)
TYPE: Final = Constructor("new_type", ("String[1] type_string",), _type)
SENSITIVE: Final = Constructor("new_Sensitive", ("Any value",), _sensitive)
BINARY: Final = Constructor(
    "new_Binary",
    ("String str, Base64Format format?", "Array[ByteInteger] byte_array", "BinaryArgsHash hash_args"),
    _binary,
    (
        ("ByteInteger", "Integer[0, 255]"),
        ("Base64Format", "Enum['%b', '%u', '%B', '%s', '%r']"),
        ("StringHash", "Struct[{value => String, format => Optional[Base64Format]}]"),
        ("ArrayHash", "Struct[{value => Array[ByteInteger]}]"),
        ("BinaryArgsHash", "Variant[StringHash, ArrayHash]"),
    ),
)
