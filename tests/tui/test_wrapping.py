"""Lines broken to a width."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.tui.drawing.lines import line, plain, span
from appo_tui.tui.drawing.wrapping import wrapped
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.made import COMPONENTS, SITE, made_model


def test_what_fits_is_left_as_it_is() -> None:
    given_line = line(span("  port  ", "name"), "3306")
    assert wrapped(given_line, 40) == (given_line,)


def test_the_last_span_goes_to_a_line_of_its_own() -> None:
    rows = wrapped(line("  password  ", "secret", "      ", span("consumed from Sql[db-app1]", "dim")), 36)
    assert [plain(row) for row in rows] == ["  password  secret", "      consumed from Sql[db-app1]"]


@given(st.lists(st.tuples(st.text(alphabet=" abc[]大é"), st.just("")), min_size=1), st.integers(16, 60))
def test_nothing_is_lost_and_nothing_is_too_wide(spans: list[tuple[str, str]], width: int) -> None:
    rows = [plain(row) for row in wrapped(tuple(spans), width)]
    assert "".join("".join(rows).split()) == "".join(plain(tuple(spans)).split())
    assert all(cell_len(row.rstrip()) <= width for row in rows)


async def test_a_long_origin_is_whole_at_both_sizes(workspace: ActingWorkspace) -> None:
    through = Origin(OriginKind.SAME_NAME, Place(SITE, 4), "database_password_of_the_whole_application")
    origin = Origin(OriginKind.CONSUMED, Place(SITE, 4), "Sql[db-app1]", through)
    web = COMPONENTS[1]
    parameters = {name: replace(each, origin=origin) for name, each in web.parameters.items()}
    components = (COMPONENTS[0], replace(web, parameters=parameters), *COMPONENTS[2:])
    workspace.model = made_model(components=components)
    for size in ((80, 24), (160, 48)):
        async with driven(workspace, size=size) as it:
            await it.press("j", "j", "j", "tab")
            await it.sees("consumed from Sql[db-app1]")
            await it.sees("database_password_of_the_whole_application")
