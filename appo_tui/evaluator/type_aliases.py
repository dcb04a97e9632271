"""What a type alias stands for, read from its expression as Puppet's type parser does it.

Unlike other code it is not evaluated: a name in it that is not known is no fault until a value meets it, and
what is wrong with it is told where the alias is used first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appo_tui.evaluator import types
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.manifests import Manifest
from appo_tui.evaluator.rules.literals import type_label
from appo_tui.evaluator.types import PuppetType, TypeAlias, TypeReference, Variant
from appo_tui.evaluator.types.normalization import normalize
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation


def read_alias(compilation: Compilation, node: nodes.TypeAlias, manifest: Manifest) -> PuppetType:
    """The type that an alias stands for.

    Raises:
        EvaluationError: without a place, if it is none.
    """
    reader = _Reader(compilation, manifest)
    value = reader.value(node.type_expr)
    if not isinstance(value, PuppetType):
        raise reader.no_type(node.type_expr)
    return normalize(value)


def without_itself(alias: TypeAlias) -> PuppetType:
    """What an alias stands for, where that may name the alias: as one of several types, it is left out.

    Raises:
        EvaluationError: without a place, if nothing else is left.
    """
    stands_for = alias.resolve()
    if not _is_real(stands_for, frozenset((alias,))):
        raise EvaluationError(f"Type alias '{alias.name}' cannot be resolved to a real type")
    if not isinstance(stands_for, Variant):
        return stands_for
    real = tuple(part for part in stands_for.types if part != alias and _is_real(part, frozenset()))
    return real[0] if len(real) == 1 else Variant(real)


def _is_real(found: PuppetType, within: frozenset[TypeAlias]) -> bool:
    """Whether a type is something else than names for each other."""
    if isinstance(found, TypeAlias):
        return found not in within and _is_real(found.resolve(), within | {found})
    if isinstance(found, Variant):
        return any(_is_real(part, within) for part in found.types)
    return True


@dataclass(frozen=True, slots=True)
class _Reader:
    compilation: Compilation
    manifest: Manifest

    def value(self, node: nodes.Expression) -> Value:
        match node:
            case nodes.QualifiedReference():
                return self._named(node) or TypeReference(type_label(node.value))
            case nodes.AccessExpression(left=nodes.QualifiedReference() as name):
                return self._with_parameters(node, name)
            case nodes.LiteralList():
                return tuple(self.value(item) for item in node.values)
            case nodes.LiteralHash():
                return {self.value(entry.key): self.value(entry.value) for entry in node.entries}
        return self.compilation.interpreter.evaluate(node, self.compilation.top.in_manifest(self.manifest))

    def no_type(self, node: nodes.Expression) -> EvaluationError:
        text = self.manifest.text(node)
        return EvaluationError(f"The expression <{text}> is not a valid type specification.")

    def _named(self, node: nodes.QualifiedReference) -> PuppetType | None:
        return self.compilation.named_type(node.value)

    def _with_parameters(self, node: nodes.AccessExpression, name: nodes.QualifiedReference) -> Value:
        found = self._named(name)
        if found is None:
            return TypeReference(self.manifest.text(node))
        keys = tuple(self.value(key) for key in node.keys)
        try:
            return types.specialize(found, keys)
        except types.TypeAccessError as error:
            if "-Type[]" in str(error):
                raise self.no_type(node) from error
            text = str(error).removeprefix("Error while evaluating a '[]' expression, ")
            raise EvaluationError(text) from error
