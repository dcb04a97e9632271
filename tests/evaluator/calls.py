"""Evaluating single expressions, and the tables of what Puppet makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from appo_tui.environment import read_environment
from appo_tui.evaluator import language
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.functions import REGISTRY
from appo_tui.evaluator.hiera import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.manifests import Manifest, ManifestCache
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import NodeData, Scope
from appo_tui.evaluator.types.string_formats import formatted
from appo_tui.evaluator.values import Value
from puppet_grammar import parse
from puppet_grammar.source import Source

assert language
CERTNAME = "n1.example.com"
_PREFIX = re.compile(r"\AEvaluation Error: (Error while evaluating a [\w-]+( \w+)*, )?")
_PLACE = re.compile(r" \((file: [^()]*)?(, )?(line: \d+(, column: \d+)?)?\)\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """An expression, and its value or its error as Puppet gives it."""

    expression: str
    value: str | None
    error: str | None

    def __str__(self) -> str:
        return self.expression


def rows(table: Path) -> Iterator[Row]:
    """What a table says."""
    lines = table.read_text(encoding="utf-8").splitlines()
    for index, line in enumerate(lines[:-1]):
        outcome = lines[index + 1]
        if outcome.startswith("= "):
            yield Row(line, outcome[2:], None)
        elif outcome.startswith("! "):
            message = [outcome[2:]]
            for more in lines[index + 2 :]:
                if not more.startswith("| "):
                    break
                message.append(more[2:])
            yield Row(line, None, "\n".join(message))


def with_module_functions(root: Path) -> Path:
    """The environment with a module that has the file of every function known here that Puppet lacks."""
    functions = root / "modules" / "stdlib" / "lib" / "puppet" / "functions"
    for function in REGISTRY.values():
        file = functions.joinpath(*function.name.split("::")).with_suffix(".rb")
        if not function.is_built_in:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
    return root


class _Expressions(Compilation):
    """A compilation that no error is forgiven in."""

    def collects_faults_in(self, scope: Scope) -> bool:
        return False

    def add_resource(self, scope: Scope, resource: Resource) -> None:
        raise AssertionError("no expression of the tables declares anything")

    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:
        raise AssertionError("no expression of the tables declares anything")

    def record_fault(self, error: EvaluationError) -> None:
        raise error

    def find_service_resource(self, type_name: str, title: str) -> None:
        return None


class Evaluator:
    """Evaluates expressions in the top scope of a node of an environment."""

    def __init__(self, root: Path, hiera: Hiera | None = None, **facts: Value) -> None:
        definitions = Definitions(read_environment(root, "production"), ManifestCache())
        node = NodeData(CERTNAME, {"fqdn": CERTNAME, **facts}, facts_known=True)
        self._compilation = _Expressions(definitions, CompilerSettings(), node, hiera)

    def value(self, text: str) -> Value:
        """The value of the last expression of ``text``."""
        program = parse(text)
        manifest = Manifest("", Source(text), "", program)
        scope = self._compilation.top.in_manifest(manifest)
        value: Value = None
        for statement in getattr(program, "statements", None) or [program.body]:
            value = self._compilation.interpreter.evaluate(statement, scope)
        return value

    def outcome(self, text: str) -> Row:
        """The value of ``text`` or its error, as a row of a table."""
        try:
            return Row(text, formatted(self.value(text), "%p"), None)
        except EvaluationError as error:
            message = _PLACE.sub("", _PREFIX.sub("", str(error)))
            return Row(text, None, message)
