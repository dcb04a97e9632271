"""Parsed files: each is read once as long as its content stays the same."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from appo_tui.environment.places import Place
from appo_tui.evaluator.file_states import UnchangedFiles
from puppet_grammar import Issue, PuppetSyntaxError, Source, TreeCache, nodes, parse, parse_lenient, validate
from puppet_grammar.ruby_types import RubyType, RubyTypeError, read_type


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file of Puppet code.

    Attributes:
        file: its path.
        source: its text.
        digest: SHA-256 of the text, hex.
        program: its syntax tree; None when it can't be parsed wholly.
        error: why not.
        errors: all that is wrong with it, ``error`` the first; its other statements are in ``readable``.
        readable: the tree of the statements without error.
        issues: what the validator says against it.
    """

    file: str
    source: Source
    digest: str
    program: nodes.Program | None
    error: PuppetSyntaxError | None = None
    issues: tuple[Issue, ...] = ()
    errors: tuple[PuppetSyntaxError, ...] = ()
    readable: nodes.Program | None = None
    _places: dict[int, Place] = field(default_factory=dict, repr=False, compare=False)
    _lines: dict[int, Place] = field(default_factory=dict, repr=False, compare=False)

    def place(self, node: nodes.Node) -> Place:
        """Where ``node`` begins."""
        offset = self._offset(node)
        known = self._places.get(offset)
        if known is None:
            line, column = self.source.position(offset)
            known = self._places[offset] = Place(self.file, line, column)
        return known

    def _offset(self, node: nodes.Node) -> int:
        """Where Puppet says that a node is: operations with two sides, and methods, are at their operator."""
        if isinstance(node, nodes.CallMethodExpression):
            return self._method_offset(node.functor)
        operator = _WORDS.get(type(node)) or getattr(node, "operator", None)
        left = getattr(node, "left", None)
        if operator is None or left is None:
            return node.start
        found = self.source.text.find(operator, left.end, node.end)
        return found if found >= 0 else node.start

    def _method_offset(self, functor: nodes.NamedAccessExpression) -> int:
        """A call with arguments is at their parenthesis, one without at its dot."""
        text = self.source.text
        after = functor.right.end
        while text[after : after + 1].isspace():
            after += 1
        if text[after : after + 1] == "(":
            return after
        return text.find(".", functor.left.end, functor.right.start)

    def line_place(self, node: nodes.Node) -> Place:
        """The line on which ``node`` begins, as messages about resources give it."""
        known = self._lines.get(node.start)
        if known is None:
            known = self._lines[node.start] = Place(self.file, self.source.position(node.start).line)
        return known

    def text(self, node: nodes.Node) -> str:
        """The source of ``node``."""
        return self.source.text[node.start : node.end]


_WORDS: Final[dict[type, str]] = {
    nodes.AndExpression: "and",
    nodes.OrExpression: "or",
    nodes.InExpression: "in",
}


class ManifestCache:
    """Files by path: one that has changed is read again, and parsed again if its content is another.

    Attributes:
        trees: trees that earlier processes made; None to make all of them here.
        definitions: path to a file's tree and what is defined in it.
    """

    def __init__(self, trees: TreeCache | None = None) -> None:
        self.trees = trees
        self.definitions: dict[str, tuple[nodes.Program, tuple[nodes.Node, ...]]] = {}
        self._manifests: dict[str, Manifest] = {}
        self._unchanged: UnchangedFiles[Manifest] = UnchangedFiles()
        self._ruby_types: UnchangedFiles[RubyType] = UnchangedFiles()
        self._digests: UnchangedFiles[str] = UnchangedFiles()

    def read(self, file: Path, namespace: str | None = None) -> Manifest:
        """The manifest of ``file``; one with an error if it can't be parsed.

        Args:
            file: where it is.
            namespace: what its definitions must be named after, for a module's file.
        """
        unchanged = self._unchanged.find(file)
        if unchanged is not None:
            return unchanged
        path, state = str(file), self._unchanged.state_of(file)
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        digest = hashlib.sha256(text.encode("utf-8", errors="surrogateescape")).hexdigest()
        known = self._manifests.get(path)
        same = known is not None and known.digest == digest
        manifest = known if known is not None and same else self._parsed(path, text, digest, namespace)
        self._manifests[path] = manifest
        self._unchanged.keep(file, state, manifest)
        return manifest

    def unchanged(self, file: Path) -> Manifest | None:
        """The manifest of ``file`` if it was read and is known not to have changed since."""
        return self._unchanged.find(file)

    def _parsed(self, path: str, text: str, digest: str, namespace: str | None) -> Manifest:
        source = Source(text, path)
        try:
            program = self.trees.parse(text, path) if self.trees else parse(text, file=path)
        except PuppetSyntaxError as error:
            rest = parse_lenient(text, file=path)
            return Manifest(path, source, digest, None, error, (), rest.errors, rest.program)
        return Manifest(path, source, digest, program, None, validate(program, source, namespace=namespace))

    def ruby_type(self, file: Path) -> RubyType:
        """The resource type that a Ruby file defines.

        Raises:
            RubyTypeError: it can't be read.
        """
        unchanged = self._ruby_types.find(file)
        if unchanged is not None:
            return unchanged
        state = self._ruby_types.state_of(file)
        text = file.read_text(encoding="utf-8", errors="replace")
        read = self.trees.ruby_type(text, str(file)) if self.trees else read_type(text, str(file))
        self._ruby_types.keep(file, state, read)
        return read

    def ruby_type_said(self, file: Path) -> Hashable:
        """What tells whether a resource type has changed; of one that is odd, whether its file has."""
        try:
            read = self.ruby_type(file)
        except (OSError, RubyTypeError):
            return self.state(file)
        return read if len(read.namevars) == 1 else self.state(file)

    def digest(self, file: Path) -> str:
        """SHA-256 of a file's content, hex.

        Raises:
            OSError: it can't be read.
        """
        unchanged = self._digests.find(file)
        if unchanged is not None:
            return unchanged
        state = self._digests.state_of(file)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        self._digests.keep(file, state, digest)
        return digest

    def state(self, file: Path) -> str | None:
        """A file's digest; None if there is none that can be read."""
        try:
            return self.digest(file)
        except OSError:
            return None


NO_MANIFEST = Manifest("", Source(""), "", None)
"""Stands where code has no file."""
