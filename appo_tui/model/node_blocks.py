"""Which node block counts for a node."""

from __future__ import annotations

from appo_tui.evaluator.definitions import Definition


def node_block(blocks: dict[str, Definition], name: str) -> Definition | None:
    """The node block that counts for a certname in lower case: by name, by pattern, the default."""
    exact = blocks.get(name)
    if exact is not None and exact.match is None:
        return exact
    for block in blocks.values():
        if block.match is not None and block.match.search(name):
            return block
    return blocks.get("default")
