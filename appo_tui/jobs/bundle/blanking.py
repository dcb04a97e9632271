"""Manifests without their orchestration statements, line for line.

What Puppet 7 and later can't read is overwritten by spaces, line ends kept, so that the places in their
messages stay true: applications, produces and consumes mappings, the instances in a site block (its other
statements stay: they work on every node), instances elsewhere, and the attributes export and consume.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import msgspec

from puppet_grammar import nodes as n

_WORDS = re.compile(r"\b(?:application|site|produces|consumes|export|consume)\b")
_AFTER = re.compile(r"(?:\s|#[^\n]*(?=\n)|/\*.*?\*/)*,", re.DOTALL)
_FILLER = "debug('')"
_VALUES = (n.LiteralString, n.LiteralBoolean, n.LiteralInteger, n.LiteralUndef, n.QualifiedName)


def needs_blanking(text: str, applications: Collection[str]) -> bool:
    """Whether a manifest may hold anything to blank; cheaper than parsing it."""
    return _WORDS.search(text) is not None or any(f"{name} {{" in text for name in applications)


def blanked(text: str, program: n.Program, applications: Collection[str], certname: str | None = None) -> str:
    """The manifest without orchestration, of the same length.

    Args:
        text: the manifest.
        program: its tree.
        applications: names of applications, as in their definitions (``lamp``).
        certname: if given, node blocks that can't be this node's are blanked too.
    """
    search = _Search(text, frozenset(applications), certname)
    search.visit(program.body, inner=False)
    if not search.cuts:
        return text
    characters = list(text)
    for cut in search.cuts:
        for index in range(cut.start, cut.end):
            if characters[index] not in "\r\n":
                characters[index] = " "
        if cut.filled and text.find("\n", cut.start, cut.start + len(_FILLER)) < 0:
            characters[cut.start : cut.start + len(_FILLER)] = _FILLER
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    filled: bool = False


class _Search:
    """Finds what to blank. ``inner`` is true where a block that became empty would be an error."""

    def __init__(self, text: str, applications: frozenset[str], certname: str | None) -> None:
        self.cuts: list[_Cut] = []
        self._text = text
        self._applications = applications
        self._certname = certname

    def visit(self, node: n.Node, *, inner: bool) -> None:
        if isinstance(node, n.ApplicationExpression | n.CapabilityMapping) or self._is_instance(node):
            self._cut(node, inner=inner)
        elif isinstance(node, n.SiteDefinition):
            self._site(node, inner=inner)
        elif isinstance(node, n.NodeDefinition) and not self._may_be_ours(node):
            self._cut(node, inner=False)
        elif isinstance(node, n.AttributeOperation) and self._is_orchestration(node):
            after = _AFTER.match(self._text, node.end)
            self.cuts.append(_Cut(node.start, node.end))
            if after:
                self.cuts.append(_Cut(after.end() - 1, after.end()))
        else:
            definition = isinstance(node, n.HostClassDefinition | n.ResourceTypeDefinition | n.NodeDefinition)
            block = isinstance(node, n.BlockExpression)
            for child in children(node):
                self.visit(child, inner=not definition if not block else inner)

    def _cut(self, node: n.Node, *, inner: bool) -> None:
        self.cuts.append(_Cut(node.start, node.end, filled=inner and node.end - node.start >= len(_FILLER)))

    def _site(self, site: n.SiteDefinition, *, inner: bool) -> None:
        position = site.start
        for statement in _statements(site.body):
            if self._belongs_to_site(statement):
                continue
            self.cuts.append(_Cut(position, statement.start, filled=inner and position == site.start))
            self.visit(statement, inner=True)
            position = statement.end
        self.cuts.append(_Cut(position, site.end, filled=inner and position == site.start))

    def _belongs_to_site(self, statement: n.Node) -> bool:
        """Whether a statement makes instances, or maps nodes for them."""
        return any(
            self._is_instance(each)
            or isinstance(each, n.CapabilityMapping)
            or (
                isinstance(each, n.AccessExpression)
                and isinstance(each.left, n.QualifiedReference)
                and each.left.value == "Node"
            )
            for each in _all_below(statement)
        )

    def _is_instance(self, node: n.Node) -> bool:
        if not isinstance(node, n.ResourceExpression) or not isinstance(node.type_name, n.QualifiedName):
            return False
        return node.type_name.value.removeprefix("::") in self._applications

    def _is_orchestration(self, node: n.AttributeOperation) -> bool:
        return node.name in ("export", "consume") and not isinstance(node.value, _VALUES)

    def _may_be_ours(self, node: n.NodeDefinition) -> bool:
        """Whether a node block can match this node: by its name or a shortened one, a pattern, or default."""
        if self._certname is None:
            return True
        parts = self._certname.lower().split(".")
        names = {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
        return any(
            not isinstance(match, n.LiteralString | n.QualifiedName) or match.value.lower() in names
            for match in node.host_matches
        )


def _statements(body: n.Node | None) -> tuple[n.Node, ...]:
    if body is None or isinstance(body, n.Nop):
        return ()
    return body.statements if isinstance(body, n.BlockExpression) else (body,)


def _all_below(node: n.Node) -> Iterator[n.Node]:
    yield node
    for child in children(node):
        yield from _all_below(child)


def children(node: n.Node) -> Iterator[n.Node]:
    """The nodes directly below one."""
    for name in msgspec.structs.fields(type(node)):
        value = getattr(node, name.name)
        if isinstance(value, n.Node):
            yield value
        elif isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, n.Node))
