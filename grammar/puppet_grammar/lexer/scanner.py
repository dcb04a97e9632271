"""The lexer: text to a string of token kinds.

One regular expression skips white space and comments and takes the usual tokens; what needs more than
that (strings with interpolation or escapes, heredocs, regular expressions, odd words and numbers) is
taken by methods of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NoReturn

from puppet_grammar.errors import PuppetSyntaxError
from puppet_grammar.lexer import kinds as k
from puppet_grammar.lexer.heredocs import (
    HeredocError,
    HeredocText,
    followed_by,
    next_line,
    read_tag,
    read_text,
)
from puppet_grammar.lexer.numbers import NumberError, read_number
from puppet_grammar.lexer.strings import (
    DOUBLE_QUOTED,
    StringRules,
    UnicodeEscapeError,
    heredoc_rules,
    single_quoted,
)
from puppet_grammar.lexer.tokens import TokenString
from puppet_grammar.source import Source

_TOKEN = re.compile(
    r"""(?:[ \t\r\n]+|\#[^\n]*|/\*(?s:.*?)\*/)*+
    (?: ((?>(?:::)?[a-z]\w*+(?:::[a-z]\w*+)*+)(?!-*+\w|::_))
      | (\$(?:::)?(?:\w+::)*\w+)
      | (=[>=~]?|[,;)\].*%?]|\+[=>]?|-[>=]?|![=~]?|\|(?:>>?)?|<(?:<?\||[<=~-])?|>[>=]?|~>|@@|@(?!\()|:(?!:))
      | '([^'\\]++)'
      | "([^"$\\]++)"
      | (\{)
      | (\})
      | (\[)
      | (\()
      | ((?:::)?[A-Z]\w*+(?:(?:::)?[A-Z]\w*+)*+(?!::))
      | ((?:0|[1-9][0-9]*+)(?![\w.]))
      | ((?s:.))
    )""",
    re.VERBOSE | re.ASCII,
)
(
    _NAME, _VARIABLE, _OPERATOR, _SINGLE_QUOTED, _DOUBLE_QUOTED, _OPEN_BRACE, _CLOSE_BRACE, _BRACKET,
    _PARENTHESIS, _CLASSREF, _NUMBER, _SPECIAL,
) = range(1, 13)  # fmt: skip
_QUOTED = (_SINGLE_QUOTED, _DOUBLE_QUOTED)

_BYTE_ORDER_MARK = (
    "Illegal UTF-8 Byte Order mark at beginning of input: [EF BB BF] - remove these from the puppet source"
)
_BARE_WORD = re.compile(r"(?:(?:::)?[a-z_](?:[\w-]*\w)?)+", re.ASCII)
_STRICT_NAME = re.compile(r"(?:::)?[a-z]\w*(?:::[a-z]\w*)*", re.ASCII)
_CLASS_REFERENCE = re.compile(r"(?:(?:::)?[A-Z]\w*)+", re.ASCII)
_VARIABLE_NAME = re.compile(r"(?:::)?(?:\w+::)*\w+", re.ASCII)
_REGEX = re.compile(r"/((?:[^\\/]|\\(?s:.))*)/")
_NO_REGEX_AFTER = frozenset(
    {")", "]", k.KIND["|>"], k.KIND["|>>"], k.NAME, k.CLASSREF, k.NUMBER, k.STRING, k.BOOLEAN}
    | {k.DQPRE, k.DQMID, k.DQPOST, k.HEREDOC, k.REGEX, k.VARIABLE, k.WORD}
)
_NAMED_BY_ONE_TOKEN = frozenset({k.NUMBER, k.NAME, k.WORD, *k.KEYWORDS.values()})


def tokenize(
    text: str, file: str | None, keywords: Mapping[str, str], *, recovering: bool = False
) -> TokenString:
    """Returns the tokens of a text.

    A fault of the text is kept in the result, at its place, for the parser to raise if it comes there.

    Args:
        text: Puppet code.
        file: Its path, for messages.
        keywords: From reserved word to kind.
        recovering: Whether to go on in the line after a fault; else it is the last token.
    """
    lexer = _Lexer(text, Source(text, file), keywords)
    faults: dict[int, PuppetSyntaxError] = {}
    pos = 0
    while pos < len(text):
        try:
            pos = lexer.code(pos, interpolation=None)
        except (PuppetSyntaxError, RecursionError) as raised:
            error = raised if isinstance(raised, PuppetSyntaxError) else _nested_strings(lexer.source, pos)
            faults[len(lexer.kinds)] = error
            lexer.emit(k.FAULT, "", error.offset, error.offset)
            line_end = text.find("\n", max(pos, error.offset))
            pos = line_end + 1 if recovering and line_end >= 0 else len(text)
    lexer.emit(k.END, "", len(text), len(text))
    return TokenString.make(
        lexer.kinds, lexer.values, lexer.starts, lexer.ends, text=text, file=file, faults=faults
    )


def _nested_strings(source: Source, pos: int) -> PuppetSyntaxError:
    offset = max(source.text.find("${", pos), 0)
    return PuppetSyntaxError("Strings are nested in strings too deeply", source, offset)


class _Lexer:
    """Lexes one text: a file, or what a heredoc holds."""

    def __init__(
        self,
        text: str,
        source: Source,
        keywords: Mapping[str, str],
        *,
        heredoc: HeredocText | None = None,
        around: _Lexer | None = None,
    ) -> None:
        self.text = text
        self.source = source
        self.keywords = keywords
        self.heredoc = heredoc
        self.around = around
        self.after_heredocs = -1
        """Where the code goes on after the line, if heredocs started on it."""
        self.kinds: list[str] = []
        self.values: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def emit(self, kind: str, value: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.values.append(value)
        self.starts.append(start)
        self.ends.append(end)

    def fail(self, message: str, offset: int, hint: str = "") -> NoReturn:
        place = min(self.place(offset), len(self.source.text))
        raise PuppetSyntaxError(message, self.source, place, hint=hint)

    def place(self, offset: int) -> int:
        """Returns the offset in the file of an offset in this lexer's text."""
        if self.heredoc is None or self.around is None:
            return offset
        return self.around.place(self.heredoc.place(offset))

    # The loop that every token goes through: split up, it would take half as long again.
    def code(self, pos: int, *, interpolation: str | None) -> int:  # noqa: C901
        """Lexes code from ``pos``.

        Args:
            pos: Where to start.
            interpolation: None for a whole text; else the kind of token before the string that the code is
                interpolated in, and the code ends at its closing brace.

        Returns:
            The offset after the code.
        """
        text = self.text
        size = len(text)
        kinds, values, starts, ends = self.kinds, self.values, self.starts, self.ends
        add_kind, add_value, add_start, add_end = kinds.append, values.append, starts.append, ends.append
        keyword = self.keywords.get
        operator_kind = k.KIND
        depth = 0
        first = len(kinds)
        while True:
            line_end = text.find("\n", pos) if self.after_heredocs >= 0 else -1
            limit = size if line_end < 0 else line_end
            scanner = _TOKEN.scanner(text, pos, limit)  # type: ignore[attr-defined]
            special = False
            for match in iter(scanner.match, None):
                group = match.lastindex
                value = match[group]
                pos = end = match.end()
                start = end - len(value)
                if group == _NAME:
                    kind = keyword(value, k.NAME)
                elif group == _OPERATOR:
                    kind = operator_kind[value]
                elif group == _VARIABLE:
                    kind = k.VARIABLE
                    value = value[1:]
                elif group in _QUOTED:
                    kind = k.STRING
                    start -= 2
                elif group == _OPEN_BRACE:
                    depth += 1
                    kind = k.SELBRACE if kinds and kinds[-1] == "?" else "{"
                elif group == _CLOSE_BRACE:
                    if depth == 0 and interpolation is not None:
                        return pos
                    depth -= 1
                    kind = "}"
                elif group == _BRACKET:
                    kind = k.LISTSTART if start == 0 or text[start - 1].isspace() else "["
                elif group == _PARENTHESIS:
                    before = text[text.rfind("\n", 0, start) + 1 : start]
                    kind = k.WSLPAREN if not before or before.isspace() else "("
                elif group == _CLASSREF:
                    kind = k.CLASSREF
                elif group == _NUMBER:
                    kind = k.NUMBER
                else:
                    special = True
                    pos = start
                    break
                add_kind(kind)
                add_value(value)
                add_start(start)
                add_end(end)
            if special:
                after = interpolation if interpolation and len(kinds) == first else None
                pos = self.special(pos, after or (kinds[-1] if kinds else k.END))
            elif limit < size:
                pos = max(limit + 1, self.after_heredocs)
                self.after_heredocs = -1
            else:
                return size

    def special(self, pos: int, after: str) -> int:
        """Lexes a token that the regular expression leaves to us; returns the offset after it."""
        char = self.text[pos]
        if char == '"':
            return self.string(pos, pos + 1, DOUBLE_QUOTED)
        if char == "'":
            return self.single_quoted_string(pos)
        if char == "/":
            return self.slash(pos, after)
        if char == "@":
            return self.heredoc_at(pos)
        if char.isdigit() and char.isascii():
            return self.number(pos)
        if char == ":" or "A" <= char <= "Z":
            return self.qualified(pos)
        if "a" <= char <= "z" or char == "_":
            return self.bare_word(pos)
        return self.odd_character(pos)

    def odd_character(self, pos: int) -> int:
        char = self.text[pos]
        if char == "\ufeff" and pos == 0:
            self.fail(_BYTE_ORDER_MARK, pos)
        if char == "$":
            self.emit(k.VARIABLE, "", pos, pos + 1)
        elif char == "~":
            self.emit(k.TILDE, char, pos, pos + 1)
        elif unicodedata.category(char) != "Zs":
            self.emit(k.OTHER, "", pos, pos + 1)
        return pos + 1

    def bare_word(self, pos: int) -> int:
        match = _BARE_WORD.match(self.text, pos)
        if match is None:
            self.fail("Illegal fully qualified name", pos + 2)
        word = match[0]
        if _STRICT_NAME.fullmatch(word):
            self.emit(self.keywords.get(word, k.NAME), word, pos, match.end())
        else:
            self.emit(k.WORD, word, pos, match.end())
        return match.end()

    def qualified(self, pos: int) -> int:
        text = self.text
        leading = text.startswith("::", pos)
        if leading and not "A" <= text[pos + 2 : pos + 3] <= "Z":
            return self.bare_word(pos)
        match = _CLASS_REFERENCE.match(text, pos)
        end = match.end() if match else pos
        if text.startswith("::", end):
            if leading:
                self.fail("Illegal fully qualified class reference", end + 3)
            self.fail("Illegal class reference", end + 1)
        self.emit(k.CLASSREF, text[pos:end], pos, end)
        return end

    def number(self, pos: int) -> int:
        try:
            number = read_number(self.text, pos)
        except NumberError as error:
            self.fail(error.message, error.offset)
        end = pos + len(number)
        self.emit(k.NUMBER, number, pos, end)
        return end

    def slash(self, pos: int, after: str) -> int:
        if self.text.startswith("/*", pos):
            self.fail("Unclosed multiline comment", pos)
        match = _REGEX.match(self.text, pos) if after not in _NO_REGEX_AFTER else None
        if match is None:
            self.emit("/", "/", pos, pos + 1)
            return pos + 1
        self.emit(k.REGEX, match[1].replace("\\/", "/"), pos, match.end())
        return match.end()

    def single_quoted_string(self, pos: int) -> int:
        found = single_quoted(self.text, pos + 1)
        if found is None:
            self.unclosed_quote("'", pos, pos + 1)
        content, end = found
        self.emit(k.STRING, content, pos, end)
        return end

    def unclosed_quote(self, quote: str, start: int, pos: int) -> NoReturn:
        shown = '"\'"' if quote == "'" else f"'{quote}'"
        self.fail(
            f"Unclosed quote after {shown} followed by '{followed_by(self.text, pos)}'",
            pos,
            f"The string starts at line {self.source.position(self.place(start)).line}",
        )

    def string(self, start: int, pos: int, rules: StringRules) -> int:
        """Lexes a string that may have interpolations.

        Args:
            start: Where the string's first token starts, its quote included.
            pos: Where its text starts.
            rules: What ends it, and what its escapes mean.

        Returns:
            The offset after it.
        """
        first = len(self.kinds)
        before = self.kinds[-1] if self.kinds else k.END
        opening = start
        try:
            while True:
                text, terminator, pos = self.stretch(opening, pos, rules)
                more = len(self.kinds) > first
                if terminator == rules.closing:
                    self.emit(k.DQPOST if more else k.STRING, text, start, pos)
                    return pos
                kind = k.DQMID if more else k.DQPRE
                if terminator == "${":
                    self.emit(kind, text, start, pos)
                    pos = self.interpolated(pos, k.KIND["}"] if more else before)
                else:
                    self.emit(kind, text, start, pos - 1)
                    variable = _VARIABLE_NAME.match(self.text, pos)
                    name = variable[0] if variable else ""
                    self.emit(k.VARIABLE, name, pos - 1, pos + len(name))
                    pos += len(name)
                start = pos
        except PuppetSyntaxError:
            # Puppet lexes a string as a whole before it parses any of it: its fault comes first.
            for tokens in (self.kinds, self.values, self.starts, self.ends):
                del tokens[first:]
            raise

    def stretch(self, opening: int, pos: int, rules: StringRules) -> tuple[str, str, int]:
        """Reads text up to an interpolation or the string's end; a dollar sign before no name is text."""
        parts: list[str] = []
        while True:
            try:
                found = rules.stretch(self.text, pos)
            except UnicodeEscapeError:
                self.fail("Unicode escape '\\u' does not name a character", pos)
            if found is None:
                self.unclosed_quote(rules.closing or "$", opening, pos)
            text, terminator, pos = found
            parts.append(text)
            if terminator != "$" or _VARIABLE_NAME.match(self.text, pos):
                return "".join(parts), terminator, pos
            parts.append("$")

    def interpolated(self, pos: int, after: str) -> int:
        """Lexes ``code}``; a name at its start, if nothing but access follows, is a variable."""
        first = len(self.kinds)
        end = self.code(pos, interpolation=after)
        count = len(self.kinds) - first
        alone = count == 1 or (count > 1 and self.kinds[first + 1] in (".", "["))
        if alone and self.kinds[first] in _NAMED_BY_ONE_TOKEN:
            self.kinds[first] = k.VARIABLE
        return end

    def heredoc_at(self, pos: int) -> int:
        """Lexes a heredoc's tag at ``pos``, and its text on the following lines."""
        try:
            tag = read_tag(self.text, pos)
            start = self.after_heredocs if self.after_heredocs >= 0 else next_line(self.text, tag.end)
            body = read_text(self.text, start, tag)
        except HeredocError as error:
            self.fail(error.message, error.offset)
        inner = _Lexer(body.text, self.source, self.keywords, heredoc=body, around=self)
        inner.string(0, 0, heredoc_rules(tag.escapes, interpolated=tag.interpolated))
        self.emit(k.HEREDOC, tag.syntax, pos, tag.end)
        self.kinds += inner.kinds
        self.values += inner.values
        self.starts += map(body.place, inner.starts)
        self.ends += map(body.place, inner.ends)
        self.ends[-1] = body.end - 1 if self.text[body.end - 1] == "\n" else body.end
        self.after_heredocs = body.end
        return tag.end
