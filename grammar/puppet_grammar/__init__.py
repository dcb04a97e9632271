"""The language of Puppet: text to syntax tree, and back to Puppet's own notation of trees.

Importing this package, and reading a tree that was kept, does not import pyparsing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from puppet_grammar.cache import TreeCache
from puppet_grammar.errors import Issue, PuppetSyntaxError
from puppet_grammar.source import Position, Source
from puppet_grammar.traversal import children, extent, walk

if TYPE_CHECKING:
    from puppet_grammar import nodes
    from puppet_grammar.parsing import LenientResult

__all__ = [
    "Issue",
    "Position",
    "PuppetSyntaxError",
    "Source",
    "TreeCache",
    "children",
    "decode",
    "extent",
    "parse",
    "parse_lenient",
    "to_json_data",
    "to_pn",
    "validate",
    "walk",
]


def decode(data: bytes, *, file: str | None = None) -> str:
    """Returns the text of a manifest's bytes.

    Raises:
        PuppetSyntaxError: They are not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        source = Source(before + data[error.start :].decode("utf-8", "replace"), file)
        raise PuppetSyntaxError("The file is not UTF-8 here", source, len(before)) from error


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


def parse_lenient(text: str, *, file: str | None = None) -> LenientResult:
    """Returns what can be read of a manifest, with all its errors.

    After an error it goes on with the next statement, of the same block if there is one.

    Args:
        text: The manifest.
        file: Its path, for messages.
    """
    from puppet_grammar.parsing import parse_lenient as parse_text

    return parse_text(text, file=file)


def validate(program: nodes.Program, source: Source, *, namespace: str | None = None) -> tuple[Issue, ...]:
    """Returns what Puppet's validator says against a tree.

    Args:
        program: The tree.
        source: The text that it was made from.
        namespace: For a file that a module is to load by itself, the name that its definitions must have or
            start with: ``lamp::db`` for ``lamp/manifests/db.pp``. It then may hold nothing else.
    """
    from puppet_grammar.validation import validate as validate_tree

    return validate_tree(program, source, namespace=namespace)


def to_pn(program: nodes.Program) -> str:
    """Returns a tree as one line of Puppet Notation, as ``puppet parser dump --format pn`` prints it."""
    from puppet_grammar.pn import to_pn as notate

    return notate(program)


def to_json_data(program: nodes.Program) -> Any:
    """Returns a tree as plain data for JSON, as ``puppet parser dump --format json`` has it."""
    from puppet_grammar.pn import to_json_data as as_data
    from puppet_grammar.pn import to_pn_data

    return as_data(to_pn_data(program))
