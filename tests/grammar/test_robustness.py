"""Any text gives a tree or a syntax error, in a time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puppet_grammar import PuppetSyntaxError, Source, decode, parse, parse_lenient, to_pn, validate
from tests.grammar.writing import PIECES

_DEEP = [
    "[", "(", "{", "!", "-", "[1,", "$x = ", "if x { ", "case x { 1: { ", '"${', "$a ? ", "class a { ", "a(",
    "$x.each |$y| { ", "{x=>", "a { b: c => ", "$a[", "x => ", "@", "unless x { ", '"a${"b${',
]  # fmt: skip
_LONG = ["[1]", "+1", "->A", ".b", " == 1", "(1)", "=> 1, x"]


def read(text: str) -> None:
    """Does all that can be done with a text; only a syntax error may be raised."""
    try:
        tree = parse(text)
    except PuppetSyntaxError as error:
        explanation = error.explanation()
    else:
        to_pn(tree)
        validate(tree, Source(text))
        return
    assert explanation
    assert parse_lenient(text).errors


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except PuppetSyntaxError:
        return
    read(text)


@settings(max_examples=300)
@given(st.sampled_from(PIECES), st.sampled_from(PIECES), st.integers(0, 200), st.integers(0, 200))
def test_code_cut_and_joined_is_read_or_refused(first: str, second: str, end: int, start: int) -> None:
    read(first[:end] + second[start:])


@pytest.mark.parametrize("opening", _DEEP)
def test_nesting_without_end_is_refused(opening: str) -> None:
    with pytest.raises(PuppetSyntaxError):
        parse(opening * 10_000)
    assert parse_lenient(opening * 10_000).errors


@pytest.mark.parametrize("operator", _LONG)
def test_operators_without_end_are_read_or_refused(operator: str) -> None:
    read("$a" + operator * 10_000)


def test_code_nested_a_hundred_deep_is_read() -> None:
    read("if $x { " * 100 + "include a" + " }" * 100)
    read("$x = " + "[" * 300 + "]" * 300)


_REPEATED = [
    "$a = [1, 'x', \"y${z}\"]\n", "# comment\n", "/* */ ", "'x' ", '"\\u0041\\n$x" ',
    "$h = @(E)\n x\n E\n", "f(/x/)\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", _REPEATED)
def test_time_grows_with_length(piece: str) -> None:
    def seconds(count: int) -> float:
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            parse(piece * count)
            best = min(best, time.process_time() - started)
        return best

    # Eight times the text takes eight times as long; were it the square, it would take 64 times.
    assert seconds(8_000) < 30 * seconds(1_000) + 0.05
