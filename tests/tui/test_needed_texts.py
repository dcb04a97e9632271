"""What is read off a regular expression, so that most of a log need not be looked at."""

from __future__ import annotations

import re
import warnings
from time import monotonic

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appo_tui.jobs.events import LogLine
from appo_tui.jobs.store.logs import CountedLines
from appo_tui.tui.filters import FilterError, compile_pattern
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.hunt import LogHunt
from appo_tui.tui.log.needed_texts import needed_texts
from appo_tui.tui.log.rows import Wanted, rows_of
from appo_tui.tui.log.search import sieve_for
from tests.tui.events import log


@pytest.mark.parametrize(("expression", "needed"), [
    ("nowhere.to.be.found", (("nowhere", "to", "be", "found"),)),
    ("error|failed", (("error",), ("failed",))),
    ("ab?c", (("a", "c"),)),
    ("ab*", (("a",),)),
    ("ab+c", (("ab", "c"),)),
    ("ab{0,3}c", (("a", "c"),)),
    (r"a\.b\d+c", (("a.b", "c"),)),
    ("(ab)?cd", (("cd",),)),
    ("(a|b)c|[xy]z", (("c",), ("z",))),
    ("[)]ab(?:[(]x)", (("ab",),)),
    ("[]a]b", (("b",),)),
    (r"[\]a]b", (("b",),)),
    ("(?!no)yes", (("yes",),)),
    ("a|.*", ()),
    ("[ab]+", ()),
    (r"\x41b", ()),
    ("", ()),
])  # fmt: skip
def test_texts_that_a_match_must_have(expression: str, needed: tuple[tuple[str, ...], ...]) -> None:
    assert needed_texts(expression) == needed


PIECES = st.sampled_from(
    ["a", "b", "Err", "/etc", ".", "*", "+", "?", "{2}", "{0,1}", "|", "(a|b)", "(?:x)?", "[ab]", "[^]x]",
     r"\.", r"\d", r"\b", "^", "$", "(", ")", "[", "]", "{", "}", r"\\", ":", " ", "(?i)", "(?=a)"]
)  # fmt: skip
LINES = st.lists(
    st.sampled_from(["a", "b", "Err", "/etc", ".", "x", "2", ":", " ", "\\", "{", "Error", "ab"])
)


@given(st.lists(PIECES, min_size=1, max_size=7).map("".join), LINES.map("".join))
def test_a_line_that_matches_has_them(expression: str, text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            compiled = re.compile(expression)
    except re.error:
        return
    needed = needed_texts(expression)
    match = compiled.search(text)
    if match and needed:
        held = text.lower() if compiled.flags & re.IGNORECASE else text
        fold = str.lower if compiled.flags & re.IGNORECASE else str
        assert any(all(fold(each) in held for each in branch) for branch in needed)


@given(
    st.lists(PIECES, min_size=1, max_size=7).map("".join),
    LINES.map("".join),
    st.sampled_from(["err", "notice"]),
    st.sampled_from(["Puppet", "/etc/x", "Err"]),
)
def test_a_chunk_is_passed_over_only_where_no_line_matches(
    expression: str, text: str, level: str, source: str
) -> None:
    try:
        pattern = compile_pattern(expression)
    except FilterError:
        return
    line = LogLine(0.0, "stdout", level, source, text)
    meant = [0] if pattern.matches(rows_of((line,), "n", 1)[0].text) else []
    assert Wanted(pattern).places(msgspec.json.encode((line,))) == meant


def test_puppets_words_for_levels_are_not_what_is_looked_for_where_there_is_more() -> None:
    assert Wanted(compile_pattern("Notice: .*mariadb")).needles() == ("mar_adb",)
    assert Wanted(compile_pattern("mariadb|nginx")).needles() == ("mar_adb", "ng_nx")


def absent_log(count: int) -> LogBuffer:
    """A log of which no text is at hand."""
    buffer = LogBuffer()
    chunks = [log("n", ["x"], first=number + 1) for number in range(count)]
    buffer.append([
        msgspec.structs.replace(each, lines=CountedLines(1), sequence=sequence)
        for sequence, each in enumerate(chunks, 1)
    ])  # fmt: skip
    return buffer


def test_a_filter_reads_only_what_the_store_has_not_ruled_out() -> None:
    buffer = absent_log(50)
    buffer.only = compile_pattern("some.needle")
    buffer.refilter()
    buffer.sieve = sieve_for(buffer, buffer.wanted, 0)
    assert buffer.sieve is not None
    assert not buffer.advance(monotonic() + 10)
    assert buffer.sequences() == []
    buffer.sieve.take(0, frozenset({40}))
    buffer.advance(monotonic() + 10)
    assert buffer.sequences() == [40]


def test_the_next_error_reads_only_what_the_store_has_not_ruled_out() -> None:
    buffer = absent_log(50)
    hunt = LogHunt(buffer)
    hunt.ask_error(0, 1)
    assert hunt.error_sieve is not None
    hunt.advance(monotonic() + 10)
    assert buffer.sequences() == []
    hunt.error_sieve.take(0, frozenset({30}))
    hunt.advance(monotonic() + 10)
    assert buffer.sequences() == [30]
