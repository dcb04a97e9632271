"""Ruby's ``sprintf``.

Manual: https://docs.ruby-lang.org/en/2.7/Kernel.html#method-i-sprintf
"""

from __future__ import annotations

import re
from collections.abc import Callable

from appo_tui.evaluator.types.ruby_values import name_in_conversions, ruby_inspect, ruby_text, whole_float
from appo_tui.evaluator.values import Value

_DIRECTIVE = re.compile(
    r"%(?P<flags>[ #+\-0]*)(?:<(?P<name>[^>]+)>|(?P<argument>\d+)\$)?(?P<flags2>[ #+\-0]*)"
    r"(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?(?:<(?P<name2>[^>]+)>)?"
    r"(?:\{(?P<bare>[^}]+)\}|(?P<kind>[%\na-zA-Z])?)"
)


class FormatError(ValueError):
    """A template that is malformed, or an argument that is missing or doesn't fit."""


class _Arguments:
    """The arguments still to be used."""

    def __init__(self, arguments: tuple[Value, ...]) -> None:
        self.arguments = arguments
        self.position = 0

    def next(self) -> Value:
        if self.position >= len(self.arguments):
            raise FormatError("too few arguments")
        self.position += 1
        return self.arguments[self.position - 1]

    def named(self, name: str, written: str) -> Value:
        table = self.arguments[0] if self.arguments else None
        if len(self.arguments) != 1 or not isinstance(table, dict):
            raise FormatError("one hash required")
        if name not in table:
            raise FormatError(f"key{written} not found")
        return table[name]


def ruby_sprintf(template: str, arguments: tuple[Value, ...]) -> str:
    """``sprintf(template, *arguments)``.

    Raises:
        FormatError: the template is malformed, or an argument is missing or doesn't fit.
    """
    left = _Arguments(arguments)

    def directive(match: re.Match[str]) -> str:
        return _directive(match, left)

    return _DIRECTIVE.sub(directive, template)


def _directive(match: re.Match[str], left: _Arguments) -> str:
    if match["kind"] in ("%", "\n") and match["bare"] is None:
        return "%" if match["kind"] == "%" else "%\n"
    flags = match["flags"] + match["flags2"]
    width = match["width"]
    if width == "*":
        count = int(ruby_text(left.next()))
        flags, width = (flags + "-", str(-count)) if count < 0 else (flags, str(count))
    precision: int | None = None
    if "." in match[0]:
        given = match["precision"]
        precision = int(ruby_text(left.next())) if given == "*" else int(given or 0)
    if match["bare"] is not None:
        text = ruby_text(left.named(match["bare"], f"{{{match['bare']}}}"))
        return _padded(text[:precision], flags, int(width or 0))
    kind = match["kind"]
    if kind is None and match.end() == len(match.string):
        raise FormatError("incomplete format specifier; use %% (double %) instead")
    if kind is None or kind not in _KINDS:
        raise FormatError(f"malformed format string - %{kind or ''}")
    name = match["name"] or match["name2"]
    if name is not None:
        argument = left.named(name, f"<{name}>")
    elif match["argument"]:
        index = int(match["argument"]) - 1
        if index >= len(left.arguments):
            raise FormatError("too few arguments")
        argument = left.arguments[index]
    else:
        argument = left.next()
    return _KINDS[kind](argument, kind, flags, int(width or 0), precision)


def ruby_directive(argument: Value, kind: str, flags: str, width: int, precision: int | None) -> str:
    """One directive's text.

    Raises:
        FormatError: the argument doesn't fit.
    """
    return _KINDS[kind](argument, kind, flags, width, precision)


def _padded(text: str, flags: str, width: int) -> str:
    return text.ljust(width) if "-" in flags else text.rjust(width)


def _string(argument: Value, kind: str, flags: str, width: int, precision: int | None) -> str:
    text = ruby_inspect(argument) if kind == "p" else ruby_text(argument)
    return _padded(text if precision is None else text[:precision], flags, width)


def _character(argument: Value, _kind: str, flags: str, width: int, _precision: int | None) -> str:
    text = chr(argument) if isinstance(argument, int) else ruby_text(argument)
    if len(text) != 1:
        raise FormatError("%c requires a character")
    return _padded(text, flags, width)


