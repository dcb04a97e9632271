"""What code has asked of a node, and whether another node would give the same answers.

Code comes to the same on two nodes if all that it asks of them is the same. What it asks next hangs on
nothing but the answers before, so results are kept in a tree: at each fork a question, below it a branch for
each answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from appo_tui.evaluator.hiera.interpolation import ScopeVariables
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.hiera.results import HieraResult
from appo_tui.evaluator.resource import CatalogReference
from appo_tui.evaluator.scope import MISSING, Scope, unknown_of
from appo_tui.evaluator.values import Sensitive, Unknown, Value

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation

Result = TypeVar("Result")

PLAIN_TYPES: Final = frozenset((str, int, bool, type(None), CatalogReference))
"""Nearly all values are of one of these types, of which equal ones are the same to all code."""


# --- questions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VariableQuestion:
    """What a name stands for in top scope: a variable of top-level code, or a fact."""

    name: str

    @property
    def label(self) -> Hashable:
        """What it has in common with the question that the code asks of another node."""
        return self

    def answer(self, compilation: Compilation) -> Hashable:
        """What it is, and for a variable where it was set: origins tell that."""
        top = compilation.top
        certname = str(top.node.certname)
        if self.name in top.variables:
            known = top.expressions.get(self.name)
            value = dict.get(top.variables, self.name)
            return "variable", id(known[0]) if known else 0, canonical(value, certname)
        return "fact", canonical(top.fact(self.name), certname)


@dataclass(frozen=True, slots=True)
class DefaultsQuestion:
    """Which resource defaults top-level code has set."""

    @property
    def label(self) -> Hashable:
        """What it has in common with the question that the code asks of another node."""
        return self

    def answer(self, compilation: Compilation) -> Hashable:
        """All of them, with where they were set."""
        certname = str(compilation.node.certname)
        return tuple(
            (type_name, name, item.place, item.origin, canonical(item.value, certname))
            for type_name, given in compilation.top.frame.defaults.items()
            for name, item in given.items()
        )


@dataclass(frozen=True, slots=True, eq=False)
class DataQuestion:
    """What the data has under a key, asked by code that sees some variables.

    Attributes:
        local: the variables between the code and top scope, as they were then: code sets more of them
            afterwards, which the question must not see.
    """

    key: str
    merge: Value
    local: Mapping[str, Value]

    @property
    def label(self) -> Hashable:
        """What it has in common with the question that the code asks of another node."""
        return self.key

    def answer(self, compilation: Compilation) -> Hashable:
        """The value that the node finds, or why it finds none."""
        hiera = compilation.hiera
        if hiera is None:
            return None
        node = compilation.node
        asked, node.asked, was_read = node.asked, None, node.was_read
        try:
            found = hiera.lookup(self.key, self._variables(compilation), merge=self.merge)
        except Exception as error:  # noqa: BLE001 - the code that asks meets it itself
            return "fault", type(error), str(error)
        finally:
            node.asked, node.was_read = asked, was_read
        return found.found, found.place, canonical(found.value, str(node.certname))

    def _variables(self, compilation: Compilation) -> ScopeVariables:
        """Variables as the asking scope sees them, but top scope is that of the compilation."""

        def value_of(name: str) -> Value:
            plain = name.removeprefix("::")
            if "::" in plain:
                value = compilation.qualified_variable(plain)
            else:
                is_local = plain == name and plain in self.local
                value = self.local[plain] if is_local else compilation.top.find(plain)
            return None if value is MISSING else value

        return value_of


Question = VariableQuestion | DefaultsQuestion | DataQuestion


def as_on(value: Value, old: str, new: str) -> Value:
    """A value of one node as another has it: the reasons for which facts are unknown name the node."""
    if isinstance(value, Unknown):
        return Unknown(value.reason.replace(unknown_of(old), unknown_of(new)))
    if isinstance(value, tuple):
        return tuple(as_on(item, old, new) for item in value)
    if isinstance(value, dict):
        return {key: as_on(item, old, new) for key, item in value.items()}
    return value


def canonical(value: Value, certname: str) -> Hashable:
    """Equal for values between which no code can tell; facts not known yet are so on every node."""
    kind = type(value)
    if kind in PLAIN_TYPES:
        return kind, value
    if isinstance(value, dict):
        pairs = ((canonical(key, certname), canonical(item, certname)) for key, item in value.items())
        return dict, tuple(pairs)
    if isinstance(value, tuple):
        return tuple, tuple(canonical(item, certname) for item in value)
    if isinstance(value, Unknown):
        return Unknown, value.reason.replace(unknown_of(certname), unknown_of(""))
    if isinstance(value, Sensitive):
        return Sensitive, canonical(value.value, certname)
    if isinstance(value, float):
        return float, repr(value)
    try:
        hash(value)
    except TypeError:
        return object()
    return kind, value


# --- asking ---------------------------------------------------------------------------------------


class Asked:
    """The questions that a piece of code asks while it runs, in order, with the answers that it got."""

    def __init__(self, compilation: Compilation) -> None:
        self.compilation = compilation
        self.answers: dict[Question, Hashable] = {}

    def note(self, question: Question) -> None:
        """Take a question, if it is a new one."""
        if question not in self.answers:
            self.answers[question] = question.answer(self.compilation)

    def note_variable(self, name: str) -> None:
        """Take the question what a name stands for in top scope."""
        self.note(VariableQuestion(name))


class AskedVariables(dict[str, Value]):
    """The variables of top scope, each reading of one noted."""

    def __init__(self, variables: dict[str, Value], asked: Asked) -> None:
        super().__init__(variables)
        self._asked = asked

    def __getitem__(self, name: str) -> Value:
        self._asked.note_variable(name)
        return super().__getitem__(name)


class AskedHiera(Hiera):
    """The data, each lookup noted as a question of its own."""

    def __init__(self, hiera: Hiera, asked: Asked, scope: Scope) -> None:
        self.__dict__.update(hiera.__dict__)
        self._hiera = hiera
        self._asked = asked
        self._scope = scope

    def lookup(self, key: str, scope_variables: ScopeVariables, *, merge: Value = None) -> HieraResult:
        """The value of ``key``."""
        self._asked.note(DataQuestion(key, merge, self._scope.local_variables()))
        node = self._asked.compilation.node
        asked, node.asked, was_read = node.asked, None, node.was_read
        try:
            return self._hiera.lookup(key, scope_variables, merge=merge)
        finally:
            node.asked, node.was_read = asked, was_read


def listen(compilation: Compilation) -> Asked:
    """Note from now on what code asks of the compilation's node; ``stop_listening`` ends that."""
    asked = Asked(compilation)
    top, node = compilation.top, compilation.node
    top.variables = AskedVariables(top.variables, asked)
    node.asked, node.was_read = asked, False
    return asked


