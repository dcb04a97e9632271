"""EPP templates: text with Puppet code between ``<%`` and ``%>``, as a function that renders it.

The template is written as Puppet code, its text as calls of ``RENDER_TEXT`` and its expressions as calls of
``RENDER_VALUE``, which is parsed as any other; places in it are those of the template.
Manual: https://www.puppet.com/docs/puppet/7/lang_template_epp.html
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from puppet_grammar import nodes, parse
from puppet_grammar.errors import PuppetSyntaxError
from puppet_grammar.source import Position, Source

RENDER_TEXT: Final = "epp__text"
RENDER_VALUE: Final = "epp__value"
_NAME: Final = "epp__template"
_PARAMETERS = re.compile(r"<%-?\s*\|")
_TAG = re.compile(r"<%%|<%#|<%-|<%=|<%")
_INSIDE = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\#[^\n]*|%%>|-?%>""", re.DOTALL)
_LINE_REST = re.compile(r"[ \t]*(?:\r?\n)?")


class EppSource(Source):
    """The code that a template became; it finds the template's own places.

    Attributes:
        template: the template.
    """

    def __init__(self, text: str, template: Source, origins: list[tuple[int, int]]) -> None:
        super().__init__(text, template.file)
        self.template = template
        self._starts = [start for start, _ in origins]
        self._origins = origins

    def position(self, offset: int) -> Position:
        """Returns the line and column in the template of what the code has at an offset."""
        start, origin = self._origins[max(0, bisect_right(self._starts, offset) - 1)]
        return self.template.position(min(origin + offset - start, len(self.template.text)))


@dataclass(frozen=True, slots=True)
class EppTemplate:
    """A template that was parsed.

    Attributes:
        function: its parameters and its body.
        source: the code that its nodes' offsets count in.
        has_parameters: whether it says which it takes: it then takes no others.
    """

    function: nodes.FunctionDefinition
    source: EppSource
    has_parameters: bool


def parse_epp(text: str, file: str | None = None) -> EppTemplate:
    """Returns a template's tree.

    Args:
        text: The template.
        file: Its path, for messages.

    Raises:
        PuppetSyntaxError: A tag is not closed, or the code in it is not Puppet's.
    """
    template = Source(text, file)
    writer = _Writer(template)
    writer.write()
    source = EppSource("".join(writer.parts), template, writer.origins)
    try:
        program = parse(source.text, file=file)
    except PuppetSyntaxError as error:
        message = error.message.replace(f"'{RENDER_TEXT}'", "'%>'").replace(f"'{RENDER_VALUE}'", "'<%='")
        message = re.sub(r"at '\)'$", "at '%>'", message)
        raise PuppetSyntaxError(message, source, error.offset) from error
    body = program.body
    statements = body.statements if isinstance(body, nodes.BlockExpression) else (body,)
    function = statements[0]
    assert isinstance(function, nodes.FunctionDefinition)
    return EppTemplate(function, source, has_parameters=writer.has_parameters)


class _Writer:
    """Writes a template as code; ``origins`` are offsets in it with the offsets that they come from."""

    def __init__(self, template: Source) -> None:
        self.template = template
        self.text = template.text
        self.parts: list[str] = []
        self.origins: list[tuple[int, int]] = []
        self.length = 0
        self.has_parameters = False

    def add(self, text: str, origin: int) -> None:
        self.origins.append((self.length, origin))
        self.parts.append(text)
        self.length += len(text)

    def write(self) -> None:
        self.add(f"function {_NAME}(", 0)
        position = self.parameters()
        self.add(") {", position)
        while position < len(self.text):
            position = self.tag(position)
        self.add("}", len(self.text))

    def parameters(self) -> int:
        """Writes the parameters at the very start; returns where they end."""
        opening = _PARAMETERS.match(self.text)
        if opening is None:
            return 0
        closing, _, next_start = self.code_end(opening.end())
        bar = self.text.rfind("|", opening.end(), closing)
        if bar < 0:
            raise PuppetSyntaxError("Syntax error at '%>'", self.template, closing)
        self.has_parameters = True
        self.add(self.text[opening.end() : bar], opening.end())
        return next_start

    def tag(self, position: int) -> int:
        """Writes the text up to the next tag, and the tag; returns where it ends."""
        pieces: list[str] = []
        start = position
        while True:
            found = _TAG.search(self.text, position)
            if found is None or found[0] != "<%%":
                break
            pieces.append(self.text[position : found.start()] + "<%")
            position = found.end()
        end = found.start() if found is not None else len(self.text)
        pieces.append(self.text[position:end])
        text = "".join(pieces).replace("%%>", "%>")
        if found is not None and found[0] in ("<%-", "<%#"):
            text = text.rstrip(" \t")
        if text:
            quoted = text.replace("\\", "\\\\").replace("'", "\\'")
            self.add(f" {RENDER_TEXT}('{quoted}') ", start)
        return len(self.text) if found is None else self.code(found)

    def code(self, tag: re.Match[str]) -> int:
        if tag[0] == "<%#":
            end = self.text.find("%>", tag.end())
            if end < 0:
                self.unbalanced()
            trims = self.text[end - 1] == "-"
            return self.after(end + 2, trims=trims)
        closing, code, next_start = self.code_end(tag.end())
        if code.lstrip().startswith("|"):
            offset = tag.end() + code.index("|")
            raise PuppetSyntaxError("Syntax error at '|'", self.template, offset)
        if tag[0] == "<%=":
            self.add(f" {RENDER_VALUE}(", tag.start())
            self.add(code, tag.end())
            self.add(") ", closing)
        else:
            self.add(f" {code} ", tag.end() - 1)
        return next_start

    def code_end(self, start: int) -> tuple[int, str, int]:
        """Where the code that starts here ends, the code, and where the text after its tag starts."""
        for found in _INSIDE.finditer(self.text, start):
            if found[0] in ("%>", "-%>"):
                code = self.text[start : found.start()].replace("%%>", "%>")
                return found.start(), code, self.after(found.end(), trims=found[0] == "-%>")
            comment_end = found[0].find("%>")
            if found[0].startswith("#") and comment_end >= 0:
                end = found.start() + comment_end
                trims = self.text[end - 1] == "-"
                code = self.text[start : found.start()]
                return end, code, self.after(end + 2, trims=trims)
        return self.unbalanced()

    def after(self, position: int, *, trims: bool) -> int:
        line_rest = _LINE_REST.match(self.text, position) if trims else None
        return line_rest.end() if line_rest else position

    def unbalanced(self) -> tuple[int, str, int]:
        message = "Unbalanced epp tag, reached <eof> without closing tag."
        raise PuppetSyntaxError(message, self.template, len(self.text))
