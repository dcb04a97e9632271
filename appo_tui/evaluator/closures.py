"""Code with parameters: lambdas and functions written in Puppet."""

from __future__ import annotations

from appo_tui.evaluator import types
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.functions.errors import FunctionError, NextSignal, ReturnSignal
from appo_tui.evaluator.interpreter import Interpreter
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types.signatures import Parameter, Signature, describe_call
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes

_ANY = types.Any()


class Closure:
    """A lambda, together with the scope that it stands in."""

    def __init__(self, interpreter: Interpreter, node: nodes.LambdaExpression, scope: Scope) -> None:
        self._interpreter = interpreter
        self._node = node
        self._scope = scope
        self._signature: Signature | None = None

    @property
    def parameter_count(self) -> int:
        """How many parameters it has."""
        return len(self._node.parameters)

    @property
    def required_count(self) -> int:
        """How many of them must be given."""
        return required_count(self._node.parameters)

    @property
    def captures_rest(self) -> bool:
        """Whether the last one takes all further arguments."""
        return bool(self._node.parameters) and self._node.parameters[-1].captures_rest

    @property
    def parameter_types(self) -> tuple[types.PuppetType, ...]:
        """What its parameters take."""
        if not any(parameter.type_expr for parameter in self._node.parameters):
            refuse_disorder(self._node.parameters, self._scope)
            return (_ANY,) * len(self._node.parameters)
        return tuple(parameter.type for parameter in self._declared().parameters)

    def _declared(self) -> Signature:
        if self._signature is None:
            refuse_disorder(self._node.parameters, self._scope)
            self._signature = signature(self._interpreter, self._node.parameters, self._scope)
        return self._signature

    def __call__(self, *arguments: Value) -> Value:
        """The value of its last expression; more arguments than it has parameters are left out, as in Puppet.

        Raises:
            EvaluationError: an argument is missing.
            FunctionError: the arguments don't fit.
        """
        parameters = self._node.parameters
        if len(arguments) > len(parameters) and not self.captures_rest:
            arguments = arguments[: len(parameters)]
        self._refuse_missing(len(arguments))
        declared = self._declared()
        if not declared.accepts(arguments, None):
            raise FunctionError(describe_call("lambda", (declared,), arguments))
        inner = self._scope.inner()
        bind(self._interpreter, parameters, arguments, inner)
        try:
            return self._interpreter.evaluate(self._node.body, inner)
        except NextSignal as signal:
            return signal.value

    def _refuse_missing(self, given: int) -> None:
        for parameter in self._node.parameters[given:]:
            if parameter.value is None and not parameter.captures_rest:
                raise EvaluationError(
                    f"Evaluation Error: Parameter ${parameter.name} is required but no value was given",
                    self._scope.manifest.place(parameter),
                    hint="Give the parameter a default, or remove it.",
                )


def required_count(parameters: tuple[nodes.Parameter, ...]) -> int:
    """How many arguments must be given at least."""
    return sum(parameter.value is None and not parameter.captures_rest for parameter in parameters)


def refuse_disorder(parameters: tuple[nodes.Parameter, ...], scope: Scope) -> None:
    """Refuse a parameter that must be given behind one that need not.

    Raises:
        EvaluationError: there is one.
    """
    optional = False
    for parameter in parameters:
        if parameter.value is not None:
            optional = True
        elif optional and not parameter.captures_rest:
            raise EvaluationError(
                f"Evaluation Error: Parameter ${parameter.name} is required but appears after optional "
                "parameters",
                scope.manifest.place(parameter),
                hint="Give the parameter a default, or move it forward.",
            )


def signature(interpreter: Interpreter, parameters: tuple[nodes.Parameter, ...], scope: Scope) -> Signature:
    """The declared parameters as a signature, their types evaluated."""
    declared = []
    for parameter in parameters:
        wanted = interpreter.evaluate(parameter.type_expr, scope) if parameter.type_expr else types.Any()
        if not isinstance(wanted, types.PuppetType):
            raise EvaluationError(f"the type of ${parameter.name} is not a type")
        declared.append(Parameter(parameter.name, wanted))
    repeats = bool(parameters) and parameters[-1].captures_rest
    return Signature(tuple(declared), required_count(parameters), repeats)


def bind(
    interpreter: Interpreter,
    parameters: tuple[nodes.Parameter, ...],
    arguments: tuple[Value, ...],
    scope: Scope,
) -> None:
    """Set the parameters as variables of ``scope``, defaults where there is no argument."""
    for index, parameter in enumerate(parameters):
        if parameter.captures_rest:
            rest = arguments[index:]
            if not rest and parameter.value is not None:
                default = interpreter.evaluate(parameter.value, scope)
                rest = default if isinstance(default, tuple) else (default,)
            scope.variables[parameter.name] = tuple(rest)
        elif index < len(arguments):
            scope.variables[parameter.name] = arguments[index]
        else:
            scope.variables[parameter.name] = interpreter.evaluate(parameter.value, scope)


def call_puppet_function(
    interpreter: Interpreter,
    node: nodes.FunctionDefinition,
    arguments: tuple[Value, ...],
    scope: Scope,
    block: types.PuppetType | None,
) -> Value:
    """The value of a function written in Puppet; ``scope`` is one of its own file, with top scope around.

    Raises:
        FunctionError: arguments or result are not of the declared types.
    """
    refuse_disorder(node.parameters, scope)
    wanted = signature(interpreter, node.parameters, scope)
    if not wanted.accepts(arguments, block):
        raise FunctionError(describe_call(node.name, (wanted,), arguments, block))
    bind(interpreter, node.parameters, arguments, scope)
    try:
        result = interpreter.evaluate(node.body, scope)
    except (NextSignal, ReturnSignal) as signal:
        result = signal.value
    if node.return_type is not None:
        declared = interpreter.evaluate(node.return_type, scope)
        if isinstance(declared, types.PuppetType):
            subject = f"value returned from {node.name} has wrong type,"
            problem = types.describe_mismatch(subject, declared, result)
            if problem:
                raise FunctionError(problem)
    return result
