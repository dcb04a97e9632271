"""Where the lines of a log are, which of them are shown, and what is found among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryDirectory
from time import monotonic

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from appo_tui.jobs import JobProgress, Store, open_store
from appo_tui.jobs.events import LogChunk, LogLine
from appo_tui.jobs.store import leases
from appo_tui.jobs.store.logs import CountedLines, PackedLines
from appo_tui.tui.filters import compile_pattern
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.hunt import LogHunt
from appo_tui.tui.log.line_ranges import LineRanges
from appo_tui.tui.log.rows import BAD_LEVELS, Wanted, rows_of
from appo_tui.tui.log.sieve import sifted
from tests.jobs.requests import request
from tests.tui.events import log


def chunk(*texts: str, node: str = "db1", level: str = "notice") -> LogChunk:
    return log(node, texts, level=level)


def packed(plain: LogChunk) -> LogChunk:
    return replace(plain, lines=PackedLines.of(len(plain.lines), msgspec.json.encode(plain.lines)))


def filled(*chunks: LogChunk, most_bytes: int = 1_000_000) -> LogBuffer:
    buffer = LogBuffer(most_bytes)
    buffer.append([replace(each, sequence=number) for number, each in enumerate(chunks, 1)])
    return buffer


def shown(buffer: LogBuffer) -> list[str]:
    look(buffer)
    rows = [buffer.row(index) for index in range(buffer.count())]
    return [row.text.removeprefix("Notice: ") for row in rows if row is not None]


def look(buffer: LogBuffer) -> None:
    while buffer.advance(monotonic() + 1):
        pass


def said(plain: LogChunk) -> list[str]:
    return [row.text for row in rows_of(plain.lines, plain.node, plain.first)]


def test_lines_are_read_with_puppets_word_for_their_level() -> None:
    assert said(chunk("no package", level="err")) == ["Error: no package"]


def test_the_class_that_a_bundle_declares_components_in_is_not_repeated_on_every_line() -> None:
    text = "/Stage[main]/Main/Appo_tui_components[db1]/Lamp::Db[app1]/Package[x]/ensure: created"
    assert said(chunk(text)) == ["Notice: Lamp::Db[app1]/Package[x]/ensure: created"]


def test_text_that_was_let_go_is_missed_and_can_be_given_again() -> None:
    lines = [chunk(f"line {number}") for number in range(100)]
    buffer = filled(*map(packed, lines), most_bytes=2_000)
    assert buffer.total == buffer.count() == 100
    assert buffer.row(99) is not None
    assert buffer.row(0) is None
    assert buffer.sequences() == [1]
    buffer.give([1], {1: msgspec.json.encode(lines[0].lines)})
    row = buffer.row(0)
    assert row is not None
    assert row.text == "Notice: line 0"
    assert buffer.sequences() == []


def test_lines_that_are_gone_from_the_store_are_empty() -> None:
    buffer = filled(replace(chunk("a", "b"), lines=CountedLines(2)))
    buffer.give([1], {})
    assert shown(buffer) == ["", ""]


def test_only_lines_that_match_with_their_context() -> None:
    buffer = filled(chunk("a", "b", "c", "hit", "d"), chunk("e", "f", "hit", "g"))
    buffer.only = compile_pattern("hit")
    buffer.refilter()
    assert shown(buffer) == ["hit", "hit"]
    buffer.context = 2
    buffer.refilter()
    assert shown(buffer) == ["b", "c", "hit", "d", "e", "f", "hit", "g"]


def test_one_nodes_lines_among_those_of_others() -> None:
    buffer = filled(chunk("a1", "a2", node="a"), chunk("b1", node="b"), chunk("a3", node="a"))
    buffer.node = "a"
    buffer.refilter()
    assert shown(buffer) == ["a1", "a2", "a3"]
    assert [buffer.position(index) for index in range(3)] == [0, 1, 3]
    assert buffer.index_at(2) == 2
    buffer.append([chunk("a4", node="a"), chunk("b2", node="b")])
    assert shown(buffer) == ["a1", "a2", "a3", "a4"]


texts = st.lists(
    st.lists(st.sampled_from(["ok", "hit", "warn", "HIT \u212aelvin", "a \"quoted\" hit"]), max_size=8),
    max_size=12,
)
"""Lines by chunk."""


@given(texts, st.sampled_from([0, 2]), st.sampled_from(["hit", "Hit", "!hit", "h.t$", "kelvin", "notice"]))
def test_a_filter_shows_what_matches_whether_lines_come_before_or_after_it(
    chunks: list[list[str]], context: int, wanted: str
) -> None:
    made = [packed(chunk(*each)) for each in chunks]
    late = filled(*made)
    early = LogBuffer()
    for buffer in (early, late):
        buffer.context = context
        buffer.only = compile_pattern(wanted)
        buffer.refilter()
    for each in made:
        early.append([each])
        look(early)
    lines = [f"Notice: {text}" for each in chunks for text in each]
    hits = [number for number, text in enumerate(lines) if compile_pattern(wanted).matches(text)]
    meant = sorted({near for hit in hits for near in range(hit - context, hit + context + 1)
                    if 0 <= near < len(lines)})  # fmt: skip
    for buffer in (early, late):
        look(buffer)
        assert [buffer.position(index) for index in range(buffer.count())] == meant


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5)), max_size=15))
def test_ranges_are_the_numbers_in_them(ranges: list[tuple[int, int]]) -> None:
    made, meant = LineRanges(), list[int]()
    for first, length in ranges:
        made.add(first, first + length)
        meant += [number for number in range(first, first + length) if not meant or number > meant[-1]]
    assert [made.number(index) for index in range(len(made))] == meant
    for number in range(50):
        assert (number in made) == (number in meant)
        assert made.index(number) == sum(1 for each in meant if each < number)


@given(texts, st.integers(0, 60), st.sampled_from([1, -1]), st.booleans())
def test_a_search_goes_to_the_nearest_match_around_the_end(
    chunks: list[list[str]], start: int, step: int, in_slices: bool
) -> None:
    buffer = filled(*(packed(chunk(*each)) for each in chunks))
    lines = [text for each in chunks for text in each]
    hits = [number for number, text in enumerate(lines) if "hit" in text.lower()]
    start = min(start, max(0, len(lines) - 1))
    hunt = LogHunt(buffer)
    hunt.begin(compile_pattern("hit"), start)
    went = visit(hunt, [], in_slices=in_slices)
    ahead = [hit for hit in hits if hit >= start]
    assert went == ([(ahead or hits)[0]] if hits else [])
    for _ in range(3 if hits else 0):
        here = went[-1]
        hunt.ask_match(here, step)
        visit(hunt, went, in_slices=in_slices)
        meant = [hit for hit in hits if (hit - here) * step > 0] or hits
        assert went[-1] == (min(meant) if step > 0 else max(meant))
    visit(hunt, went, in_slices=False)
    if hits:
        assert hunt.outcome() == f"{hits.index(went[-1]) + 1} of {len(hits)}"
    else:
        assert hunt.outcome() == "no match"


def visit(hunt: LogHunt, went: list[int], *, in_slices: bool) -> list[int]:
    """Go on until the place that was asked for is known, or all was looked at."""
    more = True
    while more:
        more = hunt.advance(monotonic() + (0 if in_slices else 10))
        place = hunt.arrived()
        if place is not None:
            went.append(place)
            break
    return went


def test_a_search_finds_what_comes_later_and_what_must_be_read_first() -> None:
    plain = chunk("a", "hit")
    buffer = filled(replace(plain, lines=CountedLines(2)))
    hunt = LogHunt(buffer)
    hunt.begin(compile_pattern("hit"), 0)
    assert not hunt.advance(monotonic() + 10)
    assert hunt.outcome() == "searching 0%"
    buffer.give(buffer.sequences(), {1: msgspec.json.encode(plain.lines)})
    hunt.advance(monotonic() + 10)
    assert hunt.arrived() == 1
    buffer.append([chunk("another hit")])
    hunt.advance(monotonic() + 10)
    assert hunt.outcome() == "1 of 2"


@settings(deadline=None, max_examples=40)
@given(texts, st.integers(0, 60), st.sampled_from(["hit", "HIT", "kelvin", "warn", "quoted", "notice"]),
       st.booleans())  # fmt: skip
def test_a_search_finds_the_same_lines_whether_or_not_the_store_looks_first(
    chunks: list[list[str]], start: int, wanted: str, late: bool
) -> None:
    made = [replace(chunk(*each), sequence=number) for number, each in enumerate(chunks, 1)]
    start = min(start, max(0, sum(map(len, chunks)) - 1))
    went, outcomes = [], []
    with log_in_store(made) as (store, job):
        texts = store.packed_log(job, [each.sequence for each in made])
        for sieved in (False, True):
            buffer = LogBuffer()
            buffer.append([replace(each, lines=CountedLines(len(each.lines))) for each in made])
            hunt = LogHunt(buffer)
            pattern = compile_pattern(wanted)
            sieve = hunt.new_sieve(pattern, start) if sieved else None
            hunt.begin(pattern, start, sieve)
            if sieve is not None:
                if late:
                    buffer.append([replace(chunk("hit", "warn"), sequence=len(made) + 1)])
                for first, held in sifted(sieve, partial(store.log_chunks_with, job)):
                    sieve.take(first, held)
                sieve.take(0, None)
            elif late:
                buffer.append([replace(chunk("hit", "warn"), sequence=len(made) + 1)])
            places: list[int | None] = []
            hunt.advance(monotonic() + 10)
            while buffer.missing:
                asked = buffer.sequences()
                buffer.give(asked, texts)
                hunt.advance(monotonic() + 10)
            places.append(hunt.arrived())
            went.append(places)
            outcomes.append(hunt.outcome())
    assert went[0] == went[1]
    assert outcomes[0] == outcomes[1]


@contextmanager
def log_in_store(chunks: list[LogChunk]) -> Iterator[tuple[Store, int]]:
    """A store that has a job with this log; the job's number."""
    with TemporaryDirectory() as directory:
        store = open_store(f"sqlite:///{directory}/jobs.sqlite")
        job = store.create(request())
        lease = leases.acquire(store, job, "r")
        assert lease is not None
        leases.append(store, lease, chunks, JobProgress.of(request()).with_events(chunks))
        yield store, job
        store.close()


