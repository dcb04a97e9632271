"""Blocks, conditions and choices.

A condition that is not known before a run has no branch: its value is unknown, nothing in its branches is
declared, and the variables that they would set are unknown too.
"""

from __future__ import annotations

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.matching import matches
from appo_tui.evaluator.rules.literals import without_parentheses
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes


def is_true(value: Value) -> bool:
    """Puppet's truth: all but false and undef."""
    return value is not None and value is not False


@evaluates(nodes.Program)
def program(interpreter: Interpreter, node: nodes.Program, scope: Scope) -> Value:
    """A file's top-level code."""
    return interpreter.evaluate(node.body, scope)


@evaluates(nodes.BlockExpression)
def block(interpreter: Interpreter, node: nodes.BlockExpression, scope: Scope) -> Value:
    """Statements in a row; the value is the last one's.

    A compilation that collects faults goes on after a statement that failed; what that statement would
    have set is unknown.
    """
    result: Value = None
    collects = interpreter.compilation.collects_faults_in(scope)
    for statement in node.statements:
        try:
            result = interpreter.evaluate(statement, scope)
        except EvaluationError as error:
            if not collects:
                raise
            interpreter.compilation.record_fault(error)
            forget_assigned(statement, scope, Unknown("its assignment could not be evaluated"))
            result = None
    return result


@evaluates(nodes.IfExpression)
def if_expression(interpreter: Interpreter, node: nodes.IfExpression, scope: Scope) -> Value:
    """``if``."""
    return _conditional(interpreter, node, node.then_expr, node.else_expr, scope)


@evaluates(nodes.UnlessExpression)
def unless_expression(interpreter: Interpreter, node: nodes.UnlessExpression, scope: Scope) -> Value:
    """``unless``."""
    return _conditional(interpreter, node, node.else_expr, node.then_expr, scope)


def _conditional(
    interpreter: Interpreter,
    node: nodes.IfExpression | nodes.UnlessExpression,
    if_true: nodes.Expression | None,
    if_false: nodes.Expression | None,
    scope: Scope,
) -> Value:
    match = scope.match
    try:
        test = interpreter.evaluate(node.test, scope)
        if isinstance(test, Unknown):
            return undecided(interpreter, node, scope, test)
        return interpreter.evaluate(if_true if is_true(test) else if_false, scope)
    finally:
        scope.match = match


def undecided(interpreter: Interpreter, node: nodes.Node, scope: Scope, reason: Unknown) -> Unknown:
    """Leave out a choice that can't be made yet; its variables become unknown."""
    forget_assigned(node, scope, reason)
    interpreter.compilation.note_undecided(node, scope, reason)
    return reason


def forget_assigned(node: object, scope: Scope, reason: Unknown) -> None:
    """Make unknown what the statements in ``node`` would set in ``scope``."""
    if isinstance(node, tuple):
        for item in node:
            forget_assigned(item, scope, reason)
        return
    if not isinstance(node, nodes.Node) or isinstance(node, nodes.LambdaExpression):
        return
    if isinstance(node, nodes.AssignmentExpression):
        _forget(node.left, scope, reason)
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, nodes.Node | tuple):
            forget_assigned(value, scope, reason)


def _forget(left: nodes.Expression, scope: Scope, reason: Unknown) -> None:
    if isinstance(left, nodes.VariableExpression):
        scope.variables.setdefault(left.name, reason)
    elif isinstance(left, nodes.LiteralList):
        for item in left.values:
            _forget(item, scope, reason)


@evaluates(nodes.AndExpression)
def and_expression(interpreter: Interpreter, node: nodes.AndExpression, scope: Scope) -> Value:
    """``and``: the right side counts only if the left is true."""
    left = interpreter.evaluate(node.left, scope)
    if not isinstance(left, Unknown) and not is_true(left):
        return False
    right = interpreter.evaluate(node.right, scope)
    if not isinstance(right, Unknown) and not is_true(right):
        return False
    return next((side for side in (left, right) if isinstance(side, Unknown)), True)


@evaluates(nodes.OrExpression)
def or_expression(interpreter: Interpreter, node: nodes.OrExpression, scope: Scope) -> Value:
    """``or``: the right side counts only if the left is false."""
    left = interpreter.evaluate(node.left, scope)
    if not isinstance(left, Unknown) and is_true(left):
        return True
    right = interpreter.evaluate(node.right, scope)
    if not isinstance(right, Unknown) and is_true(right):
        return True
    return next((side for side in (left, right) if isinstance(side, Unknown)), False)


@evaluates(nodes.NotExpression)
def not_expression(interpreter: Interpreter, node: nodes.NotExpression, scope: Scope) -> Value:
    """``!x``."""
    value = interpreter.evaluate(node.expression, scope)
    return value if isinstance(value, Unknown) else not is_true(value)


@evaluates(nodes.CaseExpression)
def case_expression(interpreter: Interpreter, node: nodes.CaseExpression, scope: Scope) -> Value:
    """``case``: the first option that matches, else the default, else undef."""
    match = scope.match
    try:
        test = interpreter.evaluate(node.test, scope)
        if isinstance(test, Unknown):
            return undecided(interpreter, node, scope, test)
        the_default: nodes.Expression | None = None
        for option in node.options:
            for value in option.values:
                plain = without_parentheses(value)
                if isinstance(plain, nodes.LiteralDefault):
                    the_default = option.then_expr
                elif _option_matches(interpreter, test, plain, scope):
                    return interpreter.evaluate(option.then_expr, scope)
        return interpreter.evaluate(the_default, scope)
    finally:
        scope.match = match


@evaluates(nodes.SelectorExpression)
def selector_expression(interpreter: Interpreter, node: nodes.SelectorExpression, scope: Scope) -> Value:
    """``x ? { ... }``: as ``case``, but something has to match."""
    match = scope.match
    try:
        test = interpreter.evaluate(node.left, scope)
        if isinstance(test, Unknown):
            return undecided(interpreter, node, scope, test)
        the_default: nodes.Expression | None = None
        for selector in node.selectors:
            plain = without_parentheses(selector.matching_expr)
            if isinstance(plain, nodes.LiteralDefault):
                the_default = selector.value_expr
            elif _option_matches(interpreter, test, plain, scope):
                return interpreter.evaluate(selector.value_expr, scope)
        if the_default is None:
            raise interpreter.failure(
                f"No matching entry for selector parameter with value '{interpolated(test)}'",
                node.left, scope,
            )  # fmt: skip
        return interpreter.evaluate(the_default, scope)
    finally:
        scope.match = match


def _option_matches(interpreter: Interpreter, test: Value, option: nodes.Expression, scope: Scope) -> bool:
    value = interpreter.evaluate(option, scope)
    if isinstance(option, nodes.UnfoldExpression) and isinstance(value, tuple):
        return any(matches(candidate, test, scope) for candidate in value)
    return matches(value, test, scope)
