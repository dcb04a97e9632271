"""The lines that a log view keeps, and which of them it shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appo_tui.tui.filters import compile_pattern
from appo_tui.tui.log_buffer import LogBuffer, LogRow, rows_of
from tests.tui.events import log


def rows(*texts: str, node: str = "db1", level: str = "notice", first: int = 1) -> list[LogRow]:
    return [LogRow(0.0, node, first + number, level, text) for number, text in enumerate(texts)]


def shown(buffer: LogBuffer) -> list[str]:
    return [buffer.row(index).text for index in range(buffer.count())]


def test_lines_are_read_with_puppets_word_for_their_level() -> None:
    assert [row.text for row in rows_of(log("db1", ["no package"], level="err"))] == ["Error: no package"]


def test_the_class_that_a_bundle_declares_components_in_is_not_repeated_on_every_line() -> None:
    text = "/Stage[main]/Main/Appo_tui_components[db1]/Lamp::Db[app1]/Package[x]/ensure: created"
    assert [row.text for row in rows_of(log("db1", [text]))] == [
        "Notice: Lamp::Db[app1]/Package[x]/ensure: created"
    ]


def test_old_lines_go_when_there_are_too_many_and_are_counted() -> None:
    buffer = LogBuffer(most=100)
    for start in range(0, 250, 50):
        buffer.append(rows(*map(str, range(start, start + 50))))
    assert buffer.total == 250
    assert buffer.dropped == 150
    assert shown(buffer) == [str(number) for number in range(150, 250)]


def test_a_line_keeps_its_position_while_older_ones_go() -> None:
    buffer = LogBuffer(most=100)
    buffer.append(rows(*map(str, range(100))))
    position = buffer.position(90)
    buffer.append(rows(*map(str, range(100, 150))))
    assert buffer.row(buffer.index_at(position)).text == "90"


def test_only_lines_that_match_with_their_context() -> None:
    buffer = LogBuffer()
    buffer.append(rows("a", "b", "c", "hit", "d", "e", "f", "hit", "g"))
    buffer.only = compile_pattern("hit")
    buffer.refilter()
    assert shown(buffer) == ["hit", "hit"]
    buffer.context = 2
    buffer.refilter()
    assert shown(buffer) == ["b", "c", "hit", "d", "e", "f", "hit", "g"]


@given(
    chunks=st.lists(st.lists(st.sampled_from(["ok", "hit", "warn"]), max_size=20), max_size=20),
    most=st.integers(5, 50),
    context=st.sampled_from([0, 2]),
)
def test_a_filter_shows_the_same_whether_lines_come_before_or_after_it(
    chunks: list[list[str]], most: int, context: int
) -> None:
    early, late = LogBuffer(most), LogBuffer(most)
    for buffer in (early, late):
        buffer.context = context
    early.only = compile_pattern("hit")
    early.refilter()
    for chunk in chunks:
        early.append(rows(*chunk))
        late.append(rows(*chunk))
    late.only = compile_pattern("hit")
    late.refilter()
    wanted = {early.position(index) for index in range(early.count())}
    if not early.dropped:
        assert [late.position(index) for index in range(late.count())] == sorted(wanted)
    assert early.total == late.total == sum(map(len, chunks))
    assert all("hit" in early.row(index).text for index in range(early.count())) or context


def test_search_goes_around_the_end() -> None:
    buffer = LogBuffer()
    buffer.append(rows("a", "hit", "b"))
    pattern = compile_pattern("hit")
    assert buffer.find(pattern, 2, 1) == 1
    assert buffer.find(pattern, 0, -1) == 1
    assert buffer.find(compile_pattern("none"), 0, 1) is None


def test_a_capital_letter_makes_a_search_exact_and_an_exclamation_mark_inverts_it() -> None:
    assert compile_pattern("error").matches("An Error")
    assert not compile_pattern("Error").matches("an error")
    assert compile_pattern("!error").matches("fine")
