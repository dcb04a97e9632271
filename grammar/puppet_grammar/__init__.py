"""The language of Puppet: text to syntax tree, and back to Puppet's own notation of trees.

Importing this package, and reading a tree that was kept, does not import pyparsing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from puppet_grammar.cache import TreeCache
from puppet_grammar.errors import Issue, PuppetSyntaxError
from puppet_grammar.source import Position, Source

if TYPE_CHECKING:
    from puppet_grammar import nodes

__all__ = ["Issue", "Position", "PuppetSyntaxError", "Source", "TreeCache", "parse", "to_pn"]


def parse(
    text: str, *, file: str | None = None, language: Literal["orchestration", "7"] = "orchestration"
) -> nodes.Program:
    """Returns the tree of a manifest.

    Args:
        text: The manifest.
        file: Its path, for messages; a file in a directory ``plans`` may hold plans.
        language: ``orchestration`` reads what Puppet 4.10 to 6.29 read; ``7`` has no application, site,
            produces and consumes: they are names.

    Raises:
        PuppetSyntaxError: The text is not Puppet code.
    """
    from puppet_grammar.parsing import parse as parse_text

    return parse_text(text, file=file, language=language)


def to_pn(program: nodes.Program) -> str:
    """Returns a tree as one line of Puppet Notation, as ``puppet parser dump --format pn`` prints it."""
    from puppet_grammar.pn import to_pn as notate

    return notate(program)
