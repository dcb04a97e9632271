"""Which of the site's statements come to the same on every node.

They are those that ask nothing of the node, do nothing but declare instances and set variables, and use no
variable that another kind of statement sets. What a statement mentions is told from its text, which may take
a word in a comment for a mention, but misses none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from appo_tui.evaluator.deferring import BY_NAME
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.evaluating import run_body
from appo_tui.evaluator.scope import Scope
from appo_tui.model.node_mapping import Key
from puppet_grammar import nodes

if TYPE_CHECKING:
    from appo_tui.model.environment_compilation import EnvironmentCompilation

_WORD: Final = re.compile(r"\w+")
_VARIABLE: Final = re.compile(r"\$\{?\s*(?:::)?(\w+)")
_ASSIGNMENT: Final = re.compile(r"(?<![=!<>+])=(?![=~>])")
_OF_A_MATCH: Final = re.compile(r"\$\{?\s*\d")


@dataclass(frozen=True, slots=True)
class SiteStatement:
    """What a statement of the site did when the environment was compiled.

    Attributes:
        text: as it is written.
        is_even: whether it asked nothing of the node, and did nothing but what is noted here.
        instances: the instances that it declared.
        variables: the variables of the site that it set.
    """

    text: str
    is_even: bool
    instances: tuple[Key, ...]
    variables: frozenset[str]


def run_statements(
    compilation: EnvironmentCompilation, definition: Definition, scope: Scope
) -> tuple[SiteStatement, ...]:
    """Run the site's code, and tell what each statement does.

    Raises:
        EvaluationError: it can't be run.
    """
    body = definition.body
    if not isinstance(body, nodes.BlockExpression):
        run_body(compilation, definition, scope)
        return ()
    found: list[SiteStatement] = []
    was_read = False
    for statement in body.statements:
        was_read |= compilation.node.was_read
        compilation.node.was_read = compilation.node.catalog_was_read = False
        before, variables = _state(compilation, scope), len(scope.variables)
        alone = msgspec.structs.replace(body, statements=(statement,))
        run_body(compilation, replace(definition, body=alone), scope)
        found.append(_noted(compilation, definition, statement, scope, before, variables))
    compilation.node.was_read |= was_read
    return tuple(found)


def _state(compilation: EnvironmentCompilation, scope: Scope) -> tuple[int, ...]:
    catalog = compilation.catalog
    children = catalog.children.get(compilation.site, ()) if compilation.site is not None else ()
    defaults = sum(map(len, scope.frame.defaults.values()))
    others = len(catalog) - len(children)
    return len(children), others, len(compilation.faults), defaults, compilation.effects


def _noted(
    compilation: EnvironmentCompilation,
    definition: Definition,
    statement: nodes.Expression,
    scope: Scope,
    before: tuple[int, ...],
    variables: int,
) -> SiteStatement:
    node, site = compilation.node, compilation.site
    children = compilation.catalog.children.get(site, []) if site is not None else []
    declared = children[before[0] :]
    are_instances = all(item.kind == "application" and not item.virtual for item in declared)
    is_even = are_instances and not node.was_read and not node.catalog_was_read
    return SiteStatement(
        definition.manifest.text(statement),
        is_even and _state(compilation, scope)[1:] == before[1:],
        tuple(item.key for item in declared),
        frozenset(list(scope.variables)[variables:]),
    )


def even_positions(statements: Sequence[SiteStatement]) -> frozenset[int]:
    """The positions of the statements that come to the same on every node."""
    if any(_OF_A_MATCH.search(statement.text) for statement in statements):
        return frozenset()
    uneven = {position for position, one in enumerate(statements) if not one.is_even}
    tainted = {name for position in uneven for name in _may_set(statements[position])}
    while tainted:
        suspect = tainted | BY_NAME
        more = {
            position
            for position, one in enumerate(statements)
            if position not in uneven and not suspect.isdisjoint(_WORD.findall(one.text))
        }
        if not more:
            break
        uneven |= more
        tainted |= {name for position in more for name in _may_set(statements[position])}
    return frozenset(range(len(statements))) - uneven if _is_in_order(statements, uneven) else frozenset()


def _may_set(statement: SiteStatement) -> set[str]:
    if not _ASSIGNMENT.search(statement.text):
        return set()
    return set(_VARIABLE.findall(statement.text))


def _is_in_order(statements: Sequence[SiteStatement], uneven: set[int]) -> bool:
    """Whether no uneven statement mentions a variable that an even one sets only after it."""
    later: set[str] = set()
    for position in range(len(statements) - 1, -1, -1):
        one = statements[position]
        if position not in uneven:
            later |= one.variables
        elif later and not later.isdisjoint(_WORD.findall(one.text)):
            return False
    return True
