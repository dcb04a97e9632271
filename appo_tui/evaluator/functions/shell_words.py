"""Functions that write and read the words of command lines."""

from __future__ import annotations

import re
import shlex

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import built_in_counting, stdlib_counting
from appo_tui.evaluator.types.access_keys import flattened_keys
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_inspect, ruby_text
from appo_tui.evaluator.values import Value


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


@built_in_counting("shellquote", 0)
def shellquote(_call: FunctionCall, *arguments: Value) -> Value:
    """Words quoted for a shell, joined by spaces."""
    return " ".join(_quoted_word(word) for word in flattened_keys(arguments))


def _quoted_word(word: Value) -> str:
    if not isinstance(word, str):
        inspected = "nil" if word is None else f"{ruby_inspect(word)}:{ruby_class(word)}"
        raise FunctionError(f"undefined method `length' for {inspected}")
    if word and re.fullmatch(r"[A-Za-z0-9:@%_+=.,/-]+", word):
        return word
    if not re.search(r'[!"`$\\]', word):
        return f'"{word}"'
    if "'" not in word:
        return f"'{word}'"
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
