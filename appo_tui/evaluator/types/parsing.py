"""Types from text, as functions, Hiera's ``convert_to`` and signatures give them.

Only what can stand in a type's brackets is understood: names, literals, arrays and hashes of those.
Manual: https://www.puppet.com/docs/puppet/7/lang_data_type.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from appo_tui.evaluator import values
from appo_tui.evaluator.types.access import TypeAccessError, specialize
from appo_tui.evaluator.types.compounds import ResourceType, TypeReference
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.naming import named_type
from appo_tui.evaluator.values import Value

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<name>(?:::)?[A-Z]\w*(?:::[A-Z]\w*)*)
    | (?P<word>[a-z]\w*(?:::\w+)*)
    | (?P<number>-?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE]-?\d+)?))
    | '(?P<single>(?:[^'\\]|\\.)*)'
    | "(?P<double>(?:[^"\\]|\\.)*)"
    | /(?P<regexp>(?:[^/\\]|\\.)*)/
    | (?P<mark>=>|[\[\]{},])
    )""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: dict[str, Value] = {"true": True, "false": False, "undef": None, "default": values.DEFAULT}
Resolve = Callable[[str], PuppetType | None]


class TypeTextError(ValueError):
    """Text that is not a type."""


def parse_type(text: str, resolve: Resolve | None = None) -> PuppetType:
    """The type that ``text`` says.

    Args:
        text: as ``Array[String[1]]``.
        resolve: gives the types that modules bring, by name.

    Raises:
        TypeTextError: the text is no type.
        TypeAccessError: a type's parameters don't fit it.
    """
    if resolve is None:
        return _parse_built_in(text)
    return _parsed(text, resolve)


@lru_cache(maxsize=1024)
def _parse_built_in(text: str) -> PuppetType:
    return _parsed(text, lambda _name: None)


def _parsed(text: str, resolve: Resolve) -> PuppetType:
    reader = _Reader(text, resolve)
    parsed = reader.value()
    if not isinstance(parsed, PuppetType) or reader.rest():
        raise TypeTextError(f"The expression <{text}> is not a valid type specification.")
    return parsed


class _Reader:
    """Reads one type; ``position`` moves on as it does."""

    def __init__(self, text: str, resolve: Resolve) -> None:
        self.text = text
        self.resolve = resolve
        self.position = 0

    def rest(self) -> str:
        return self.text[self.position :].strip()

    def value(self) -> Value:
        match = _TOKEN.match(self.text, self.position)
        if match is None:
            raise self._malformed()
        self.position = match.end()
        kind, token = match.lastgroup, match[match.lastgroup or 0]
        if kind == "name":
            return self._type(token)
        if kind == "word":
            return _WORDS.get(token, token)
        if kind == "number":
            return _number(token)
        if kind in ("single", "double"):
            return re.sub(r"\\(.)", r"\1", token)
        if kind == "regexp":
            return values.Regexp(token.replace("\\/", "/"))
        if token == "[":
            return self._items("]")
        if token == "{":
            return self._hash()
        raise self._malformed()

    def _malformed(self) -> TypeTextError:
        if self.text.strip() and not self.rest():
            return TypeTextError("Syntax error at end of input")
        return TypeTextError(f"The expression <{self.text}> is not a valid type specification.")

    def _taken(self, mark: str) -> bool:
        match = re.compile(r"\s*" + re.escape(mark)).match(self.text, self.position)
        if match:
            self.position = match.end()
        return match is not None

    def _items(self, end: str) -> tuple[Value, ...]:
        items: list[Value] = []
        while not self._taken(end):
            items.append(self.value())
            if not self._taken(",") and not self.rest().startswith(end):
                raise self._malformed()
        return tuple(items)

    def _hash(self) -> dict[Value, Value]:
        pairs: dict[Value, Value] = {}
        while not self._taken("}"):
            key = self.value()
            if not self._taken("=>"):
                raise self._malformed()
            pairs[key] = self.value()
            if not self._taken(",") and not self.rest().startswith("}"):
                raise self._malformed()
        return pairs

    def _type(self, name: str) -> PuppetType:
        found = self.resolve(name) or named_type(name) or TypeReference(name.removeprefix("::"))
        if not self._taken("["):
            return found
        keys = self._items("]")
        if isinstance(found, TypeReference):
            found = ResourceType(found.text)
        result = specialize(found, keys)
        if not isinstance(result, PuppetType):
            raise TypeAccessError(f"The expression <{self.text}> is not a valid type specification.")
        return result


def _number(token: str) -> int | float:
    if re.fullmatch(r"-?\d+", token):
        return int(token, 8) if re.fullmatch(r"-?0\d+", token) else int(token)
    return int(token, 16) if "x" in token.lower() else float(token)
