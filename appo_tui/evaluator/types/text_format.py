"""The formats of texts: ``%#10.2d`` in its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from appo_tui.evaluator.types.inference import infer
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.ruby_format import FormatError
from appo_tui.evaluator.values import Value

_FORMAT: Final = re.compile(r"%([\s\[+#0{<(|-]*)([1-9]\d*)?(?:\.(\d+))?([a-zA-Z])")
_DELIMITERS: Final = {"[": "[]", "{": "{}", "(": "()", "<": "<>", "|": "||", " ": ("", "")}


@dataclass(frozen=True, slots=True)
class Format:
    """A format in its parts.

    Attributes:
        inner: the formats of what is in a container, by type; None for the usual.
    """

    text: str
    flags: str = ""
    width: int = 0
    precision: int | None = None
    letter: str = "s"
    separator: str = ", "
    arrow: str = " => "
    inner: dict[Value, Value] | None = None

    @property
    def is_alternate(self) -> bool:
        """Whether the flag ``#`` asks for the other form of the text."""
        return "#" in self.flags

    def delimiters(self, usual: str) -> tuple[str, str]:
        """What a container's text begins and ends with."""
        pair = next((_DELIMITERS[flag] for flag in self.flags if flag in _DELIMITERS), usual)
        return pair[0], pair[1]


def format_of(text: str) -> Format:
    """The format that ``text`` is.

    Raises:
        FormatError: it is none; in Puppet's words.
    """
    match = _FORMAT.fullmatch(text)
    if match is None:
        raise FormatError(
            f"The format '{text}' is not a valid format on the form '%<flags><width>.<prec><format>'"
        )
    flags, width, precision, letter = match.groups()
    if len(set(flags)) < len(flags):
        raise FormatError(f"The same flag can only be used once, got '{text}'")
    if sum(flag in "[{(<|" for flag in flags) > 1:
        raise FormatError(
            f"Only one of the delimiters [ {{ ( < | can be given in the format flags, got '{text}'"
        )
    return Format(text, flags, int(width or 0), None if precision is None else int(precision), letter)


def unsupported(value: Value, form: Format, allowed: str) -> FormatError:
    """The error for a format that values of this kind have not."""
    kind = "Type" if isinstance(value, PuppetType) else infer(value).keyword
    return FormatError(
        f"Illegal format '{form.letter}' specified for value of {kind} type - "
        f"expected one of the characters '{allowed}'"
    )


def padded(text: str, form: Format) -> str:
    """A text, cut and filled up as its format says."""
    if form.precision is not None and form.letter in "sp":
        text = text[: form.precision]
    return text.ljust(form.width) if "-" in form.flags else text.rjust(form.width)
