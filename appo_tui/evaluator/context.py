"""What functions can reach of the code that calls them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.environment.places import Place
from appo_tui.evaluator.asking import AskedHiera
from appo_tui.evaluator.closures import call_puppet_function
from appo_tui.evaluator.consulting import Ledger
from appo_tui.evaluator.faults import MisnamedFileError, UnknownFunctionError
from appo_tui.evaluator.functions import REGISTRY, FunctionCall
from appo_tui.evaluator.functions.call import Block
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import type_of_block
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import Interpreter
from appo_tui.evaluator.rules.literals import type_label
from appo_tui.evaluator.scope import MISSING, Frame, Scope
from appo_tui.evaluator.templates import INLINE, RENDERING, render, render_part
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.values import Unknown, Value

if TYPE_CHECKING:
    from appo_tui.environment import Environment
    from appo_tui.evaluator.manifests import Manifest
    from puppet_grammar import nodes


class ModuleFiles:
    """The files of modules, as functions ask for them: ``MODULE/FILE``."""

    def __init__(self, environment: Environment, ledger: Ledger) -> None:
        self._environment = environment
        self._ledger = ledger

    @property
    def name(self) -> str:
        """The environment's name."""
        return self._environment.name

    @property
    def root(self) -> Path:
        """The environment's directory."""
        return self._environment.root

    def find_module_file(self, reference: str) -> Path | None:
        """The file ``files/FILE`` of a module; None if there is none."""
        return self._find(reference, "files")

    def find_template(self, reference: str) -> Path | None:
        """The file ``templates/FILE`` of a module; None if there is none."""
        return self._find(reference, "templates")

    def find_inside(self, path: str) -> Path | None:
        """The file, there or not, that an absolute path means; None if it is outside the environment.

        A path by the environment's name means the environment, in whatever directory it is read from.
        """
        found, root = Path(path), self.root
        for known, here in ((root, root), (root.parent / self.name, root)):
            if found.is_relative_to(known):
                return here / found.relative_to(known)
        inside = any(found.is_relative_to(folder) for folder in self._environment.modulepath)
        return found if inside else None

    def find_module(self, name: str) -> Path | None:
        """A module's directory; None if there is no such module."""
        module = self._environment.modules.get(name)
        return module.root if module else None

    def note(self, path: Path) -> None:
        """Note that what is made here depends on a file, or on whether there is one."""
        self._ledger.note_file(path)

    def _find(self, reference: str, folder: str) -> Path | None:
        if reference.startswith("/"):
            file = Path(reference)
        else:
            module_name, _, relative = reference.partition("/")
            module = self._environment.modules.get(module_name)
            if module is None:
                return None
            file = module.root / folder / relative
        self.note(file)
        return file if file.is_file() else None


class ScopeContext:
    """The scope of a call, and through it the compilation."""

    def __init__(self, interpreter: Interpreter, scope: Scope) -> None:
        self.interpreter = interpreter
        self.scope = scope

    @property
    def environment(self) -> ModuleFiles:
        """The environment's files."""
        return self.interpreter.compilation.files

    @property
    def hiera(self) -> Hiera | None:
        """The environment's data."""
        compilation = self.interpreter.compilation
        asked = compilation.node.asked
        if asked is None or compilation.hiera is None:
            return compilation.hiera
        return AskedHiera(compilation.hiera, asked, self.scope)

    def lookup_variable(self, name: str) -> Value:
        """A variable's value, qualified or not; None where there is none."""
        plain = name.removeprefix("::")
        if "::" in plain:
            value = self.interpreter.compilation.qualified_variable(plain)
        else:
            value = self.interpreter.compilation.top.find(plain) if plain != name else self.scope.find(plain)
        return None if value is MISSING else value

    def call_function(
        self, name: str, arguments: tuple[Value, ...], block: Block | None, place: Place
    ) -> Value:
        """The value of a function: the environment's own in Puppet, a built-in one, or unknown.

        Raises:
            EvaluationError: there is no such function.
        """
        if name in RENDERING:
            render_part(arguments[0])
            return None
        plain = name.removeprefix("::")
        function = REGISTRY.get(plain)
        definitions = self.interpreter.definitions
        if function is not None and function.is_built_in:  # it comes before a file of the environment
            found = definitions.functions.get(plain)
        else:
            found = self._find_function(name)
        if found is not None:
            node, manifest = found
            top = self.interpreter.compilation.top
            frame = Frame(top.frame.resource, None, None, name.split("::")[0])
            scope = Scope(frame, manifest, top)
            return call_puppet_function(self.interpreter, node, arguments, scope, type_of_block(block))
        if function is not None and (function.is_built_in or definitions.has_ruby_function(plain)):
            return function.call(FunctionCall(self, place, block), arguments)
        if definitions.has_ruby_function(plain):
            return Unknown(f"the function {plain}() is written in Ruby: only a Puppet run can call it")
        raise UnknownFunctionError(name, place)

    def _find_function(self, name: str) -> tuple[nodes.FunctionDefinition, Manifest] | None:
        try:
            return self.interpreter.definitions.find_function(name)
        except MisnamedFileError as error:
            raise FunctionError(str(error)) from error

    def log(self, level: str, message: str, place: Place) -> None:
        """Take what ``notice()`` and its like say."""
        self.interpreter.compilation.log(level, message, place)

    def render_epp(self, text: str, parameters: dict[str, Value] | None, source: str) -> Value:
        """The text that an EPP template makes; one in a file sees top scope alone."""
        around = self.scope if source == INLINE else self.interpreter.compilation.top
        return render(self.interpreter, text, source, parameters, around)

    def note_data(self, call: Place, place: Place) -> None:
        """Keep where a call found its data, for the origin of its value."""
        self.interpreter.compilation.node.data_places[call] = place

    def resolve_type(self, name: str) -> PuppetType | None:
        """A type by its name, those of modules and resource types too."""
        return self.interpreter.compilation.named_type(type_label(name))
