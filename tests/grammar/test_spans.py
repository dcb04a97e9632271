"""Every node knows the text that it stands for."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puppet_grammar import nodes as n
from puppet_grammar import parse
from puppet_grammar.lexer.kinds import KEYWORDS
from puppet_grammar.traversal import children, extent, walk
from tests.grammar.writing import PIECES, manifests

# These are no text of their own: what they are is said by what is around them.
_PARTS = (
    n.Parameter, n.LambdaExpression, n.KeyedEntry, n.SelectorEntry, n.CaseOption, n.ResourceBody,
    n.VirtualQuery, n.ExportedQuery, n.AttributeOperation, n.AttributesOperation, n.TextExpression, n.Nop,
    n.NamedAccessExpression,
)  # fmt: skip


def content(node: Any) -> Any:
    """A node without its place, and without what its surroundings make of it."""
    if isinstance(node, tuple):
        return tuple(map(content, node))
    if not isinstance(node, n.Node):
        return node
    ignored = {"start", "end", "rval_required"}
    if isinstance(node, n.HostClassDefinition | n.ResourceTypeDefinition | n.ApplicationExpression):
        ignored.add("name")  # it has the names of the classes around it
    if isinstance(node, n.CapabilityMapping):
        ignored |= {"component", "capability"}
    fields = [name for name in type(node).__struct_fields__ if name not in ignored]
    return type(node), [content(getattr(node, name)) for name in fields]


def stands_alone(node: n.Node, parent: n.Node, text: str) -> bool:
    """Whether a node's text means the same without what is around it."""
    match parent:
        case n.ConcatenatedString() | n.NodeDefinition() | n.NamedAccessExpression() | n.IfExpression():
            return False
        case n.CapabilityMapping() if node is parent.component:
            return False  # it has the names of the classes around it
        case n.KeyedEntry(_, _, key) if isinstance(key, n.LiteralString) and key is node:
            return False
        case n.BlockExpression() | n.CallNamedFunctionExpression() if isinstance(node, n.LiteralHash):
            return False  # it may be the attributes of a resource without title
    if isinstance(node, n.LiteralHash) and not text.startswith("{"):
        return False
    return not isinstance(node, _PARTS) and (text not in KEYWORDS or text in ("true", "undef", "default"))


def check(text: str, language: Literal["orchestration", "7"] = "orchestration") -> None:
    tree = parse(text, language=language)
    pending: list[tuple[n.Node, n.Node]] = [(child, tree) for child in children(tree)]
    while pending:
        node, parent = pending.pop()
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(parent, n.TextExpression | n.HeredocExpression | n.TypeAlias):
            continue
        if stands_alone(node, parent, text[node.start : node.end]):
            again = parse(text[node.start : node.end], language=language).body
            if not isinstance(node, n.BlockExpression) and isinstance(again, n.BlockExpression):
                again = again.statements[-1]
            if isinstance(node, n.BlockExpression) and not isinstance(again, n.BlockExpression):
                again = n.BlockExpression(0, 0, (again,))
            assert content(again) == content(node), text[node.start : node.end]
        pending.extend((child, node) for child in children(node))


@settings(max_examples=300)
@given(manifests())
def test_the_text_of_a_node_parses_to_the_same_node(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", [piece for piece in PIECES if "@(" not in piece])
def test_the_text_of_every_kind_of_node_parses_to_the_same_node(text: str) -> None:
    check(text, "7")


@given(manifests())
def test_a_node_lies_within_the_node_above_it(text: str) -> None:
    for node in walk(parse(text)):
        for child in children(node):
            assert node.start <= child.start
            assert child.end <= node.end


@given(st.sampled_from(["a", "b c", "x\n  y"]))
def test_the_extent_of_a_node_includes_the_text_of_its_heredocs(text: str) -> None:
    source = f"Db produces Sql {{ host => @(END) }}\n  {text}\n  | END\ninclude a\n"
    mapping = parse(source).body.statements[0]  # type: ignore[union-attr]
    start, end = extent(mapping)
    assert source[start:end] == source[: source.index("\ninclude")]


def test_interpolated_expressions_know_their_text() -> None:
    text = '$x = "a ${b[1]} $c"'
    segments = parse(text).body.right.segments  # type: ignore[union-attr]
    assert [text[s.start : s.end] for s in segments if isinstance(s, n.TextExpression)] == ["${b[1]}", "$c"]


def test_trees_can_be_kept_as_bytes() -> None:
    tree = parse("class a($x = 1) { file { 'y': mode => $x } }")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(tree), type=n.Program) == tree
