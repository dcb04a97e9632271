"""Functions of strings."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from urllib.parse import quote

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.iteration import elements
from appo_tui.evaluator.functions.registry import built_in, stdlib_counting
from appo_tui.evaluator.types import Pattern as PatternType
from appo_tui.evaluator.types import Regexp as RegexpType
from appo_tui.evaluator.types import TypeAlias, Variant
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_inspect, ruby_text
from appo_tui.evaluator.values import Regexp, Value

_RUBY_BLANKS = " \t\n\v\f\r\0"


def _chomped(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else (text[:-1] if text.endswith(("\n", "\r")) else text)


def _chopped(text: str) -> str:
    return text[:-2] if text.endswith("\r\n") else text[:-1]


def _camelcased(text: str) -> str:
    return "".join(part.capitalize() for part in text.split("_"))


def _register_text_functions() -> None:
    """The functions that change a string, or each string of an array, and leave numbers as they are."""
    changes: dict[str, Callable[[str], str]] = {
        "upcase": str.upper,
        "downcase": str.lower,
        "capitalize": str.capitalize,
        "camelcase": _camelcased,
        "chomp": _chomped,
        "chop": _chopped,
        "strip": lambda text: text.lstrip(_RUBY_BLANKS).rstrip(_RUBY_BLANKS),
        "lstrip": lambda text: text.lstrip(_RUBY_BLANKS),
        "rstrip": lambda text: text.rstrip(_RUBY_BLANKS),
    }
    for name, change in changes.items():
        deep = name in ("upcase", "downcase")
        collections = ("Array arg", "Hash arg") if deep else ("Iterable[Variant[String, Numeric]] arg",)
        built_in(name, "Numeric arg", "String arg", *collections)(_text_function(name, change))


def _text_function(name: str, change: Callable[[str], str]) -> Callable[..., Value]:
    def changed(_call: FunctionCall, argument: Value) -> Value:
        if isinstance(argument, (str, int, float, dict)):
            return _changed_deeply(change, argument)
        return tuple(_changed_deeply(change, item) for item in elements(argument))

    changed.__doc__ = f"{name.capitalize()} of text, or of each text in a collection."
    return changed


def _changed_deeply(change: Callable[[str], str], item: Value) -> Value:
    match item:
        case str():
            return change(item)
        case tuple():
            return tuple(_changed_deeply(change, one) for one in item)
        case dict():
            return {_changed_deeply(change, key): _changed_deeply(change, one) for key, one in item.items()}
    return item


_register_text_functions()


def _per_string(name: str, value: Value, change: Callable[[str], str]) -> Value:
    """What the stdlib functions do that take a string or an array of strings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(change(item) if isinstance(item, str) else item for item in value)
    raise FunctionError(f"{name}(): Requires either array or string to work with")