def _whole(argument: Value) -> int:
    """``Integer(argument)``."""
    if isinstance(argument, (int, float)) and not isinstance(argument, bool):
        return int(argument // 1)
    if isinstance(argument, str):
        text = argument.strip().replace("_", "")
        octal = re.fullmatch(r"([+-]?)0[oO]?([0-7]+)", text)
        if octal:
            return int(octal[1] + octal[2], 8)
        try:
            return int(text, 0)
        except ValueError:
            raise FormatError(f"invalid value for Integer(): {ruby_inspect(argument)}") from None
    raise FormatError(f"can't convert {name_in_conversions(argument)} into Integer")


def _integer(argument: Value, kind: str, flags: str, width: int, precision: int | None) -> str:
    number = _whole(argument)
    base, prefix = _BASES[kind]
    explicit = "+" in flags or " " in flags
    if number < 0 and not explicit and base != 10:
        return _padded(_twos_complement(number, kind, flags, precision), flags, width)
    digits = format(abs(number), {10: "d", 16: "x", 8: "o", 2: "b"}[base])
    digits = digits.upper() if kind == "X" else digits
    if precision is not None:
        digits = digits.rjust(precision, "0")
    lead = _sign(number, flags) + (prefix if "#" in flags and number else "")
    if "0" in flags and "-" not in flags and precision is None:
        return lead + digits.rjust(width - len(lead), "0")
    return _padded(lead + digits, flags, width)


def _twos_complement(number: int, kind: str, flags: str, precision: int | None) -> str:
    """A negative number as Ruby writes it in bases other than ten: ``..f6``."""
    base, prefix = _BASES[kind]
    bits = {16: 4, 8: 3, 2: 1}[base]
    filler = {16: "f", 8: "7", 2: "1"}[base]
    places = (number.bit_length() // bits) + 1
    digits = format(number & ((1 << (bits * places)) - 1), {16: "x", 8: "o", 2: "b"}[base])
    digits = filler + digits.lstrip(filler)
    if kind == "X":
        digits, filler = digits.upper(), filler.upper()
    lead = prefix if "#" in flags else ""
    return lead + (digits.rjust(precision, filler) if precision is not None else ".." + digits)


def _sign(number: float, flags: str) -> str:
    if number < 0:
        return "-"
    return "+" if "+" in flags else (" " if " " in flags else "")


def _float(argument: Value, kind: str, flags: str, width: int, precision: int | None) -> str:
    number = _floating(argument)
    places = 6 if precision is None else precision
    if kind in "aA":
        digits = _hexadecimal(abs(number), kind)
    else:
        digits = format(abs(number), f"{'#' if '#' in flags else ''}.{places}{kind}")
    digits = {"inf": "Inf", "nan": "NaN", "INF": "Inf", "NAN": "NaN"}.get(digits, digits)
    lead = _sign(number, flags)
    if "0" in flags and "-" not in flags:
        return lead + digits.rjust(width - len(lead), "0")
    return _padded(lead + digits, flags, width)


def _hexadecimal(number: float, kind: str) -> str:
    """A float to the last bit: ``0x1.8p+0``."""
    mantissa, _, exponent = number.hex().partition("p")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    text = f"{mantissa}p{exponent}"
    return text.upper() if kind == "A" else text


def _floating(argument: Value) -> float:
    """``Float(argument)``."""
    if isinstance(argument, (int, float)) and not isinstance(argument, bool):
        return float(argument)
    if isinstance(argument, str):
        number = whole_float(argument)
        if number is None:
            raise FormatError(f"invalid value for Float(): {ruby_inspect(argument)}")
        return number
    raise FormatError(f"can't convert {name_in_conversions(argument)} into Float")


_BASES = {
    "d": (10, ""), "i": (10, ""), "u": (10, ""), "x": (16, "0x"), "X": (16, "0X"), "o": (8, "0"),
    "b": (2, "0b"), "B": (2, "0B"),
}  # fmt: skip
_KINDS: dict[str, Callable[[Value, str, str, int, int | None], str]] = {
    **dict.fromkeys(_BASES, _integer),
    **dict.fromkeys("eEfgGaA", _float),
    "s": _string,
    "p": _string,
    "c": _character,
}
