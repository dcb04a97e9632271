"""What is typed behind ``/`` and ``&``, as a test of a line."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from appo_tui.tui.log.needed_texts import Branch, needed_texts

Matches = Callable[[str], bool]


_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")
"""What makes text more than a text to look for."""


class FilterError(Exception):
    """What was typed is no regular expression; the message says where."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled search.

    Attributes:
        text: as it was typed.
        expression: what to look for, without regard to case unless the text has a capital letter.
        inverse: whether lines without it are meant (``!text``).
        literal: the text that it looks for, if that is all it does, else empty.
        needed: for each of its branches, texts that are in every line that the expression matches by it;
            empty if that is not known of one of them.
    """

    text: str
    expression: re.Pattern[str]
    inverse: bool = False
    literal: str = ""
    needed: tuple[Branch, ...] = ()

    @property
    def ignores_case(self) -> bool:
        """Whether capital letters are as good as small ones."""
        return bool(self.expression.flags & re.IGNORECASE)

    def matches(self, line: str) -> bool:
        """Whether a line is meant."""
        return (self.expression.search(line) is not None) is not self.inverse


def compile_pattern(text: str) -> Pattern:
    """A pattern from what was typed: a regular expression; ``!`` before it inverts.

    Text that is no regular expression but names a reference (``Lamp[app1]`` is one by accident, and
    would match one letter) is taken literally, as is text with brackets around a word.

    Raises:
        FilterError: it can't be compiled.
    """
    inverse = text.startswith("!")
    wanted = text[1:] if inverse else text
    literal = wanted if _is_reference(wanted) or not _SPECIAL.search(wanted) else ""
    expression = re.escape(literal) if literal else wanted
    flags = re.IGNORECASE if wanted == wanted.lower() else re.NOFLAG
    try:
        with warnings.catch_warnings():
            # What a later Python may read otherwise is no concern of whoever searches.
            warnings.simplefilter("ignore", FutureWarning)
            compiled = re.compile(expression, flags)
    except re.error as error:
        raise FilterError(f"not a regular expression: {error}") from error
    needed: tuple[Branch, ...] = ((literal,),) if literal else ()
    if not literal and not compiled.flags & re.VERBOSE:
        needed = needed_texts(wanted)
    return Pattern(text, compiled, inverse, literal, needed)


def _is_reference(text: str) -> bool:
    return re.fullmatch(r"(?:[A-Za-z]\w*::)*[A-Za-z]\w*\[[^\]^]*\]?", text) is not None
