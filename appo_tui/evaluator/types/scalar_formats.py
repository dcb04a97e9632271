"""Single values as text in a chosen format."""

from __future__ import annotations

import base64
from collections.abc import Callable

from appo_tui.evaluator import values
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.printing import type_text
from appo_tui.evaluator.types.quoting import puppet_quoted
from appo_tui.evaluator.types.ruby_format import FormatError, ruby_directive
from appo_tui.evaluator.types.ruby_values import ruby_text
from appo_tui.evaluator.types.text_form import text_of
from appo_tui.evaluator.types.text_format import Format, padded, unsupported
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVerRange
from appo_tui.evaluator.values import Value
from puppet_grammar.regexps import has_encoding

_INTEGERS, _FLOATS = "dxXobB", "eEfgGaA"


def scalar_text(value: Value, form: Format) -> str:  # noqa: C901 - one line a kind of value
    """A value that is neither an array nor a hash, in a format.

    Raises:
        FormatError: values of its kind have no such format.
    """
    match value:
        case None:
            return padded(_undef(form), form)
        case bool():
            return padded(_boolean(value, form), form)
        case int():
            return _integer(value, form)
        case float():
            return _float(value, form)
        case str():
            return padded(_string(value, form), form)
        case bytes():
            return padded(_binary(value, form), form)
        case values.Regexp():
            return padded(_regexp(value, form), form)
        case values.Default():
            return padded(_default(form), form)
        case PuppetType():
            return padded(_type(value, form), form)
        case Uri():
            return padded(_uri(value, form), form)
        case SemVerRange() if form.letter == "p":
            return padded(value.plainest, form)
    return padded(text_of(value), form)


def _quoted(text: str, form: Format) -> str:
    return f'"{text}"' if form.is_alternate else text


def _undef(form: Format) -> str:
    if form.letter in _INTEGERS + _FLOATS:
        return "NaN"
    texts = {"n": "nil", "u": "undef", "v": "n/a", "V": "N/A", "s": "", "p": "undef"}
    if form.letter not in texts:
        raise unsupported(None, form, "nudxXobBeEfgGaAvVsp")
    if form.is_alternate and form.letter in "nu":
        return {"n": "null", "u": "undefined"}[form.letter]
    text = texts[form.letter]
    return _quoted(text, form) if form.letter in "sp" else text


def _default(form: Format) -> str:
    if form.letter not in "dDsp":
        raise unsupported(values.DEFAULT, form, "dDsp")
    return _quoted("Default" if form.letter == "D" else "default", form)


def _boolean(value: bool, form: Format) -> str:  # noqa: FBT001 - the value itself
    match form.letter:
        case "t" | "T":
            word = str(value)[0] if form.is_alternate else str(value)
            return word.upper()[:1] + word[1:] if form.letter == "T" else word.lower()
        case "y" | "Y":
            word = ("y" if value else "n") if form.is_alternate else ("yes" if value else "no")
            return word.capitalize() if form.letter == "Y" else word
        case "s" | "p":
            return "true" if value else "false"
    if form.letter in _INTEGERS:
        return _integer(int(value), form)
    if form.letter in _FLOATS:
        return _float(float(value), form)
    raise unsupported(value, form, "tTyYdxXobBeEfgGaAsp")


def _integer(value: int, form: Format) -> str:
    if form.letter in "sp":
        return padded(_quoted(str(value), form) if form.letter == "s" else str(value), form)
    if form.letter == "c":
        return padded(chr(value), form)
    if form.letter in _INTEGERS + _FLOATS:
        return ruby_directive(value, form.letter, form.flags, form.width, form.precision)
    raise unsupported(value, form, "dxXobBeEfgGaAspc")


def _float(value: float, form: Format) -> str:
    if form.letter in "sp":
        text = ruby_text(value)
        return padded(_quoted(text, form) if form.letter == "s" else text, form)
    if form.letter in _INTEGERS:
        return ruby_directive(int(value), form.letter, form.flags, form.width, form.precision)
    if form.letter in _FLOATS:
        return ruby_directive(value, form.letter, form.flags, form.width, form.precision)
    raise unsupported(value, form, "dxXobBeEfgGaAsp")


def _string(value: str, form: Format) -> str:
    changes: dict[str, Callable[[str], str]] = {
        "c": str.capitalize, "d": str.lower, "u": str.upper, "t": str.strip,
        "C": lambda text: "::".join(part.capitalize() for part in text.split("::")),
    }  # fmt: skip
    if form.letter == "p":
        return puppet_quoted(value)
    if form.letter == "s":
        return value
    if form.letter not in changes:
        raise unsupported(value, form, "cCudspt")
    text = changes[form.letter](value)
    return puppet_quoted(text) if form.is_alternate else text


def _regexp(value: values.Regexp, form: Format) -> str:
    match form.letter:
        case "p":
            return value.literal
        case "s":
            text = f"(?-imx:{value.pattern})" if has_encoding(value.pattern) else value.pattern
            return puppet_quoted(text) if form.is_alternate else text
    raise unsupported(value, form, "sp")


def _type(value: PuppetType, form: Format) -> str:
    if form.letter not in "sp":
        raise unsupported(value, form, "sp")
    text = type_text(value)
    return _quoted(text, form) if form.letter == "s" else text


def _uri(value: Uri, form: Format) -> str:
    match form.letter:
        case "p":
            return f"URI({puppet_quoted(str(value))})"
        case "s":
            return puppet_quoted(str(value)) if form.is_alternate else str(value)
    raise unsupported(value, form, "sp")


def _binary(value: bytes, form: Format) -> str:
    encoded = base64.b64encode(value).decode("ascii")
    match form.letter:
        case "p":
            return f'Binary("{encoded}")'
        case "s":
            return _quoted(_as_utf8(value), form)
        case "b":
            lines = [encoded[start : start + 60] + "\n" for start in range(0, len(encoded), 60)]
            return _quoted("".join(lines), form)
        case "B":
            return _quoted(encoded, form)
        case "u":
            return _quoted(base64.urlsafe_b64encode(value).decode("ascii"), form)
        case "t" | "T":
            return _quoted("BINARY" if form.letter == "T" else "Binary", form)
    raise unsupported(value, form, "bButTsp")


def _as_utf8(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        byte = value[error.start]
        raise FormatError(f'"\\x{byte:02X}" from ASCII-8BIT to UTF-8') from error
