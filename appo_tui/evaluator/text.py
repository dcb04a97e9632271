"""Values as text, as Puppet's interpolation and its messages write them."""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from appo_tui.evaluator.resource import CatalogReference
from appo_tui.evaluator.types import PuppetType, type_text
from appo_tui.evaluator.values import DEFAULT, Regexp, Sensitive, Unknown, Value

_PLAIN: Final = frozenset((str, int, bool, type(None)))
"""Nothing is within values of these types, and nearly all values are of one."""


def interpolated(value: Value) -> str:
    """A value inside a double quoted string."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, tuple):
        return f"[{', '.join(interpolated(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{interpolated(k)} => {interpolated(v)}' for k, v in value.items())}}}"
    return _of_a_rare_kind(value)


def _of_a_rare_kind(value: Value) -> str:
    if isinstance(value, CatalogReference):
        return value.reference
    if isinstance(value, Regexp):
        return value.literal
    if isinstance(value, PuppetType):
        return type_text(value)
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return "default" if value is DEFAULT else str(value)


def float_text(value: float) -> str:
    """A Float as Ruby writes it: ``1.0e+20``, ``0.0001``, ``1.0e-05``."""
    text = repr(value)
    if "e" not in text:
        if abs(value) >= 1e16:
            return _scientific(value)
        return text
    exponent = int(text.split("e")[1])
    if -5 < exponent < 16:
        return f"{value:f}"
    return _scientific(value)


def _scientific(value: float) -> str:
    mantissa, _, exponent = f"{value!r}".partition("e")
    if not exponent:
        mantissa, _, exponent = f"{value:.16e}".partition("e")
        mantissa = mantissa.rstrip("0")
    if "." not in mantissa:
        mantissa += ".0"
    if mantissa.endswith("."):
        mantissa += "0"
    sign = "-" if exponent.startswith("-") else "+"
    return f"{mantissa}e{sign}{exponent.lstrip('+-').zfill(2)}"


def ruby_inspected(value: Value) -> str:
    """A value as Ruby's ``inspect`` writes it, which some of Puppet's messages do."""
    if value is None:
        return "nil"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'
    if isinstance(value, tuple):
        return f"[{', '.join(ruby_inspected(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{ruby_inspected(k)}=>{ruby_inspected(v)}' for k, v in value.items())}}}"
    if isinstance(value, PuppetType) and hasattr(value, "reference"):
        return f'{value.reference}{{:name=>"{getattr(value, "title", "")}"}}'
    return interpolated(value)


def contains_unknown(value: Value) -> Unknown | None:
    """The first unknown value in ``value``, at any depth."""
    if type(value) in _PLAIN:
        return None
    if isinstance(value, Unknown):
        return value
    if isinstance(value, tuple):
        for item in value:
            found = contains_unknown(item)
            if found is not None:
                return found
    elif isinstance(value, dict):
        for key, item in value.items():
            found = key if isinstance(key, Unknown) else contains_unknown(item)
            if found is not None:
                return found
    elif isinstance(value, Sensitive):
        return contains_unknown(value.value)
    return None
