"""Which definitions are known, and how more of them are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from appo_tui.environment import Environment
from appo_tui.environment.places import Place
from appo_tui.evaluator.consulting import Ledger
from appo_tui.evaluator.definitions import (
    METAPARAMETERS,
    Definition,
    MappingClause,
    definitions_in,
    mapping_clause,
)
from appo_tui.evaluator.faults import EvaluationError, PreformattedError
from appo_tui.evaluator.manifests import Manifest, ManifestCache
from appo_tui.evaluator.naming_faults import (
    CLASHES,
    refuse_again,
    refuse_built_in,
    refuse_other_content,
    refuse_resource_type,
)
from appo_tui.evaluator.native_types import NativeType, built_in_types
from appo_tui.evaluator.node_blocks import node_blocks
from appo_tui.evaluator.parse_faults import raise_parse_error, readable, syntax_faults
from appo_tui.evaluator.titles import refuse_doubles, takes_titles
from appo_tui.evaluator.types import PuppetType
from puppet_grammar import nodes
from puppet_grammar.ruby_types import NoRubyTypeError, RubyTypeError


class Definitions:
    """All that has been read of an environment so far; more is read when a name is asked for.

    Attributes:
        environment: where files are looked for.
        main: the top-level manifests, once ``load_main`` was called.
        further_faults: syntax errors after the first of a file.
        references: what references with a literal title, by their identity, stand for: the mappings of
            large sites have one for each node, and each node may evaluate them all.
        declare_types: evaluates the declared types of a new definition's parameters.
        ledger: takes what is looked at.
        read_before: manifests that were read for this already, by file.
        has_settled_mappings: whether the first node's catalog has been begun.
        has_late_mappings: whether a mapping was met after that.
        strict: Puppet's setting of this name, which decides what ends the reading of a file.
    """

    def __init__(self, environment: Environment, cache: ManifestCache) -> None:
        self.environment = environment
        self.cache = cache
        self.ledger = Ledger(cache.state)
        self.read_before: Mapping[str, Manifest] = {}
        self.has_settled_mappings = self.has_late_mappings = False
        self.strict = "warning"
        self.main: list[Manifest] = []
        self.classes: dict[str, Definition] = {}
        self.defines: dict[str, Definition] = {}
        self.applications: dict[str, Definition] = {}
        self.nodes: dict[str, Definition] = {}
        self.site: Definition | None = None
        self.mappings: dict[str, MappingClause] = {}
        self.functions: dict[str, tuple[nodes.FunctionDefinition, Manifest]] = {}
        self.type_aliases: dict[str, tuple[nodes.TypeAlias, Manifest]] = {}
        self.files: dict[str, Manifest] = {}
        self.types_by_name: dict[str, PuppetType] = {}
        self.references: dict[int, tuple[nodes.AccessExpression, PuppetType]] = {}
        self.declare_types: Callable[[Definition], None] = lambda _definition: None
        self._made_defines: dict[str, Definition] = {}
        self._native: dict[str, NativeType | None] = {}
        self._ruby_functions: dict[str, bool] = {}
        self._loaded: set[Path] = set()
        self._refused: dict[Path, EvaluationError] = {}
        self._noted: set[Path] = set()
        self._absent: set[tuple[str, str]] = set()
        self.further_faults: list[EvaluationError] = []

    # --- reading ----------------------------------------------------------------------------------

    def load_main(self) -> None:
        """Read the top-level manifests.

        Raises:
            EvaluationError: the first that can't be read, or what its definitions clash with.
        """
        first: EvaluationError | None = None
        for file in self.environment.manifests:
            try:
                self.main.append(self._read(file))
            except EvaluationError as error:
                self._note_further_errors(file, after_first=first is None)
                self.main += readable(self.cache.read(file, self.environment.namespace_of(file)))
                first = first or self._unparsable(error)
        for manifest in self.main:
            try:
                self._define_all(manifest, "")
            except EvaluationError as error:
                if first is None:
                    raise
                self.further_faults.append(error)
        if first is not None:
            raise first

    def _unparsable(self, error: EvaluationError) -> EvaluationError:
        text = f"Could not parse for environment {self.environment.name}: {error.text}"
        kind = PreformattedError if isinstance(error, PreformattedError) else EvaluationError
        return kind(text, error.place, code=error.code, hint=error.hint, about=error.about)

    def _note_further_errors(self, file: Path, *, after_first: bool = True) -> None:
        """Keep the syntax errors of a file, all or those after the first, which is raised."""
        if file in self._noted:
            return
        self._noted.add(file)
        manifest = self.cache.read(file, self.environment.namespace_of(file))
        self.further_faults += syntax_faults(manifest)[1 if after_first else 0 :]

    def _read(self, file: Path) -> Manifest:
        manifest = self.read_before.get(str(file))
        if manifest is None:
            manifest = self.cache.read(file, self.environment.namespace_of(file))
        self.files[manifest.file] = manifest
        raise_parse_error(manifest, self.strict)
        return manifest

    def load(self, file: Path) -> None:
        """Read a module's file, unless it was read before.

        Raises:
            EvaluationError: it can't be read, or what it defines clashes with something.
        """
        if file in self._refused:  # for the next node it is as wrong as for the first
            raise self._refused[file]
        if file in self._loaded:
            return
        self.ledger.firsts.append(("load", file))
        module = next((m.name for m in self.environment.modules.values() if file.is_relative_to(m.root)), "")
        try:
            manifest = self._read(file)
        except EvaluationError:
            self._note_further_errors(file)
            raise
        self._loaded.add(file)
        try:
            self._define_all(manifest, module)
        except EvaluationError as error:
            self._refused[file] = error
            raise

    def _define_all(self, manifest: Manifest, module: str) -> None:
        program = manifest.program
        if program is None:
            return
        known = self.cache.definitions.get(manifest.file)
        if known is None or known[0] is not program:
            known = self.cache.definitions[manifest.file] = program, definitions_in(program)
        made = [self._made(node, manifest, module) for node in known[1]]
        for definitions in made:
            for definition in definitions:
                self._add(definition)

    # --- defining ---------------------------------------------------------------------------------

    def _made(self, node: nodes.Node, manifest: Manifest, module: str) -> list[Definition]:
        match node:
            case nodes.HostClassDefinition():
                return [self._with_parameters("class", node, manifest, module, node.parent_class)]
            case nodes.ResourceTypeDefinition():
                define = self._with_parameters("define", node, manifest, module)
                refuse_again("type", node, self._known_define(define.name))
                self._made_defines[define.name] = define
                return [define]
            case nodes.ApplicationExpression():
                return [self._with_parameters("application", node, manifest, module)]
            case nodes.NodeDefinition():
                return node_blocks(node, manifest, module)
            case nodes.SiteDefinition():
                return [Definition("site", "site", (), node.body, manifest, node, module)]
            case nodes.CapabilityMapping():
                self.mappings.setdefault(f"{manifest.file}:{node.start}", mapping_clause(node, manifest))
            case nodes.FunctionDefinition():
                refuse_again("function", node, self.functions.get(_plain(node.name)))
                self.functions[_plain(node.name)] = (node, manifest)
            case nodes.TypeAlias():
                name = node.name.lower()
                refuse_again("type", node, self.type_aliases.get(name))
                if not module:  # a module's alias is not looked for where there is a define of its name
                    refuse_built_in(name)
                    refuse_resource_type(self._native.get(name))
                    refuse_again("type", node, self._known_define(name))
                self.type_aliases[name] = (node, manifest)
        return []

    def _known_define(self, name: str) -> tuple[nodes.Node, Manifest] | None:
        """A define, be it one of a file that is not added yet."""
        known = self._made_defines.get(name)
        return (known.node, known.manifest) if known else None

    def _with_parameters(
        self,
        kind: Literal["class", "define", "application"],
        node: nodes.HostClassDefinition | nodes.ResourceTypeDefinition | nodes.ApplicationExpression,
        manifest: Manifest,
        module: str,
        parent: str | None = None,
    ) -> Definition:
        definition = Definition(
            kind, _plain(node.name), node.parameters, node.body, manifest, node, module, parent
        )
        self.declare_types(definition)
        _refuse_metaparameters(definition)
        return definition

    def _add(self, definition: Definition) -> None:
        name = definition.name
        for clash, table in self._clashes(definition.kind):
            other = table.get(name)
            if other is not None:
                where = f" (file: {other.place.file}, line: {other.place.line})"
                raise EvaluationError(
                    clash.format(name=name, where=where),
                    definition.place,
                    code="already-defined",
                    hint="Give one of the two another name, or remove one.",
                )
        if definition.kind == "site":
            self.site = definition
        else:
            self._tables[definition.kind][name] = definition

    @property
    def _tables(self) -> dict[str, dict[str, Definition]]:
        return {
            "class": self.classes,
            "define": self.defines,
            "application": self.applications,
            "node": self.nodes,
        }

    def _clashes(self, kind: str) -> tuple[tuple[str, dict[str, Definition]], ...]:
        tables = {**self._tables, "site": {"site": self.site} if self.site else {}}
        return tuple((text, tables[other]) for other, text in CLASHES[kind])

    # --- finding ----------------------------------------------------------------------------------

    def find_class(self, name: str) -> Definition | None:
        """The class of this name, read from its module if need be."""
        return self._find("class", self.classes, name)

    def find_define(self, name: str) -> Definition | None:
        """The define of this name, read from its module if need be."""
        return self._find("define", self.defines, name)

    def find_application(self, name: str) -> Definition | None:
        """The application of this name, if a file that defines it was read."""
        plain = _plain(name)
        self.ledger.needs["application", plain] = None
        return self.applications.get(plain)

    def find_resource_type(self, name: str) -> Definition | NativeType | None:
        """A native type, define or application, in Puppet's order; with ``::`` before it only a define."""
        plain = _plain(name)
        if name.startswith("::"):
            return self.find_define(plain)
        return self.find_native(plain) or self.find_define(plain) or self.find_application(plain)

    def _find(self, kind: str, table: dict[str, Definition], name: str) -> Definition | None:
        plain = _plain(name)
        self.ledger.needs[kind, plain] = None
        found = table.get(plain)
        if found is not None or (kind, plain) in self._absent:
            return found
        self.ledger.searched["manifest", plain] = tuple(self.environment.files_defining(plain))
        for file in self.environment.files_defining(plain):
            self.load(file)
            if plain in table:
                return table[plain]
        self._absent.add((kind, plain))
        return None

    def find_function(self, name: str) -> tuple[nodes.FunctionDefinition, Manifest] | None:
        """A function written in Puppet."""
        name = _plain(name)
        if name not in self.functions and ("function", name) not in self._absent:
            file = self.environment.function_file(name)
            self.ledger.searched["function", name] = file
            if file is None:
                self._absent.add(("function", name))
            else:
                refuse_other_content(self._read(file), "function", name)
                self.load(file)
        return self.functions.get(name)

    def has_ruby_function(self, name: str) -> bool:
        """Whether the environment brings a function of this name, without ``::`` before it, in Ruby."""
        known = self._ruby_functions.get(name)
        if known is None:
            self.ledger.firsts.append(("ruby", name))
            file = self.ledger.searched["ruby", name] = self.environment.ruby_function_file(name)
            known = self._ruby_functions[name] = file is not None
        return known

    def find_type_alias(self, name: str) -> tuple[nodes.TypeAlias, Manifest] | None:
        """A type alias by its name in any case."""
        plain = name.lower()
        if plain not in self.type_aliases and ("alias", plain) not in self._absent:
            file = self.environment.type_alias_file(plain)
            self.ledger.searched["alias", plain] = file
            if file is None:
                self._absent.add(("alias", plain))
            else:
                refuse_other_content(self._read(file), "type", plain)
                self.load(file)
        return self.type_aliases.get(plain)

    def find_native(self, name: str) -> NativeType | None:
        """A resource type written in Ruby; None for names with ``::``, which those never have.

        Raises:
            EvaluationError: its file is not what its name says.
        """
        if name in self._native:
            return self._native[name]
        if ":" in name:
            return None
        self.ledger.firsts.append(("native", name))
        found = self._native[name] = self._read_native(name)
        return found

    @property
    def takes_all_titles(self) -> bool:
        """Whether none of the resource types that were asked for refuses titles."""
        return all(native is None or native.takes_titles for native in self._native.values())

    def _read_native(self, name: str) -> NativeType | None:
        file = self.environment.ruby_type_file(name)
        has_provider = file is not None and self.environment.has_provider(name)
        said = file and self.cache.ruby_type_said(file)
        self.ledger.searched["native", name] = file, has_provider, said
        if file is None:
            return built_in_types().get(name)
        self.ledger.files["type", file] = self.cache.state(file)
        try:
            read = self.cache.ruby_type(file)
        except NoRubyTypeError:
            return built_in_types().get(name)
        except RubyTypeError as error:
            raise EvaluationError(
                f"Could not autoload puppet/type/{name}: {error}", code="broken-type",
                hint="Correct the Ruby file.", about=Place(str(file), error.line, error.column),
            ) from error  # fmt: skip
        if read.name.lower() != name:
            return built_in_types().get(name)
        refuse_doubles(read, file)
        has_provider = bool(read.provides) or has_provider
        parameters = [item.name for item in read.parameters if item.kind == "param"]
        return NativeType(
            name,
            tuple(dict.fromkeys([*parameters, "provider"] if has_provider else parameters)),
            tuple(item.name for item in read.parameters if item.kind == "property"),
            read.namevars,
            is_capability=read.is_capability,
            has_provider=has_provider,
            place=Place(str(file), read.line),
            takes_titles=takes_titles(read, file),
            is_open=read.is_open,
        )


def _plain(name: str) -> str:
    return name.removeprefix("::").lower()


def _refuse_metaparameters(definition: Definition) -> None:
    for parameter in definition.parameters:
        if parameter.name in METAPARAMETERS and parameter.value is None:
            raise EvaluationError(
                f"{parameter.name} is a metaparameter; please choose another parameter name "
                f"in the {definition.name} definition",
                code="metaparameter-name",
                hint=f"Rename the parameter ${parameter.name}: every resource has an attribute of this name.",
            )
