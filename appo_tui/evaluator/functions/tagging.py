"""Functions that mark what is declared, and ask for marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.registry import Unknowns, built_in_counting
from appo_tui.evaluator.values import Value

if TYPE_CHECKING:
    from appo_tui.evaluator.context import ScopeContext
    from appo_tui.evaluator.resource import Resource


def _calling(call: FunctionCall) -> Resource | None:
    """What the code that calls belongs to."""
    context = cast("ScopeContext", call.context)
    context.interpreter.compilation.note_search()  # what is evaluated differs from node to node
    return context.scope.frame.resource


@built_in_counting("tag", 1, unknowns=Unknowns.TAKEN)
def tag(call: FunctionCall, *names: Value) -> Value:
    """Tags the calling class, define or application, and with it all that this declares."""
    from appo_tui.evaluator.rules.access import flat
    from appo_tui.evaluator.tags import add_tags

    resource = _calling(call)
    if resource is not None:
        add_tags(resource, flat(names))
    return None


@built_in_counting("tagged", 1, unknowns=Unknowns.TAKEN)
def tagged(call: FunctionCall, *names: Value) -> Value:
    """Whether what calls has all the tags, by itself, by what declared it, or by the catalog."""
    from appo_tui.evaluator.tags import tags_of_catalog, tags_with_containers
    from appo_tui.evaluator.text import interpolated

    resource = _calling(call)
    tags = tags_of_catalog(cast("ScopeContext", call.context).interpreter.compilation.catalog)
    if resource is not None:
        tags |= tags_with_containers(resource)
    return all(interpolated(name).lower() in tags for name in names)
