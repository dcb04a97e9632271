"""Ruby's tokens, as far as is needed to find calls and to step over everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NoReturn

from puppet_grammar.ruby_types.model import RubyTypeError
from puppet_grammar.source import Source


class Kind(Enum):
    """What a token is."""

    NAME = auto()
    SYMBOL = auto()
    LABEL = auto()
    STRING = auto()
    REGEX = auto()
    NUMBER = auto()
    OPERATOR = auto()
    NEWLINE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token of Ruby.

    Attributes:
        kind: What it is.
        value: A name's or symbol's name, a string's content, an operator's spelling.
        start: Offset of its first character.
        end: Offset after its last.
    """

    kind: Kind
    value: str
    start: int
    end: int


_SPACE = re.compile(r"(?:[ \t\r\f\v]+|\\\r?\n|#[^\n]*)+")
_BLOCK_COMMENT = re.compile(r"=begin\b.*?^=end\b[^\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"(?:@@?|\$)?[A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*[?!]?(?!=[^=~>])|\$\W")
_PLAIN_NAME = re.compile(r"(?:@@?|\$)?[A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*")
_LABEL = re.compile(r"[A-Za-z_]\w*[?!]?:(?!:)")
_SYMBOL = re.compile(r":(?:[A-Za-z_]\w*[?!=]?(?![>~])|[A-Za-z_]\w*|\[\]=?|[+\-*/<>=!~%&|^]+)")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?")
_HEREDOC = re.compile(r"<<([~-]?)(?:([\"'`])([^\"'`\n]+)\2|([A-Z_a-z]\w*))")
_PERCENT = re.compile(r"%([qQwWiIrsx]?)([^\w\s])")
_OPERATOR = re.compile(
    r"::|=>|\*\*=?|<=>|===?|=~|!=|!~|&&=?|\|\|=?|&\.|\.\.\.?|->|<<=?|>>=?|[+\-*/%&|^<>]=|[^\w\s]"
)
_CHARACTER = re.compile(r"\?(?:\\.|[^\s\\])(?!\w)")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_VALUE_ENDS = frozenset({")", "]", "}"})
_VALUE_KEYWORDS = frozenset({"end", "self", "true", "false", "nil"})
_KEYWORDS_BEFORE_VALUE = frozenset({
    "if", "unless", "while", "until", "and", "or", "not", "when", "case", "in", "return", "elsif", "then",
    "do", "else", "begin", "puts", "raise", "yield",
})  # fmt: skip
_ESCAPES = {"n": "\n", "t": "\t", "s": " ", "r": "\r", "\n": ""}


def tokenize(source: Source) -> list[Token]:
    """Returns the tokens of a Ruby file, the last of kind ``END``.

    Raises:
        RubyTypeError: A string or heredoc does not end.
    """
    return _Lexer(source).run()


class _Lexer:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.tokens: list[Token] = []
        self.heredocs: list[tuple[str, bool, int]] = []
        """End tag, whether it may be indented, and number of the token, of those that start in the line."""

    def run(self) -> list[Token]:
        text, size = self.text, len(self.text)
        pos = 0
        while pos < size:
            space = _SPACE.match(text, pos)
            if space:
                pos = space.end()
                continue
            if text.startswith("=begin", pos) and (pos == 0 or text[pos - 1] == "\n"):
                comment = _BLOCK_COMMENT.match(text, pos)
                pos = comment.end() if comment else self.fail("The comment is not closed", pos)
                continue
            if text.startswith("__END__", pos) and (pos == 0 or text[pos - 1] == "\n"):
                break
            pos = self.token(pos)
        self.add(Kind.NEWLINE, "\n", size, size)
        self.add(Kind.END, "", size, size)
        return self.tokens

    def fail(self, message: str, offset: int) -> NoReturn:
        raise RubyTypeError(message, self.source, offset)

    def add(self, kind: Kind, value: str, start: int, end: int) -> int:
        self.tokens.append(Token(kind, value, start, end))
        return end

    def value_expected(self) -> bool:
        """Whether a value comes next, so that a slash starts a regular expression."""
        if not self.tokens:
            return True
        last = self.tokens[-1]
        if last.kind in (Kind.OPERATOR, Kind.NEWLINE, Kind.LABEL):
            return last.value not in _VALUE_ENDS
        return last.kind is Kind.NAME and last.value in _KEYWORDS_BEFORE_VALUE

    def argument_expected(self, pos: int) -> bool:
        """Whether what is at ``pos`` is the argument of a call without parentheses: ``newvalues /x/``."""
        last = self.tokens[-1] if self.tokens else None
        spaced = pos > 0 and self.text[pos - 1] in " \t" and self.text[pos + 1 : pos + 2] not in (
            " ", "=", "",
        )  # fmt: skip
        return last is not None and last.kind is Kind.NAME and last.value not in _VALUE_KEYWORDS and spaced

    def token(self, pos: int) -> int:
        text = self.text
        char = text[pos]
        if char == "\n":
            self.add(Kind.NEWLINE, "\n", pos, pos + 1)
            return self.heredoc_texts(pos + 1)
        if char in "\"'`":
            return self.quoted(pos, pos + 1, "", char, raw=char == "'")
        value_next = self.value_expected() or self.argument_expected(pos)
        if value_next:
            end = self.value_token(pos, char)
            if end:
                return end
        for kind, pattern in ((Kind.LABEL, _LABEL), (Kind.NAME, _NAME), (Kind.NAME, _PLAIN_NAME)):
            match = pattern.match(text, pos)
            if match and not (kind is Kind.LABEL and self.in_ternary()):
                name = match[0].rstrip(":") if kind is Kind.LABEL else match[0]
                return self.add(kind, name, pos, match.end())
        match = _NUMBER.match(text, pos)
        if match:
            return self.add(Kind.NUMBER, match[0], pos, match.end())
        if text.startswith((":\"", ":'"), pos):
            return self.quoted(pos, pos + 2, "", text[pos + 1], raw=text[pos + 1] == "'", kind=Kind.SYMBOL)
        match = _SYMBOL.match(text, pos)
        if match and not text.startswith("::", pos):
            return self.add(Kind.SYMBOL, match[0][1:], pos, match.end())
        match = _OPERATOR.match(text, pos)
        end = match.end() if match else pos + 1
        return self.add(Kind.OPERATOR, text[pos:end], pos, end)

    def in_ternary(self) -> bool:
        last = self.tokens[-1] if self.tokens else None
        return last is not None and last.kind is Kind.OPERATOR and last.value == "?"

    def value_token(self, pos: int, char: str) -> int:
        """Takes a literal that could be an operator elsewhere; returns 0 if there is none."""
        text = self.text
        if char == "/":
            return self.quoted(pos, pos + 1, "", "/", raw=True, kind=Kind.REGEX)
        if char == "%":
            match = _PERCENT.match(text, pos)
            if match:
                opening = match[2]
                kind = Kind.REGEX if match[1] == "r" else Kind.SYMBOL if match[1] == "s" else Kind.STRING
                closing = _CLOSING.get(opening, opening)
                nesting = opening if closing != opening else ""
                return self.quoted(pos, match.end(), nesting, closing, raw=match[1] in "qwi", kind=kind)
        if char == "<":
            match = _HEREDOC.match(text, pos)
            if match:
                self.heredocs.append((match[3] or match[4], match[1] != "", len(self.tokens)))
                return self.add(Kind.STRING, "", pos, match.end())
        if char == "?":
            match = _CHARACTER.match(text, pos)
            if match:
                return self.add(Kind.STRING, match[0][1:], pos, match.end())
        return 0

    def quoted(
        self, start: int, pos: int, nesting: str, closing: str, *, raw: bool, kind: Kind = Kind.STRING
    ) -> int:
        """Takes a literal up to its closing character; interpolated code in it is stepped over."""
        text, size = self.text, len(self.text)
        parts: list[str] = []
        depth = 0
        while pos < size:
            char = text[pos]
            if char == "\\":
                parts.append(_unescaped(text[pos + 1 : pos + 2], closing, raw=raw))
                pos += 2
            elif char == closing and depth == 0:
                end = pos + 1
                if kind is Kind.REGEX:
                    while end < size and text[end].isalpha():
                        end += 1
                elif kind is Kind.STRING and text[end : end + 1] == ":" and text[end + 1 : end + 2] != ":":
                    last = self.tokens[-1] if self.tokens else None
                    if last is not None and last.value in ("(", ",", "{"):
                        return self.add(Kind.LABEL, "".join(parts), start, end + 1)
                return self.add(kind, "".join(parts), start, end)
            elif char == "#" and not (raw and kind is not Kind.REGEX) and text.startswith("#{", pos):
                end = self.interpolation(pos + 2, start)
                parts.append(text[pos:end])
                pos = end
            else:
                depth += (char == nesting) - (char == closing)
                parts.append(char)
                pos += 1
        return self.fail("The string is not closed", start)

    def interpolation(self, pos: int, start: int) -> int:
        """Returns the offset after the brace that closes interpolated code."""
        depth = 1
        while pos < len(self.text):
            char = self.text[pos]
            if char in "\"'`":
                kept = len(self.tokens)
                pos = self.quoted(pos, pos + 1, "", char, raw=char == "'")
                del self.tokens[kept:]
                continue
            depth += (char == "{") - (char == "}")
            pos += 1
            if depth == 0:
                return pos
        return self.fail("The string is not closed", start)

    def heredoc_texts(self, pos: int) -> int:
        """Takes the texts of the heredocs that started in the line before."""
        text = self.text
        for tag, indented, index in self.heredocs:
            blank = "[ \t]*" if indented else ""
            match = re.compile(rf"^{blank}{re.escape(tag)}[ \t]*\r?$", re.MULTILINE).search(text, pos)
            token = self.tokens[index]
            if match is None:
                self.fail(f"The heredoc is not closed by {tag}", token.start)
            self.tokens[index] = Token(Kind.STRING, text[pos : match.start()], token.start, token.end)
            pos = min(match.end() + 1, len(text))
        self.heredocs.clear()
        return pos


def _unescaped(char: str, closing: str, *, raw: bool) -> str:
    if raw:
        return char if char in (closing, "\\") and closing != "/" else f"\\{char}"
    return _ESCAPES.get(char, char)
