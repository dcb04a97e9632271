"""Values as text in a chosen format: what ``String($value, '%x')`` gives.

Manual: https://www.puppet.com/docs/puppet/7/function.html#conversion-to-string
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from appo_tui.evaluator import values
from appo_tui.evaluator.types.collections import Array, Hash
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.scalar_formats import scalar_text
from appo_tui.evaluator.types.scalars import Binary, Float
from appo_tui.evaluator.types.text_format import Format, format_of, unsupported
from appo_tui.evaluator.values import Value

_INDENT: Final = "  "
_USUAL: Final[dict[Value, Value]] = {Float(): "%f", Binary(): "%B"}
"""The formats of types for which none is given, where that is not ``%s``."""
_PROGRAM: Final = Format("%p", letter="p")
"""As code would have a value."""


def formatted(value: Value, formats: Value = values.DEFAULT) -> str:
    """``String(value, formats)``.

    Args:
        value: anything.
        formats: a format; or a hash of them by type.

    Raises:
        FormatError: a format is malformed or doesn't fit.
    """
    if isinstance(formats, dict):
        return _Text({**formats, **_USUAL}).of(value)
    if not isinstance(formats, str):
        return _Text(_USUAL).of(value)
    if not isinstance(value, tuple | dict):
        return scalar_text(value, format_of(formats))
    kind: PuppetType = Array() if isinstance(value, tuple) else Hash()
    return _Text({kind: formats}).of(value)


class _Text:
    """Writes containers and what is in them.

    Attributes:
        table: formats by type; those of arrays and hashes count for containers at every depth.
    """

    def __init__(self, table: dict[Value, Value]) -> None:
        self._table = table

    def of(self, value: Value) -> str:
        """A value as text."""
        return self._text(value, _found(self._table, value) or Format("%s"), 0)

    def _text(self, value: Value, form: Format, depth: int) -> str:
        if isinstance(value, tuple):
            return self._array(value, form, depth)
        if isinstance(value, dict):
            return self._hash(value, form, depth)
        return scalar_text(value, form)

    def _within(self, value: Value, container: Format) -> Format:
        """The format of what is in a container."""
        table = self._table if isinstance(value, tuple | dict) else container.inner or {}
        return _found(table, value) or _PROGRAM

    def _array(self, items: tuple[Value, ...], form: Format, depth: int) -> str:
        if form.letter not in "asp":
            raise unsupported(items, form, "asp")
        written, before = "", False
        for index, item in enumerate(items):
            own = self._within(item, form)
            container = isinstance(item, tuple | dict)
            on_new_line = (isinstance(item, dict) and own.is_alternate) or (
                form.is_alternate and (container or before)
            )
            separator = form.separator if index else ""
            if on_new_line:
                separator = separator.rstrip() + "\n" + _INDENT * (depth + 1)
            written += separator + self._text(item, own, depth + 1)
            before = container
        opening, closing = form.delimiters("[]")
        return opening + written + closing

    def _hash(self, table: dict[Value, Value], form: Format, depth: int) -> str:
        if form.letter == "a":
            own = _found(self._table, ()) or _PROGRAM
            return self._array(tuple(table.items()), replace(own, letter="a", flags=""), depth)
        if form.letter not in "hsp":
            raise unsupported(table, form, "hasp")
        opening, closing = form.delimiters("{}")
        pairs = [
            self._text(key, self._within(key, form), depth + 1)
            + form.arrow
            + self._text(item, self._within(item, form), depth + 1)
            for key, item in table.items()
        ]
        if not form.is_alternate:
            return opening + form.separator.join(pairs) + closing
        line = "\n" + _INDENT * (depth + 1)
        between = form.separator.rstrip() + line
        return opening + (line if pairs else "\n") + between.join(pairs) + "\n" + _INDENT * depth + closing


def _found(table: dict[Value, Value], value: Value) -> Format | None:
    """The format that a table has for a value."""
    for kind, given in table.items():
        if not isinstance(kind, PuppetType) or not is_instance(kind, value):
            continue
        if not isinstance(given, dict):
            return format_of(str(given))
        inner = given.get("string_formats")
        return replace(
            format_of(str(given.get("format", "%p"))),
            separator=str(given.get("separator", ", ")),
            arrow=str(given.get("separator2", " => ")),
            inner=inner if isinstance(inner, dict) else None,
        )
    return None
