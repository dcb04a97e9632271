"""Trees that were made before, kept by the content of their text."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from puppet_grammar.nodes import Program
from puppet_grammar.ruby_types import RubyType, read_type
from puppet_grammar.source import may_hold_plans

GRAMMAR_VERSION = 1
"""Goes up with every change of grammar, builders or nodes: trees of older versions are not read."""

_MAGIC = f"puppet_grammar tree {GRAMMAR_VERSION}\n".encode()


Kept = TypeVar("Kept", Program, RubyType)


class TreeCache:
    """A directory of trees, and of resource types read from Ruby, one file a text.

    A file is named by the hash of its text and begins with the grammar's version. One that is damaged or
    comes from elsewhere is made anew; nothing in it is ever executed. Any number of threads and processes
    may use one directory: a tree is written aside and moved into place.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = str(directory / str(GRAMMAR_VERSION))
        self._decoder = msgspec.msgpack.Decoder(Program)
        self._type_decoder = msgspec.msgpack.Decoder(RubyType)
        self._encoder = msgspec.msgpack.Encoder()

    def parse(self, text: str, file: str | None = None) -> Program:
        """Returns the tree of a manifest, read back if it was kept.

        Args:
            text: The manifest.
            file: Its path, for messages.

        Raises:
            PuppetSyntaxError: The text is not Puppet code; this is not kept.
        """
        path = self._path(text, b"\0plans" if file is not None and may_hold_plans(file) else b"")
        program = self._read(path, self._decoder)
        if program is None:
            from puppet_grammar.parsing import parse

            program = parse(text, file=file)
            self._write(path, program)
        return program

    def ruby_type(self, text: str, file: str | None = None) -> RubyType:
        """Returns the resource type that a Ruby file defines, read back if it was kept.

        Args:
            text: The file's text.
            file: Its path, for messages.

        Raises:
            RubyTypeError: The file defines no type, or not in a way that can be read; this is not kept.
        """
        path = self._path(text, b"\0type")
        kept = self._read(path, self._type_decoder)
        if kept is None:
            kept = read_type(text, file)
            self._write(path, replace(kept, file=None))
        return replace(kept, file=file)

    def _path(self, text: str, variant: bytes) -> str:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass") + variant)
        name = digest.hexdigest()
        return f"{self._directory}/{name[:2]}/{name[2:]}"

    def _read(self, path: str, decoder: msgspec.msgpack.Decoder[Kept]) -> Kept | None:
        # Reading must cost little beside decoding: pathlib and buffers would cost as much.
        try:
            with open(path, "rb", buffering=0) as stream:  # noqa: PTH123
                content = stream.read()
        except OSError:
            return None
        if not content.startswith(_MAGIC):
            return None
        try:
            return decoder.decode(memoryview(content)[len(_MAGIC) :])
        except (msgspec.DecodeError, RecursionError):
            return None

    def _write(self, path: str, program: Program | RubyType) -> None:
        # A tree that cannot be kept, for want of space or rights or a character that UTF-8 lacks, is made
        # again next time.
        with contextlib.suppress(OSError, UnicodeEncodeError, RecursionError):
            content = _MAGIC + self._encoder.encode(program)
            parent = Path(path).parent
            parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
