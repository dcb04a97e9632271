"""Functions of strings."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.iteration import elements
from appo_tui.evaluator.functions.registry import built_in, stdlib_counting
from appo_tui.evaluator.values import Value

_RUBY_BLANKS = " \t\n\v\f\r\0"


def _chomped(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else (text[:-1] if text.endswith(("\n", "\r")) else text)


def _chopped(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1]


def _camelcased(text: str) -> str:
    return "".join(part.capitalize() for part in text.split("_"))


def _register_text_functions() -> None:
    """The functions that change a string, or each string of an array, and leave numbers as they are."""
    changes: dict[str, Callable[[str], str]] = {
        "upcase": str.upper,
        "downcase": str.lower,
        "capitalize": str.capitalize,
        "camelcase": _camelcased,
        "chomp": _chomped,
        "chop": _chopped,
        "strip": lambda text: text.lstrip(_RUBY_BLANKS).rstrip(_RUBY_BLANKS),
        "lstrip": lambda text: text.lstrip(_RUBY_BLANKS),
        "rstrip": lambda text: text.rstrip(_RUBY_BLANKS),
    }
    for name, change in changes.items():
        deep = name in ("upcase", "downcase")
        collections = ("Array arg", "Hash arg") if deep else ("Iterable[Variant[String, Numeric]] arg",)
        built_in(name, "Numeric arg", "String arg", *collections)(_text_function(name, change))


def _text_function(name: str, change: Callable[[str], str]) -> Callable[..., Value]:
    def changed(_call: FunctionCall, argument: Value) -> Value:
        if isinstance(argument, (str, int, float, dict)):
            return _changed_deeply(change, argument)
        return tuple(_changed_deeply(change, item) for item in elements(argument))

    changed.__doc__ = f"{name.capitalize()} of text, or of each text in a collection."
    return changed


def _changed_deeply(change: Callable[[str], str], item: Value) -> Value:
    match item:
        case str():
            return change(item)
        case tuple():
            return tuple(_changed_deeply(change, one) for one in item)
        case dict():
            return {_changed_deeply(change, key): _changed_deeply(change, one) for key, one in item.items()}
    return item


_register_text_functions()


def per_string(name: str, value: Value, change: Callable[[str], str]) -> Value:
    """What the stdlib functions do that take a string or an array of strings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(change(item) if isinstance(item, str) else item for item in value)
    raise FunctionError(f"{name}(): Requires either array or string to work with")


@stdlib_counting("swapcase", 1, None)
def swapcase(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """Upper case letters in lower case and the other way round."""
    return per_string("swapcase", value, str.swapcase)


@stdlib_counting("squeeze", 1, 2)
def squeeze(_call: FunctionCall, value: Value, characters: str | None = None) -> Value:
    """Runs of the same character as one."""
    pattern = r"(.)\1+" if characters is None else f"([{re.escape(characters)}])\\1+"
    return per_string("squeeze", value, lambda text: re.sub(pattern, r"\1", text, flags=re.DOTALL))


@stdlib_counting("uriescape", 1, None)
def uriescape(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """Percent-encoded."""
    return per_string("uriescape", value, lambda text: quote(text, safe=";/?:@&=+$,-_.!~*'()[]"))


@stdlib_counting("dos2unix", 1, 1)
def dos2unix(_call: FunctionCall, text: Value) -> Value:
    """Lines ending in LF."""
    if not isinstance(text, str):
        raise FunctionError("dos2unix(): Requires string as argument")
    return text.replace("\r\n", "\n")


@stdlib_counting("unix2dos", 1, 1)
def unix2dos(_call: FunctionCall, text: Value) -> Value:
    """Lines ending in CR LF."""
    if not isinstance(text, str):
        raise FunctionError("unix2dos(): Requires string as argument")
    return re.sub(r"\r*\n", "\r\n", text)
