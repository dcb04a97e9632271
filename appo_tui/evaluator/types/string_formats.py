"""Values as text in a chosen format: what ``String($value, '%x')`` gives.

Manual: https://www.puppet.com/docs/puppet/7/function.html#conversion-to-string
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from appo_tui.evaluator import values
from appo_tui.evaluator.types.compounds import TypeAlias
from appo_tui.evaluator.types.inference import infer
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.printing import type_to_expanded_string
from appo_tui.evaluator.types.quoting import puppet_quoted
from appo_tui.evaluator.types.ruby_format import FormatError, ruby_directive
from appo_tui.evaluator.types.text_form import float_text, text_of
from appo_tui.evaluator.values import Value

_FORMAT = re.compile(r"%([\s\[+#0{<(|-]*)([1-9]\d*)?(?:\.(\d+))?([a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Format:
    """``%#10.2d`` in its parts."""

    text: str
    flags: str = ""
    width: int = 0
    precision: int | None = None
    letter: str = "s"
    separator: str = ", "
    arrow: str = " => "
    inner: Value = None


def _parsed(text: str) -> Format:
    match = _FORMAT.fullmatch(text)
    if match is None:
        raise FormatError(
            f"The format '{text}' is not a valid format on the form '%<flags><width>.<prec><format>'"
        )
    flags, width, precision, letter = match.groups()
    return Format(text, flags, int(width or 0), None if precision is None else int(precision), letter)


def formatted(value: Value, formats: Value = values.DEFAULT) -> str:
    """``String(value, formats)``.

    Args:
        value: anything.
        formats: a format; or a hash of them by type.

    Raises:
        FormatError: a format is malformed or doesn't fit.
    """
    if isinstance(formats, str):
        return _apply(value, _parsed(formats))
    return _apply(value, _format_for(value, formats if isinstance(formats, dict) else {}))


def _format_for(value: Value, table: dict[Value, Value], *, inner: bool = False) -> Format:
    for kind, given in table.items():
        if isinstance(kind, PuppetType) and is_instance(kind, value):
            if isinstance(given, dict):
                text = str(given.get("format", "%p"))
                parsed = _parsed(text)
                return Format(
                    text, parsed.flags, parsed.width, parsed.precision, parsed.letter,
                    str(given.get("separator", ", ")), str(given.get("separator2", " => ")),
                    given.get("string_formats"),
                )  # fmt: skip
            return _parsed(str(given))
    return Format("%p", letter="p") if inner else Format("%s")


def _apply(value: Value, form: Format) -> str:
    match value:
        case None:
            return _padded(_undef(form), form)
        case bool():
            return _padded(_boolean(value, form), form)
        case int():
            return _integer(value, form)
        case float():
            return _float(value, form)
        case str():
            return _padded(_string(value, form), form)
        case tuple():
            return _padded(_array(value, form), form)
        case dict():
            return _padded(_hash(value, form), form)
    if isinstance(value, TypeAlias):
        return _padded(type_to_expanded_string(value), form)
    if isinstance(value, values.Regexp) and form.letter == "s":
        return _padded(value.pattern, form)
    return _padded(text_of(value), form)


def _unsupported(value: Value, form: Format, allowed: str) -> FormatError:
    kind = infer(value).keyword
    return FormatError(
        f"Illegal format '{form.letter}' specified for value of {kind} type - "
        f"expected one of the characters '{allowed}'"
    )


def _padded(text: str, form: Format) -> str:
    if form.precision is not None and form.letter in "sp":
        text = text[: form.precision]
    return text.ljust(form.width) if "-" in form.flags else text.rjust(form.width)


def _undef(form: Format) -> str:
    quoted = "#" in form.flags
    texts = {"n": "nil", "u": "undef", "x": "NaN", "d": "NaN", "v": "n/a", "V": "N/A", "s": "", "p": "undef"}
    if form.letter not in texts:
        return "NaN"
    text = "null" if form.letter == "n" and quoted else texts[form.letter]
    return f'"{text}"' if quoted and form.letter in "sp" and text != "undef" else text


def _boolean(value: bool, form: Format) -> str:  # noqa: FBT001 - the value itself
    short = "#" in form.flags
    match form.letter:
        case "t" | "T":
            word = str(value)[0] if short else str(value)
            return word.upper()[:1] + word[1:] if form.letter == "T" else word.lower()
        case "y" | "Y":
            word = ("y" if value else "n") if short else ("yes" if value else "no")
            return word.capitalize() if form.letter == "Y" else word
        case "s" | "p":
            return "true" if value else "false"
    if form.letter in "dxXobB":
        return _integer(int(value), form)
    if form.letter in "eEfgGaA":
        return _float(float(value), form)
    raise _unsupported(value, form, "tTyYdxXobBeEfgGaAsp")


def _integer(value: int, form: Format) -> str:
    if form.letter in "sp":
        text = str(value)
        return _padded(f"'{text}'" if "#" in form.flags and form.letter == "s" else text, form)
    if form.letter == "c":
        return _padded(chr(value), form)
    if form.letter in "dxXobBeEfgGaA":
        return ruby_directive(value, form.letter, form.flags, form.width, form.precision)
    raise _unsupported(value, form, "dxXobBeEfgGaAspc")


def _float(value: float, form: Format) -> str:
    if form.letter == "p":
        return _padded(float_text(value), form)
    if form.letter == "s":
        return ruby_directive(value, "f", form.flags, form.width, form.precision)
    if form.letter in "dxXobB":
        return ruby_directive(int(value), form.letter, form.flags, form.width, form.precision)
    if form.letter in "eEfgGaA":
        return ruby_directive(value, form.letter, form.flags, form.width, form.precision)
    raise _unsupported(value, form, "dxXobBeEfgGaAsp")


def _string(value: str, form: Format) -> str:
    changes: dict[str, Callable[[str], str]] = {
        "c": str.capitalize, "d": str.lower, "u": str.upper, "t": str.strip,
        "C": lambda text: "::".join(part.capitalize() for part in text.split("::")),
    }  # fmt: skip
    if form.letter == "p":
        return puppet_quoted(value)
    if form.letter != "s" and form.letter not in changes:
        raise _unsupported(value, form, "cCudspt")
    text = changes[form.letter](value) if form.letter in changes else value
    return puppet_quoted(text) if "#" in form.flags and form.letter == "s" else text


def _array(items: tuple[Value, ...], form: Format) -> str:
    if form.letter not in "asp":
        raise _unsupported(items, form, "asp")
    opening, closing = _delimiters(form, "[", "]")
    return opening + form.separator.join(_element(item, form) for item in items) + closing


def _element(value: Value, form: Format) -> str:
    """What is in an array or a hash, in the formats that the container's own format brings along."""
    table = form.inner if isinstance(form.inner, dict) else {}
    return _apply(value, _format_for(value, table, inner=True))


def _hash(table: dict[Value, Value], form: Format) -> str:
    if form.letter == "a":
        return _array(tuple(table.items()), form)
    if form.letter not in "hsp":
        raise _unsupported(table, form, "hasp")
    opening, closing = _delimiters(form, "{", "}")
    pairs = (_element(key, form) + form.arrow + _element(item, form) for key, item in table.items())
    return opening + form.separator.join(pairs) + closing


def _delimiters(form: Format, opening: str, closing: str) -> tuple[str, str]:
    pairs = {"[": "[]", "{": "{}", "(": "()", "<": "<>", "|": "||"}
    for flag in form.flags:
        if flag in pairs:
            return pairs[flag][0], pairs[flag][1]
    return opening, closing