def test_text_that_the_store_has_ruled_out_is_never_read() -> None:
    buffer = filled(*(replace(chunk("x"), lines=CountedLines(1)) for _ in range(50)))
    hunt = LogHunt(buffer)
    pattern = compile_pattern("needle")
    sieve = hunt.new_sieve(pattern, 0)
    assert sieve is not None
    hunt.begin(pattern, 0, sieve)
    assert not hunt.advance(monotonic() + 10)
    assert buffer.sequences() == []
    sieve.take(0, frozenset({40}))
    hunt.advance(monotonic() + 10)
    assert buffer.sequences() == [40]


def test_errors_are_gone_to_without_going_around_the_end() -> None:
    buffer = filled(chunk("a"), chunk("b", level="err"), chunk("c"), chunk("d", level="crit"))
    hunt = LogHunt(buffer)
    went: list[int | None] = []
    for step in (1, 1, 1, -1, -1):
        hunt.ask_error(-1 if hunt.found is None else hunt.found, step)
        hunt.advance(monotonic() + 10)
        went.append(hunt.arrived())
    assert went == [1, 3, None, 1, None]


@pytest.mark.parametrize("wanted", ["Error", "error", "error: no", "quoted", "Exec[a b]", "tab"])
def test_chunks_are_passed_over_only_where_no_line_matches(wanted: str) -> None:
    lines = ("no package", 'a "quoted" word', "Exec[a b]/returns: x", "a\ttab", "caf\u00e9")
    made = [LogLine(0.0, "stdout", level, source, text) for text in lines
            for level in ("err", "notice") for source in ("Puppet", "Exec[a b]")]  # fmt: skip
    pattern = compile_pattern(wanted)
    for each in made:
        data = msgspec.json.encode((each,))
        meant = [0] if pattern.matches(rows_of((each,), "n", 1)[0].text) else []
        assert Wanted(pattern).places(data) == meant


def test_levels_are_told_apart_before_anything_is_decoded() -> None:
    data = msgspec.json.encode((LogLine(0.0, "stdout", "err", "Puppet", "x"),))
    assert Wanted(levels=BAD_LEVELS).places(data) == [0]
    assert Wanted(levels=frozenset({"warning"})).places(data) == []


def test_a_capital_letter_makes_a_search_exact_and_an_exclamation_mark_inverts_it() -> None:
    assert compile_pattern("error").matches("An Error")
    assert not compile_pattern("Error").matches("an error")
    assert compile_pattern("!error").matches("fine")