@stdlib_counting("swapcase", 1, None)
def swapcase(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """Upper case letters in lower case and the other way round."""
    return _per_string("swapcase", value, str.swapcase)


@stdlib_counting("squeeze", 1, 2)
def squeeze(_call: FunctionCall, value: Value, characters: str | None = None) -> Value:
    """Runs of the same character as one."""
    pattern = r"(.)\1+" if characters is None else f"([{re.escape(characters)}])\\1+"
    return _per_string("squeeze", value, lambda text: re.sub(pattern, r"\1", text, flags=re.DOTALL))


@stdlib_counting("uriescape", 1, None)
def uriescape(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """Percent-encoded."""
    return _per_string("uriescape", value, lambda text: quote(text, safe=";/?:@&=+$,-_.!~*'()[]"))


@stdlib_counting("shell_escape", 1, 1)
def shell_escape(_call: FunctionCall, value: Value) -> Value:
    """One word for a shell."""
    return _shell_word(ruby_text(value))


def _shell_word(text: str) -> str:
    """``text`` with a backslash before all that is special to a shell."""
    if not text:
        return "''"
    return re.sub(r"([^A-Za-z0-9_\-.,:+/@\n])", r"\\\1", text).replace("\n", "'\n'")


@stdlib_counting("shell_join", 1, 1)
def shell_join(_call: FunctionCall, words: Value) -> Value:
    """Words as one command line."""
    if not isinstance(words, tuple):
        raise FunctionError(f"First argument is not an Array: {ruby_inspect(words)}")
    return " ".join(_shell_word(ruby_text(word)) for word in words)


@stdlib_counting("shell_split", 1, 1)
def shell_split(_call: FunctionCall, line: Value) -> Value:
    """A command line's words."""
    return tuple(shlex.split(ruby_text(line)))


@built_in("shellquote", "Any args*")
def shellquote(_call: FunctionCall, *arguments: Value) -> Value:
    """Words quoted for a shell, joined by spaces."""
    words: list[Value] = []
    for argument in arguments:
        words.extend(argument if isinstance(argument, tuple) else (argument,))
    return " ".join(_quoted_word(ruby_text(word)) for word in words)


def _quoted_word(word: str) -> str:
    if word and re.fullmatch(r"[A-Za-z0-9:@%_+=.,/-]+", word):
        return word
    if not re.search(r'[!"`$\\]', word):
        return f'"{word}"'
    if "'" not in word:
        return f"'{word}'"
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


@stdlib_counting("regexpescape", 1, None)
def regexpescape(_call: FunctionCall, value: Value, *_more: Value) -> Value:
    """With all that is special in regular expressions escaped."""
    return _per_string("regexpescape", value, re.escape)


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


@stdlib_counting("dos2unix", 1, 1)
def dos2unix(_call: FunctionCall, text: Value) -> Value:
    """Lines ending in LF."""
    if not isinstance(text, str):
        raise FunctionError("dos2unix(): Requires string as argument")
    return text.replace("\r\n", "\n")


@stdlib_counting("unix2dos", 1, 1)
def unix2dos(_call: FunctionCall, text: Value) -> Value:
    """Lines ending in CR LF."""
    if not isinstance(text, str):
        raise FunctionError("unix2dos(): Requires string as argument")
    return re.sub(r"\r*\n", "\r\n", text)


@stdlib_counting("basename", 1, 2)
def basename(_call: FunctionCall, path: Value, suffix: Value = None) -> Value:
    """A path's last part, without ``suffix``."""
    if not isinstance(path, str):
        raise FunctionError("basename(): Requires string as first argument")
    if suffix is not None and not isinstance(suffix, str):
        raise FunctionError("basename(): Requires string as second argument")
    name = path.rstrip("/").rpartition("/")[2] or ("/" if path.startswith("/") else "")
    if suffix == ".*":
        return re.sub(r"(?<=.)\.[^.]*\Z", "", name)
    return name.removesuffix(suffix) if suffix and name != suffix else name


@stdlib_counting("dirname", 1, 1)
def dirname(_call: FunctionCall, path: Value) -> Value:
    """A path without its last part."""
    if not isinstance(path, str):
        raise FunctionError("dirname(): Requires string as argument")
    if not path:
        raise FunctionError("dirname(): Requires a non-empty string as argument")
    head, slash, _ = path.rstrip("/").rpartition("/")
    return head.rstrip("/") or ("/" if slash or path.startswith("/") else ".")


@stdlib_counting("enclose_ipv6", 1, 1)
def enclose_ipv6(_call: FunctionCall, addresses: Value) -> Value:
    """Addresses with brackets around those of IPv6."""
    if not isinstance(addresses, (str, tuple)):
        raise FunctionError(
            f"enclose_ipv6(): Wrong argument type given {ruby_class(addresses)} expected String or Array"
        )
    items = (addresses,) if isinstance(addresses, str) else addresses
    enclosed = tuple(f"[{one}]" if isinstance(one, str) and _is_bare_ipv6(one) else one for one in items)
    return enclosed[0] if isinstance(addresses, str) else tuple(dict.fromkeys(enclosed))


def _is_bare_ipv6(text: str) -> bool:
    return ":" in text and not text.startswith("[")


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
