from __future__ import annotations

from msgspec import structs

from appo_tui.jobs.progress import JobProgress
from appo_tui.tui.drawing.glyphs import ASCII
from appo_tui.tui.drawing.job_lines import job_line, node_row_line, node_rows, node_story, timeline
from appo_tui.tui.drawing.lines import plain
from tests.tui.acting import ActingWorkspace
from tests.tui.events import START, failed_job, finished_job


def test_warnings_about_the_whole_job_are_told_with_each_node(workspace: ActingWorkspace) -> None:
    started, *others = finished_job()
    warned = structs.replace(started, warnings=("~/.ssh/config:3: ProxyUseFdpass is not followed",))
    progress = JobProgress.of(workspace.requests[1]).with_events((warned, *others))
    told = [plain(entry.line) for entry in node_story(progress, "db1.example.com", START, ASCII)]
    assert told[-2] == "The whole job"
    assert told[-1].endswith("~/.ssh/config:3: ProxyUseFdpass is not followed")


def test_a_long_critical_path_is_shown_whole(workspace: ActingWorkspace) -> None:
    progress = JobProgress.of(workspace.requests[1]).with_events(finished_job())
    lines = [plain(each) for each in timeline(progress, START, 50, ASCII)]
    assert all(len(each) <= 50 for each in lines[-3:])
    assert "db1.example.com > web2.example.com > lb1.example.com" in " ".join(" ".join(lines).split())


def test_a_nodes_row_says_how_many_of_its_resources_changed(workspace: ActingWorkspace) -> None:
    told = {}
    for events in (finished_job(), failed_job()):
        progress = JobProgress.of(workspace.requests[1]).with_events(events)
        row = next(each for each in node_rows(progress, only_failures=False) if each.certname)
        told[str(progress.state)] = plain(node_row_line(row, progress, START, ASCII))
    assert "1 changed of 9" in told["finished"]
    assert "1 failed, 1 changed of 9" in told["failed"]


def test_the_bar_of_a_job_is_good_only_while_its_nodes_are(workspace: ActingWorkspace) -> None:
    for events, expected in ((finished_job(), "good"), (failed_job(), "warning")):
        progress = JobProgress.of(workspace.requests[1]).with_events(events)
        roles = [role for text, role in job_line(progress, START, ASCII) if "#" in text]
        assert roles == [expected]
