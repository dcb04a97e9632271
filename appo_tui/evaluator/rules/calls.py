"""Function calls and lambdas."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.closures import Closure
from appo_tui.evaluator.context import ScopeContext
from appo_tui.evaluator.faults import LookupFailure
from appo_tui.evaluator.functions.errors import FailedOnPurposeError, FunctionError, NotFoundError
from appo_tui.evaluator.hiera import HieraArgumentError, HieraError
from appo_tui.evaluator.interpreter import Interpreter, evaluates, located
from appo_tui.evaluator.labels import a_or_an, label_of_expression
from appo_tui.evaluator.rules.literals import unfolded
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types.uris import NAMES as URI_PARTS
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes

_NEW: Final = "new"


@evaluates(nodes.CallNamedFunctionExpression)
def call_named_function(
    interpreter: Interpreter, node: nodes.CallNamedFunctionExpression, scope: Scope
) -> Value:
    """``name(arguments)``; ``Type(arguments)`` makes a new value of the type."""
    functor = node.functor
    if isinstance(functor, nodes.QualifiedName):
        arguments = unfolded(interpreter, node.arguments, scope)
        return _call(interpreter, functor.value, arguments, node, scope)
    of_type = functor.left if isinstance(functor, nodes.AccessExpression) else functor
    if not isinstance(of_type, nodes.QualifiedReference):
        raise interpreter.failure(
            f"Illegal expression. {a_or_an(label_of_expression(functor)).capitalize()} is unacceptable "
            "as function name in a Function Call",
            functor, scope,
        )  # fmt: skip
    arguments = [interpreter.evaluate(functor, scope), *unfolded(interpreter, node.arguments, scope)]
    return _call(interpreter, _NEW, arguments, node, scope)


@evaluates(nodes.CallMethodExpression)
def call_method(interpreter: Interpreter, node: nodes.CallMethodExpression, scope: Scope) -> Value:
    """``x.name(arguments)``: the same as ``name(x, arguments)``, but for the parts of a URI."""
    receiver = unfolded(interpreter, (node.functor.left,), scope)
    name = node.functor.right
    if not isinstance(name, nodes.QualifiedName):
        raise interpreter.failure(
            f"Illegal expression. {a_or_an(label_of_expression(name)).capitalize()} is unacceptable "
            "as function name in a Method call",
            name, scope,
        )  # fmt: skip
    arguments = unfolded(interpreter, node.arguments, scope)
    if len(receiver) == 1 and isinstance(receiver[0], Uri) and name.value in URI_PARTS:
        return receiver[0].part(name.value)
    return _call(interpreter, name.value, [*receiver, *arguments], node, scope)


def _call(
    interpreter: Interpreter,
    name: str,
    arguments: list[Value],
    node: nodes.CallNamedFunctionExpression | nodes.CallMethodExpression,
    scope: Scope,
) -> Value:
    block = Closure(interpreter, node.lambda_, scope) if node.lambda_ is not None else None
    context = ScopeContext(interpreter, scope)
    try:
        return context.call_function(name, tuple(arguments), block, scope.manifest.place(node))
    except FailedOnPurposeError as error:
        text = f"Error while evaluating {a_or_an(label_of_expression(node))}, {error}"
        raise located(text, node, scope, "failed-on-purpose") from error
    except NotFoundError as error:
        place = scope.manifest.place(node)
        hint = "Add the key to the data, or give the call a default."
        raise LookupFailure(str(error), None, code="no-data", hint=hint, about=place) from error
    except (FunctionError, HieraArgumentError) as error:
        text = f"Error while evaluating {a_or_an(label_of_expression(node))}, {error}"
        raise located(text, node, scope) from error
    except HieraError as error:
        file = str(error.file) if error.file else None
        hint, place = "Correct the data or hiera.yaml.", scope.manifest.place(node)
        raise LookupFailure(str(error), file, error.line, code="hiera", hint=hint, about=place) from error


@evaluates(nodes.LambdaExpression)
def lambda_expression(interpreter: Interpreter, node: nodes.LambdaExpression, scope: Scope) -> Value:
    """A lambda where it is not given to a call: Puppet has no such values."""
    raise interpreter.failure("A lambda can only be given to a function.", node, scope)
