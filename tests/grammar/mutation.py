"""Manifests with one mistake in them: what both parsers should refuse, or accept alike."""

from __future__ import annotations

import random
from collections.abc import Sequence

from puppet_grammar.lexer import kinds
from puppet_grammar.lexer.scanner import tokenize

_INSERTED = [
    "{", "}", "[", "]", "(", ")", ",", ";", ":", "=>", "=", "==", "+", "-", "*", "->", ".", "|", "@", "?",
    "!", "$x", "foo", "Foo", "'text'", "10", "if", "else", "class", "define", "in", "and", "<|", "|>",
    "undef", "true",
]  # fmt: skip


def mutants(texts: Sequence[str], count: int, *, seed: int) -> list[str]:
    """Returns manifests in each of which one token is missing, doubled, exchanged, replaced or added."""
    chance = random.Random(seed)
    return [_mutant(chance.choice(texts), chance) for _ in range(count)]


def _mutant(text: str, chance: random.Random) -> str:
    tokens = tokenize(text, None, kinds.KEYWORDS)
    spans = [(s, e) for s, e in zip(tokens.starts, tokens.ends, strict=True) if e > s]
    if len(spans) < 2:
        return text + "}"
    number = chance.randrange(len(spans) - 1)
    (start, end), (next_start, next_end) = spans[number], spans[number + 1]
    token, following = text[start:end], text[next_start:next_end]
    match chance.choice(("missing", "doubled", "exchanged", "replaced", "added", "character")):
        case "missing":
            return text[:start] + text[end:]
        case "doubled":
            return f"{text[:end]} {token}{text[end:]}"
        case "exchanged" if next_start >= end:
            return text[:start] + following + text[end:next_start] + token + text[next_end:]
        case "replaced":
            return text[:start] + chance.choice(_INSERTED) + text[end:]
        case "character":
            place = chance.randrange(start, end)
            return text[:place] + text[place + 1 :]
    return f"{text[:start]}{chance.choice(_INSERTED)} {text[start:]}"
