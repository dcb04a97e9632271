"""What a builder raises where the grammar was too generous."""

from __future__ import annotations


class RefusalError(ValueError):
    """The parts of a rule do not make a node.

    Attributes:
        message: Puppet's text.
        offset: Of the place to show, in characters.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
