"""Values as text, as interpolation writes them."""

from __future__ import annotations

import base64

from appo_tui.evaluator import values
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.printing import type_text
from appo_tui.evaluator.values import Value


def text_of(value: Value) -> str:
    """A value as interpolation into a string writes it: undef is empty, strings have no quotes."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case tuple():
            return "[" + ", ".join(text_of(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{text_of(key)} => {text_of(item)}" for key, item in value.items()) + "}"
        case float():
            return float_text(value)
        case values.Default():
            return "default"
        case values.Regexp():
            return value.literal
        case bytes():
            return base64.b64encode(value).decode("ascii")
    return type_text(value) if isinstance(value, PuppetType) else str(value)


def float_text(number: float) -> str:
    """A float as Ruby writes it: ``1.0e+20`` where Python has ``1e+20``."""
    if number != number or number in (float("inf"), float("-inf")):
        return "NaN" if number != number else ("Infinity" if number > 0 else "-Infinity")
    if number == 0 or 1e-4 <= abs(number) < 1e16:
        return repr(number) if "e" not in repr(number) else f"{number:.1f}"
    mantissa, _, exponent = repr(number).partition("e")
    if not exponent:
        mantissa, _, exponent = f"{number:.17g}".partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent}"
