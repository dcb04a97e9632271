"""Lines broken to a width."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.tui.drawing.glyphs import ASCII, UNICODE
from appo_tui.tui.drawing.lines import Entry, line, plain, span
from appo_tui.tui.drawing.values import origin_line
from appo_tui.tui.drawing.wrapping import rows_of_entry, wrapped
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.made import COMPONENTS, SITE, made_model


def test_what_fits_is_left_as_it_is() -> None:
    given_line = line(span("  port  ", "name"), "3306")
    assert wrapped(given_line, 40) == (given_line,)


def test_what_stands_aside_goes_below_where_there_is_no_room() -> None:
    origin = span("consumed from Sql[db-app1]", "dim")
    entry = Entry(line("  password  ", "secret", "      "), aside=(origin,))
    assert [plain(row) for row in rows_of_entry(entry, 36)] == [
        "  password  secret",
        "      consumed from Sql[db-app1]",
    ]
    assert [plain(row) for row in rows_of_entry(entry, 60)] == [
        "  password  secret      consumed from Sql[db-app1]"
    ]


def test_what_stands_aside_is_broken_where_it_is_too_long_itself() -> None:
    entry = Entry(line("  host  ", "'db1'  "), aside=(span("consumed from Sql[a] ← default ← fact fqdn"),))
    assert [plain(row).rstrip() for row in rows_of_entry(entry, 34)] == [
        "  host  'db1'",
        "      consumed from Sql[a] ←",
        "        default ← fact fqdn",
    ]


def test_further_rows_are_set_in_as_the_entry_says() -> None:
    entry = Entry(line("x error   ", "Nothing exports Sql[a] here"), hanging=10)
    assert [plain(row).rstrip() for row in rows_of_entry(entry, 30)] == [
        "x error   Nothing exports",
        "          Sql[a] here",
    ]


def test_an_origin_names_its_steps_back_to_where_the_value_is_written() -> None:
    fact = Origin(OriginKind.FACT, None, "fqdn")
    default = Origin(OriginKind.PARAMETER_DEFAULT, Place(SITE, 4), None, fact)
    producer = Origin(OriginKind.SAME_NAME, Place(SITE, 4), "Lamp::Db[app1] host", default)
    origin = Origin(OriginKind.CONSUMED, Place(SITE, 4), "Sql[db-app1]", producer)
    words = "consumed from Sql[db-app1] ← parameter Lamp::Db[app1] host ← default ← fact fqdn"
    assert plain(origin_line(origin, UNICODE)) == words
    assert plain(origin_line(origin, ASCII)) == words.replace("←", "<")


@given(st.lists(st.tuples(st.text(alphabet=" abc[]大é"), st.just("")), min_size=1), st.integers(16, 60))
def test_nothing_is_lost_and_nothing_is_too_wide(spans: list[tuple[str, str]], width: int) -> None:
    rows = [plain(row) for row in wrapped(tuple(spans), width)]
    assert "".join("".join(rows).split()) == "".join(plain(tuple(spans)).split())
    assert all(cell_len(row.rstrip()) <= width for row in rows)


async def test_a_long_origin_is_whole_at_both_sizes(workspace: ActingWorkspace) -> None:
    through = Origin(OriginKind.SAME_NAME, Place(SITE, 4), "database_password_of_the_whole_application")
    origin = Origin(OriginKind.CONSUMED, Place(SITE, 4), "Sql[db-app1]", through)
    web = COMPONENTS[1]
    parameters = {name: msgspec.structs.replace(each, origin=origin) for name, each in web.parameters.items()}
    components = (COMPONENTS[0], msgspec.structs.replace(web, parameters=parameters), *COMPONENTS[2:])
    workspace.model = made_model(components=components)
    for size in ((80, 24), (160, 48)):
        async with driven(workspace, size=size) as it:
            await it.press("j", "j", "j", "tab")
            await it.sees("consumed from Sql[db-app1]")
            await it.sees("database_password_of_the_whole_application")
