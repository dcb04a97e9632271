"""Where a command writes: text that is safe to show, or JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TextIO

import msgspec

from appo_tui.environment.places import Place
from appo_tui.environment.printable import printable

Colour = Literal["cyan", "magenta", "green", "yellow", "red", "dim"]

_CODES: dict[Colour, str] = {
    "cyan": "36",
    "magenta": "35",
    "green": "32",
    "yellow": "33",
    "red": "31",
    "dim": "2",
}


@dataclass(frozen=True, slots=True)
class Output:
    """A stream, and how to write to it.

    ``as_json`` is ``--format json``; ``colour`` is false unless a terminal reads it and wants colours.
    """

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    as_json: bool = False
    colour: bool = False
    ascii_only: bool = False

    def line(self, *parts: str) -> None:
        """Writes the parts as one line; ``text`` or ``paint`` made safe what came from outside."""
        self.stream.write("".join(parts) + "\n")

    def text(self, text: str) -> str:
        """Returns text from outside as it may be shown."""
        return printable(text, ascii_only=self.ascii_only)

    def paint(self, text: str, colour: Colour) -> str:
        """Returns text from outside as it may be shown, coloured where colours are wanted."""
        shown = self.text(text)
        return f"\x1b[{_CODES[colour]}m{shown}\x1b[0m" if self.colour else shown

    def reference(self, reference: str) -> str:
        """Returns ``Type[title]`` with its type and title coloured apart, as the orchestrator did."""
        type_name, bracket, title = reference.partition("[")
        if not bracket or not self.colour:
            return self.text(reference)
        return f"{self.paint(type_name, 'cyan')}[{self.paint(title[:-1], 'magenta')}]"

    def place(self, place: Place) -> str:
        """Returns where something stands, as a path from the working directory where it is below that."""
        file = Path(place.file)
        if file.is_relative_to(Path.cwd()):
            place = msgspec.structs.replace(place, file=str(file.relative_to(Path.cwd())))
        return self.text(str(place))

    def json(self, value: object) -> None:
        """Writes one JSON document over several lines. Control characters come out escaped."""
        self.stream.write(json.dumps(value, indent=2, ensure_ascii=True) + "\n")

    def json_line(self, value: object) -> None:
        """Writes one JSON document on one line, at once: for streams."""
        self.stream.write(json.dumps(value, ensure_ascii=True) + "\n")
        self.stream.flush()

    def flush(self) -> None:
        """Hands everything written to the reader."""
        self.stream.flush()
