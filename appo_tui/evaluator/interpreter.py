"""Expressions to values.

The meaning of each kind of expression is in ``appo_tui.evaluator.rules``, one function a kind.
Manual: https://puppet.com/docs/puppet/6/lang_visual_index.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from appo_tui.evaluator.faults import EvaluationError, LookupFailure, PreformattedError, own_fault
from appo_tui.evaluator.functions.errors import ControlSignal, FunctionError
from appo_tui.evaluator.hiera.documents import HieraError
from appo_tui.evaluator.labels import a_or_an, label_of_expression
from appo_tui.evaluator.types.ruby_patterns import InvalidPatternError
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation
    from appo_tui.evaluator.loading import Definitions
    from appo_tui.evaluator.scope import Scope

Strictness = Literal["off", "warning", "error"]


@dataclass(frozen=True, slots=True)
class CompilerSettings:
    """Puppet's settings that change what code means.

    Attributes:
        strict: what happens to doubtful code.
        strict_variables: whether an unknown variable is an error.
    """

    strict: Strictness = "warning"
    strict_variables: bool = False


Rule = Callable[["Interpreter", Any, "Scope"], Value]
AnyRule = TypeVar("AnyRule", bound=Callable[..., Value])
RULES: Final[dict[type[nodes.Node], Rule]] = {}


def evaluates(*node_types: type[nodes.Node]) -> Callable[[AnyRule], AnyRule]:
    """Register the rule for some kinds of expressions."""

    def register(rule: AnyRule) -> AnyRule:
        for node_type in node_types:
            RULES[node_type] = rule
        return rule

    return register


class Interpreter:
    """Evaluates expressions for one compilation.

    Attributes:
        definitions: what code may refer to.
        settings: Puppet's settings.
        compilation: where resources go; set by the compilation itself.
    """

    def __init__(self, definitions: Definitions, settings: CompilerSettings) -> None:
        self.definitions = definitions
        self.settings = settings
        self.compilation: Compilation

    def evaluate(self, node: nodes.Node | None, scope: Scope) -> Value:
        """The value of an expression.

        Raises:
            EvaluationError: with the place of the innermost expression that could not be evaluated.
        """
        if node is None:
            return None
        try:
            return RULES[type(node)](self, node, scope)
        except EvaluationError as error:
            if error.place is not None or isinstance(error, PreformattedError | LookupFailure):
                raise
            text = f"Error while evaluating {a_or_an(label_of_expression(node))}, {error.text}"
            raise located(text, node, scope, error.code, error.hint) from error
        except (ControlSignal, FunctionError, HieraError):
            raise
        except InvalidPatternError as error:
            text = f"Error while evaluating {a_or_an(label_of_expression(node))}, {error}"
            raise located(text, node, scope, "regular-expression", "Ruby's syntax is meant.") from error
        except Exception as error:
            raise located(own_fault(error), node, scope, "internal") from error

    def failure(
        self, text: str, node: nodes.Node, scope: Scope, *, code: str = "evaluation"
    ) -> EvaluationError:
        """What is raised for an expression that Puppet refuses, in Puppet's words."""
        return located(text, node, scope, code)


def located(
    text: str, node: nodes.Node, scope: Scope, code: str = "evaluation", hint: str = ""
) -> EvaluationError:
    """An error of an expression, with its place."""
    return EvaluationError(f"Evaluation Error: {text}", scope.manifest.place(node), code=code, hint=hint)
