"""How a rule tells what it found."""

from __future__ import annotations

from typing import Protocol

from puppet_grammar.nodes import Node

Path = tuple[Node, ...]
"""The nodes above one, from the program down."""


class Report(Protocol):
    """Takes an issue: Puppet's code for it, its text, and the node that it is about."""

    def __call__(self, code: str, message: str, node: Node) -> None:
        """Takes an issue."""
