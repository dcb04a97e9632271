"""Functions that match regular expressions."""

from __future__ import annotations

import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.iteration import elements
from appo_tui.evaluator.functions.registry import built_in, stdlib_counting
from appo_tui.evaluator.functions.strings import per_string
from appo_tui.evaluator.types import Pattern as PatternType
from appo_tui.evaluator.types import Regexp as RegexpType
from appo_tui.evaluator.types import TypeAlias, Variant
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_text
from appo_tui.evaluator.values import Regexp, Value


@stdlib_counting("regexpescape", 1, None)
def regexpescape(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """With all that is special in regular expressions escaped."""
    return per_string("regexpescape", value, re.escape)


@stdlib_counting("grep", 2, 2)
def grep(_call: FunctionCall, array: Value, pattern: str) -> Value:
    """The elements that match."""
    expression = compiled(pattern)
    return tuple(item for item in elements(array) if isinstance(item, str) and expression.search(item))


@stdlib_counting("reject", 2, 2)
def reject(_call: FunctionCall, array: Value, pattern: str) -> Value:
    """The elements that don't match."""
    if not isinstance(array, tuple):
        raise FunctionError("reject(): Requires array to work with")
    expression = compiled(pattern)
    return tuple(item for item in array if not (isinstance(item, str) and expression.search(item)))


@built_in("regsubst",
    "Variant[Array[String], String] target, String pattern,"
    " Variant[String, Hash[String, String]] replacement,"
    " Optional[Pattern[/^[GEIM]*$/]] flags?, Enum['E', 'N', 'S', 'U'] encoding?",
    "Variant[Array[String], String] target, Variant[Regexp, Type[Regexp]] pattern,"
    " Variant[String, Hash[String, String]] replacement, Pattern[/^G?$/] flags?",
)  # fmt: skip
def regsubst(
    _call: FunctionCall,
    target: Value,
    pattern: Value,
    replacement: Value,
    flags: str | None = None,
    _encoding: str | None = None,
) -> Value:
    """The target with the first match replaced, or with flag G every one."""
    options = flags or ""
    text = _pattern_text(pattern)
    inline = "".join(letter for flag, letter in (("E", "x"), ("I", "i"), ("M", "m")) if flag in options)
    expression = compiled(f"(?{inline}:{text})" if inline else text)
    count = 0 if "G" in options else 1

    def replaced(match: re.Match[str]) -> str:
        if isinstance(replacement, dict):
            return ruby_text(replacement.get(match[0]))
        return _expanded(str(replacement), match)

    if isinstance(target, tuple):
        return tuple(expression.sub(replaced, str(item), count=count) for item in target)
    return expression.sub(replaced, str(target), count=count)


def _pattern_text(pattern: Value) -> str:
    if isinstance(pattern, Regexp):
        return pattern.pattern
    if isinstance(pattern, str):
        return pattern
    return getattr(pattern, "pattern", None) or ""


def _expanded(replacement: str, match: re.Match[str]) -> str:
    r"""A replacement with ``\1``, ``\0``, ``\&``, ``\k<name>`` and their like filled in, as Ruby does."""

    def one(reference: re.Match[str]) -> str:
        mark = reference[1]
        if mark.isdigit():
            index = int(mark)
            return (match[index] or "") if index <= (match.re.groups or 0) else ""
        if mark.startswith("k<"):
            return match[mark[2:-1]] or ""
        around = {"`": match.string[: match.start()], "'": match.string[match.end() :]}
        return {"&": match[0], "\\": "\\", **around}[mark]

    return re.sub(r"\\(\d|k<\w+>|[&`'\\])", one, replacement)


@built_in("split",
    "String str, String pattern", "String str, Regexp pattern", "String str, Type[Regexp] pattern"
)  # fmt: skip
def split(_call: FunctionCall, text: str, pattern: Value) -> Value:
    """The parts between matches; empty ones at the end are left out."""
    return ruby_split(text, _pattern_text(pattern))


def ruby_split(text: str, pattern: str) -> tuple[str, ...]:
    """``text.split(/pattern/)`` of Ruby."""
    expression = compiled(pattern)
    parts: list[str] = []
    start = 0
    for match in expression.finditer(text):
        if match.end() == match.start() and match.start() in (0, len(text)):
            continue
        parts.append(text[start : match.start()])
        parts.extend(group for group in match.groups() if group is not None)
        start = match.end()
    parts.append(text[start:])
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


@built_in("match",
    "String string, Variant[Any, Type] pattern", "Array[String] string, Variant[Any, Type] pattern"
)  # fmt: skip
def match_(_call: FunctionCall, target: Value, pattern: Value) -> Value:
    """The match and its groups; undef if there is none. For an array of strings, one for each."""
    if isinstance(target, tuple):
        return tuple(_matched(str(item), pattern) for item in target)
    return _matched(str(target), pattern)


def _matched(text: str, pattern: Value) -> Value:
    for expression in _expressions(pattern):
        found = compiled(expression).search(text)
        if found:
            return (found[0], *found.groups())
    return None


def _expressions(pattern: Value) -> tuple[str, ...]:
    match pattern:
        case str():
            return (pattern,)
        case Regexp():
            return (pattern.pattern,)
        case RegexpType():
            if pattern.pattern is None:
                raise FunctionError("Given Regexp Type has no regular expression")
            return (pattern.pattern,)
        case PatternType():
            return tuple(one.pattern for one in pattern.patterns)
        case TypeAlias():
            return _expressions(pattern.resolve())
        case Variant():
            return tuple(text for one in pattern.types for text in _expressions(one))
        case tuple():
            return tuple(text for one in pattern for text in _expressions(one))
    raise FunctionError(
        "match() expects pattern of T, where T is String, Regexp, Regexp[r], Pattern[p], or Array[T]. "
        f"Got {ruby_class(pattern)}"
    )
