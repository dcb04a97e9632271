"""Signatures from text, in the form that Puppet's messages have.

``Array array, String separator?``: ``?`` marks an optional parameter, ``*`` one that takes any number of
arguments and ``+`` at least one; a last parameter ``&block`` is the block (``&block?`` where it may be left
out).
"""

from __future__ import annotations

import re
from functools import lru_cache

from appo_tui.evaluator.types.compounds import Optional, TypeAlias
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.parsing import Resolve, parse_type
from appo_tui.evaluator.types.signatures import Parameter, Signature

LocalTypes = tuple[tuple[str, str], ...]
"""Names that signatures use for types, each with the text of its type; messages spell them out."""


@lru_cache(maxsize=1024)
def parsed_signatures(texts: tuple[str, ...], local_types: LocalTypes = ()) -> tuple[Signature, ...]:
    """Signatures from their text.

    Args:
        texts: one for each way of calling.
        local_types: the names in them that only they know.
    """
    known = dict(local_types)

    def resolve(name: str) -> PuppetType | None:
        return TypeAlias(name, lambda: parse_type(known[name], resolve)) if name in known else None

    return tuple(_parsed_signature(text, resolve) for text in texts)


def _parsed_signature(text: str, resolve: Resolve) -> Signature:
    parameters: list[Parameter] = []
    required, repeats, block = 0, False, None
    block_name = "block"
    for part in _parts(text):
        type_text, name = part.rsplit(" ", 1)
        parsed = parse_type(type_text, resolve)
        bare = name.rstrip("?*+")
        mark = name[len(bare) :]
        if bare.startswith("&"):
            block, block_name = (Optional(parsed) if mark == "?" else parsed), bare[1:]
            continue
        parameters.append(Parameter(bare, parsed))
        required += mark in ("", "+")
        repeats = repeats or mark in ("*", "+")
    return Signature(tuple(parameters), required, repeats, block, block_name)


def _parts(text: str) -> list[str]:
    """The parameters of a signature: the text between commas outside of brackets."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[\[\]{},]", text):
        if match[0] in "[{":
            depth += 1
        elif match[0] in "]}":
            depth -= 1
        elif depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    last = text[start:].strip()
    return [*parts, last] if last else parts
