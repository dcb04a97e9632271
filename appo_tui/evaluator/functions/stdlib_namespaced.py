"""The functions that stdlib has under its own name."""

from __future__ import annotations

import re
import zlib

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import REGISTRY, registered_as, stdlib
from appo_tui.evaluator.types import capitalized, specialize
from appo_tui.evaluator.types.compounds import ResourceType
from appo_tui.evaluator.values import Value

_MOVED = (
    "fqdn_rand_string", "has_interface_with", "merge", "seeded_rand", "seeded_rand_string", "shell_escape",
    "to_json", "to_json_pretty", "to_yaml", "type_of", "validate_domain_name", "validate_email_address",
)  # fmt: skip


def register_moved() -> None:
    """Registers, under stdlib's own name too, the functions that moved there with its version 9."""
    for name in _MOVED:
        registered_as(f"stdlib::{name}", REGISTRY[name])


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


@stdlib("stdlib::start_with", "String[1] test_string, Variant[String[1], Array[String[1], 1]] prefixes")
def start_with(_call: FunctionCall, text: str, prefixes: str | tuple[str, ...]) -> Value:
    """Whether text starts with one of some prefixes."""
    return text.startswith(_several(prefixes))


@stdlib("stdlib::end_with", "String[1] test_string, Variant[String[1], Array[String[1], 1]] suffixes")
def end_with(_call: FunctionCall, text: str, suffixes: str | tuple[str, ...]) -> Value:
    """Whether text ends with one of some suffixes."""
    return text.endswith(_several(suffixes))


@stdlib("stdlib::extname", "String filename")
def extname(_call: FunctionCall, filename: str) -> Value:
    """A file name's extension with its dot; empty if it has none."""
    match = re.fullmatch(r"\.*[^.].*?(\.[^.]+)", filename.rpartition("/")[2])
    return match[1] if match else ""


@stdlib("stdlib::crc32", "Any text")
def crc32(_call: FunctionCall, text: Value) -> Value:
    """The checksum CRC-32 in hexadecimal."""
    return f"{zlib.crc32(str(text).encode()):08x}"


@stdlib("stdlib::sha256", "Any text")
def sha256(call: FunctionCall, text: Value) -> Value:
    """The SHA-256 digest in hexadecimal."""
    return REGISTRY["sha256"].call(call, (text,))


@stdlib("stdlib::str2resource", "String res_string")
def str2resource(_call: FunctionCall, text: str) -> Value:
    """The reference that ``Type[title]`` is as text."""
    match = re.fullmatch(r"([A-Za-z][\w:]*)\[['\"]?(.*?)['\"]?\]", text)
    if match is None:
        raise FunctionError(f'No title provided and "{text}" is not a valid resource reference')
    return specialize(ResourceType(capitalized(match[1])), (match[2],))