def stop_listening(compilation: Compilation, variables: dict[str, Value]) -> None:
    """Let code ask unheard again; ``variables`` are those that top scope had before."""
    compilation.top.variables = variables
    compilation.node.asked = None


# --- remembering ----------------------------------------------------------------------------------


class Remembered(Generic[Result]):
    """Results of one piece of code, by what it asked of nodes.

    Attributes:
        question: what comes next; None at the end.
        branches: what follows each answer.
        result: what the code came to, at the end.
    """

    def __init__(self) -> None:
        self.question: Question | None = None
        self.branches: dict[Hashable, Remembered[Result]] = {}
        self.result: Result | None = None

    def find(self, compilation: Compilation) -> Result | None:
        """The result for a node that answers as an earlier one did; None if there was none."""
        fork: Remembered[Result] | None = self
        while fork is not None and fork.question is not None:
            fork = fork.branches.get(fork.question.answer(compilation))
        return fork.result if fork is not None else None

    def add(self, asked: Asked, result: Result) -> None:
        """Keep a result."""
        fork = self
        for question, answer in asked.answers.items():
            if fork.question is None:
                fork.question = question
            if fork.question.label != question.label or fork.result is not None:
                return  # the code asked something else for no reason that is seen: nothing is kept then
            fork = fork.branches.setdefault(answer, Remembered())
        if fork.question is None:
            fork.result = result
