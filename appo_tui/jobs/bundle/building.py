"""Runs made ready for nodes from a model: bundles and command lines."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.environment import Environment, Facts
from appo_tui.jobs.bundle.availability import availability_tests
from appo_tui.jobs.bundle.blanking import blanked, needs_blanking
from appo_tui.jobs.bundle.closure import ModuleIndex, module_files, words_of
from appo_tui.jobs.bundle.components import node_manifest, node_secrets
from appo_tui.jobs.bundle.delivery import (
    MODULE_DIRECTORY,
    Delivered,
    computed_there,
    functions,
    read_delivery,
    storable,
)
from appo_tui.jobs.bundle.hiera_files import hiera_files
from appo_tui.jobs.commands import agent_arguments, apply_arguments, puppet_name
from appo_tui.jobs.request import JobOptions
from appo_tui.jobs.transport.prepared import (
    AvailabilityTest,
    Bundle,
    NodeHello,
    PreparationError,
    PreparedRun,
)
from appo_tui.model import read_model
from appo_tui.model.entities import Model

if TYPE_CHECKING:
    from puppet_grammar.nodes import Program

_NODE_BLOCK = re.compile(r"\bnode\b")
_CAPABILITY = re.compile(rb",\s*(?::is_capability\s*=>|is_capability:)\s*\w+")
_SAFE_PATH = re.compile(r"[^\x00-\x1f\x7f]+\Z")
_LAST_LANGUAGE = 6
"""The last major version of Puppet that has the orchestration language."""


class Builder:
    """Makes the runs of one job ready. Files are read once, whatever number of nodes needs them."""

    def __init__(
        self,
        model: Model,
        environment: Environment,
        facts: Facts,
        options: JobOptions,
        delivered: Delivered | None = None,
    ) -> None:
        self._read = model
        self._delivered = {reference: dict(values) for reference, values in (delivered or {}).items()}
        self._outdated = bool(delivered)
        self._reading = threading.Lock()
        self._environment = environment
        self._facts = facts
        self._options = options
        self._index = ModuleIndex(environment.modules)
        self._applications = {name.lower() for name in model.applications}
        self._contents: dict[tuple[Path, bool, str | None], bytes | Path] = {}
        self._digests: dict[tuple[Path, bool, str | None], str] = {}
        self._parsing = threading.Lock()
        self._trees: dict[Path, tuple[str, Program, bool]] = {}

    def prepare(self, certname: str, hello: NodeHello) -> PreparedRun:
        """The run of a node with this Puppet.

        Raises:
            PreparationError: a value that it needs is not known, or the environment can't be carried over.
        """
        secrets = self.secrets(certname)
        if self._options.mode == "agent":
            arguments = agent_arguments(self._options, self._environment.name)
            return PreparedRun(None, {}, arguments, secrets)
        manifests = self._manifests(certname, hello.major)
        components = ""
        if certname in self._model.nodes:
            availability = self._options.availability and not self._options.noop
            components = node_manifest(self._model, certname, availability=availability)
        bundle = self._bundle(certname, hello.major, b"\n".join((*manifests.values(), components.encode())))
        # "~" sorts behind all other names: Puppet reads the manifests of a directory in order.
        manifests["~components.pp"] = components.encode()
        arguments = apply_arguments(self._options, self._environment.name, certname, hello.major)
        return PreparedRun(bundle, manifests, arguments, secrets)

    @property
    def _model(self) -> Model:
        """The model with all that was delivered so far."""
        with self._reading:
            if self._outdated:
                self._outdated = False
                self._read = read_model(self._environment, self._facts, self._delivered)
            return self._read

    def delivers(self, certname: str) -> bool:
        """Whether the node's run computes values that other nodes need."""
        return self._options.mode == "apply" and bool(computed_there(self._model, certname))

    def deliver(self, text: bytes) -> dict[str, dict[str, object]]:
        """Take what a run computed; returns it for the store, without secrets."""
        delivered = read_delivery(text)
        with self._reading:
            for reference, values in delivered.items():
                self._delivered.setdefault(reference, {}).update(values)
            self._outdated = True
        return storable(delivered)

    def command(self, certname: str) -> str:
        """What will be run there, as a user reads it: without the directories of ours."""
        if self._options.mode == "agent":
            return " ".join(("puppet", *agent_arguments(self._options, self._environment.name)))
        words = apply_arguments(self._options, self._environment.name, certname, 0)
        return " ".join(("puppet", *(word for word in words if "{" not in word)))

    def secrets(self, certname: str) -> tuple[str, ...]:
        """Texts of the node's values that nobody may see."""
        return node_secrets(self._model, certname)

    def tests(self, certname: str) -> tuple[AvailabilityTest, ...]:
        """What must answer before the node's run; nothing in no-op, or where tests are turned off."""
        if self._options.noop or not self._options.availability:
            return ()
        return availability_tests(self._model, certname)

    def _manifests(self, certname: str, major: int) -> dict[str, bytes]:
        """The environment's own manifests, blanked, by the names that they get in the run's directory."""
        base = self._environment.manifest
        found: dict[str, bytes] = {}
        for file in self._environment.manifests:
            name = file.relative_to(base).as_posix() if base != file else file.name
            content = self._content(file, major, certname)
            found[_checked(name)] = content if isinstance(content, bytes) else content.read_bytes()
        return found

    def _bundle(self, certname: str, major: int, code: bytes) -> Bundle:
        environment = self._environment
        data = hiera_files(environment.root, self._facts.of(certname), environment.name, certname)
        words = words_of(code)
        for file in data.values():
            words |= words_of(file.read_bytes())
        base = f"environments/{puppet_name(environment.name)}"
        files: dict[str, bytes | Path] = {
            "hiera.yaml": b"---\nversion: 5\nhierarchy: []\n",
            f"{base}/environment.conf": b"modulepath = modules:$basemodulepath\n",
        }
        if computed_there(self._model, certname):
            for name, program in functions().items():
                files[f"{base}/{MODULE_DIRECTORY}/{name}"] = program
        digests = {path: _digest(content) for path, content in files.items()}
        sources = {f"{base}/{path}": file for path, file in data.items()}
        for kind in ("lib", "functions", "types"):
            sources |= _below(environment.root, environment.root / kind, base)
        for name in self._index.closure(words):
            module = environment.modules[name]
            sources |= {f"{base}/modules/{name}/{path}": file for path, file in module_files(module).items()}
        for path, file in sources.items():
            files[_checked(path)] = self._content(file, major, None)
            digests[path] = self._digests[self._key(file, major, None)]
        return Bundle(files, digests)

    def _key(self, file: Path, major: int, certname: str | None) -> tuple[Path, bool, str | None]:
        return (file, major <= _LAST_LANGUAGE, certname)

    def _content(self, file: Path, major: int, certname: str | None) -> bytes | Path:
        """What a node gets of a file: the file itself, or its content without orchestration.

        A manifest with node blocks is made for each node, and kept for none: there may be thousands.
        """
        if certname is not None and self._has_node_blocks(file):
            return self._blanked(file, certname)
        key = self._key(file, major, "" if certname is not None else None)
        if key not in self._contents:
            content: bytes | Path = file
            if file.suffix == ".pp":
                content = self._blanked(file, certname)
            elif key[1] and file.suffix == ".rb" and file.parent.name == "type":
                content = _CAPABILITY.sub(lambda match: b" " * len(match[0]), file.read_bytes())
            self._digests[key] = _digest(content if isinstance(content, bytes) else file.read_bytes())
            self._contents[key] = content  # last: nodes are made ready by several threads
        return self._contents[key]

    def _has_node_blocks(self, file: Path) -> bool:
        return file.suffix == ".pp" and self._parsed(file)[2]

    def _parsed(self, file: Path) -> tuple[str, Program, bool]:
        """The text and the tree of one of the environment's own manifests, and whether it has node blocks.

        Raises:
            PreparationError: it can't be parsed.
        """
        from puppet_grammar import PuppetSyntaxError, parse

        with self._parsing:
            if file not in self._trees:
                text = file.read_text(encoding="utf-8", errors="surrogateescape")
                try:
                    program = parse(text, file=str(file))
                except PuppetSyntaxError as error:
                    raise PreparationError(str(error)) from error
                self._trees[file] = text, program, _NODE_BLOCK.search(text) is not None
            return self._trees[file]

    def _blanked(self, file: Path, certname: str | None) -> bytes | Path:
        if certname is not None:
            text, program, _ = self._parsed(file)
            # No place stands behind the last statement: thousands of blanks need not be sent there.
            kept = blanked(text, program, self._applications, certname).rstrip() + "\n"
            return kept.encode(errors="surrogateescape")
        from puppet_grammar import PuppetSyntaxError, parse

        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        if not needs_blanking(text, self._applications):
            return file
        try:
            program = parse(text, file=str(file))
        except PuppetSyntaxError:
            return file  # whoever needs it gets Puppet's own message
        return blanked(text, program, self._applications).encode(errors="surrogateescape")


def _below(root: Path, directory: Path, base: str) -> Mapping[str, Path]:
    """The files of a directory of the environment itself, by path in the bundle."""
    if not directory.is_dir():
        return {}
    files = (file for file in sorted(directory.rglob("*")) if file.is_file() and not file.is_symlink())
    return {f"{base}/{file.relative_to(root).as_posix()}": file for file in files}


def _checked(path: str) -> str:
    """A path that stays in its directory on the node.

    Raises:
        PreparationError: it would not, or a node's shell could not read it.
    """
    parts = path.split("/")
    if not _SAFE_PATH.match(path) or path.startswith(("/", "-")) or ".." in parts or "" in parts:
        raise PreparationError(f"The file name {path!r} can't be used on a node: rename the file.")
    return path


def _digest(content: bytes | Path) -> str:
    data = content if isinstance(content, bytes) else content.read_bytes()
    return hashlib.sha256(data).hexdigest()
