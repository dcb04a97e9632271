"""The history: what is shown of jobs is what the store has now, in the order and by the filter one sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from appo_tui.jobs.request import JobOptions
from appo_tui.jobs.states import JobState
from appo_tui.jobs.store.reading import JobOrder
from appo_tui.jobs.store.summary import JobSummary
from appo_tui.plan import Target, make_plan
from appo_tui.tui.drawing.glyphs import UNICODE
from appo_tui.tui.drawing.history_rows import job_row
from appo_tui.tui.job_search import PAGE, Read, find_jobs
from appo_tui.tui.screens.history import HistoryScreen
from appo_tui.tui.widgets.job_table import JobTable
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.events import START, finished_job

COUNT = 450


class LongHistory(ActingWorkspace):
    """Many jobs, of which ``states`` tells those that are not finished."""

    def __init__(self) -> None:
        super().__init__()
        self.keep(make_plan(self.model, Target("all")), JobOptions(), finished_job())
        self.one = self.summary(1)
        self.states: dict[int, JobState] = {}

    def jobs(
        self, *, offset: int, limit: int, text: str, order: JobOrder, descending: bool
    ) -> Sequence[JobSummary]:
        numbers = range(COUNT, 0, -1) if descending else range(1, COUNT + 1)
        found = [
            replace(self.one, id=number, state=self.states.get(number, self.one.state),
                    started=START, finished=START + number, runner_alive=True)
            for number in numbers
        ]  # fmt: skip
        wanted = [each for each in found if text in f"{each.target} {each.state} {each.id}"]
        return wanted[offset : offset + limit]

    def job_count(self) -> int:
        return COUNT


async def test_a_job_far_down_shows_its_state_of_now() -> None:
    workspace = LongHistory()
    workspace.states[40] = JobState.RUNNING
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("450 jobs")
        table = it.app.screen.query_one("#jobs", JobTable)
        for _ in range(3):
            await it.press("G")
            await it.pilot.pause()
        await it.until(lambda: table.row_count() == COUNT)
        table.move_to_key(40)
        await it.sees("▶ running")
        workspace.states[40] = JobState.FAILED
        screen = it.app.screen
        assert isinstance(screen, HistoryScreen)
        screen.look_again()
        await it.sees("✗ failed")


async def test_a_filter_finds_ages_and_durations_as_they_are_shown() -> None:
    async with driven(LongHistory()) as it:
        await it.press("4")
        await it.sees("450 jobs")
        await it.press("slash", *"4m08s", "enter")
        await it.sees("1 of 450")
        await it.sees("248")
        await it.press("escape", "slash", *"1m ago", "enter")
        await it.sees("200+ of 450")
        table = it.app.screen.query_one("#jobs", JobTable)
        table.move_to(table.row_count() - 1)
        await it.sees("400+ of 450")
        table.move_to(table.row_count() - 1)
        await it.sees("450 of 450")


def test_jobs_are_sorted_by_their_description_as_it_is_shown() -> None:
    one = replace(LongHistory().one, description="weekly", noop=True, simulated=True)
    row = job_row(one, START, UNICODE)
    assert (row.cells[1][0], row.cells[7][0]) == ("✓ finished, no-op", "weekly (simulated)")
    assert row.order[7] == "weekly"


def jobs_of(numbers: range) -> list[JobSummary]:
    one = LongHistory().one
    return [replace(one, id=number) for number in numbers]


def read_of(jobs: Sequence[JobSummary], looked: list[int]) -> Read:
    def read(offset: int, limit: int) -> Sequence[JobSummary]:
        looked.append(offset)
        return jobs[offset : offset + limit]

    return read


def test_jobs_are_looked_at_until_enough_are_found() -> None:
    looked: list[int] = []
    read = read_of(jobs_of(range(1, 10_001)), looked)
    found = find_jobs(read, lambda job: job.id % 2 == 0, first=0, least=PAGE, of_interest=lambda: True)
    assert [each.id for each in found.jobs] == list(range(2, 601, 2))
    assert (found.end, found.whole, looked) == (600, False, [0, 200])


def test_a_search_ends_with_the_history_or_when_it_is_of_no_interest() -> None:
    looked: list[int] = []
    read = read_of(jobs_of(range(1, 451)), looked)
    nothing = find_jobs(read, lambda job: False, first=0, least=PAGE, of_interest=lambda: True)
    assert (nothing.jobs, nothing.end, nothing.whole, looked) == ((), 450, True, [0, 200])
    left = find_jobs(read, lambda job: False, first=0, least=PAGE, of_interest=lambda: False)
    assert (left.end, left.whole) == (200, False)


async def test_a_search_by_expression_takes_only_what_it_finds_from_a_long_history() -> None:
    workspace = LongHistory()
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("450 jobs")
        await it.press("slash", *"^4[0-4]9 ", "enter")
        await it.sees("5 of 450")
        table = it.app.screen.query_one("#jobs", JobTable)
        assert [table.row_key(index) for index in range(table.row_count())] == [449, 439, 429, 419, 409]
        await it.press("escape")
        await it.until(lambda: table.row_count() == PAGE)
