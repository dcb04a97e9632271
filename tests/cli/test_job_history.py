from __future__ import annotations

import json

from tests.cli.commands import Program
from tests.cli.jobs import add_job, url

MARK = "(simulated)"


def job(appo: Program, *words: str) -> str:
    run = appo.run("--store", url(appo), "job", *words, TZ="UTC")
    assert run.stderr == ""
    return run.stdout


def test_the_list_is_in_the_orchestrators_form_newest_first(appo: Program) -> None:
    add_job(appo)
    add_job(appo, failed=True, simulated=True)
    lines = job(appo, "list").splitlines()
    assert lines[0].split() == ["ID", "STATUS", "TIMESTAMP", "USER", "ENVIRONMENT", "NODES", "TARGET"]
    assert set(lines[1]) == {"-"}
    assert lines[2].split() == ["2", "Failed", "Nov-14", "22:13:27", "ann", "production", "2", "Lamp", MARK]
    assert lines[3].split() == ["1", "Complete", "Nov-14", "22:13:28", "ann", "production", "2", "Lamp"]


def test_the_list_as_json_has_the_apis_field_names(appo: Program) -> None:
    add_job(appo)
    listed = json.loads(job(appo, "list", "--format", "json"))
    assert listed["pagination"] == {"limit": 50, "offset": 0, "total": 1}
    item = listed["items"][0]
    assert (item["id"], item["state"], item["owner"]) == ("1", "finished", "ann")
    assert item["start_timestamp"] == "2023-11-14T22:13:21Z"
    assert item["node_states"] == {"finished": 2}


def test_a_job_is_shown_with_its_nodes_in_groups(appo: Program) -> None:
    add_job(appo, failed=True)
    shown = job(appo, "show", "1")
    assert "Description     first\n" in shown
    assert "FAILED RUNS (1)\n  db1 - errored\n      no route to host\n" in shown
    assert "SKIPPED RUNS (1)\n  web1 - skipped\n      db1 errored\n" in shown
    assert "Applications affected by skipped runs:\n  - Lamp[app1]\n" in shown


def test_a_job_as_json_has_its_nodes(appo: Program) -> None:
    add_job(appo)
    shown = json.loads(job(appo, "show", "1", "--format", "json"))
    node = shown["nodes"]["items"][0]
    assert (node["name"], node["state"], node["result"]["metrics"]["changed"]) == ("db1", "finished", 3)
    assert node["timestamp"] == node["finish_timestamp"]
    assert shown["options"]["scope"] == {"application": "Lamp"}
    states = [(each["state"], each["exit_time"]) for each in shown["status"]]
    entered = [each["enter_time"] for each in shown["status"]]
    assert states == list(zip(("ready", "running", "finished"), [*entered[1:], None], strict=True))
    assert shown["timestamp"] == entered[-1]


def test_the_log_shows_what_a_node_printed_and_does_not_obey_it(appo: Program) -> None:
    add_job(appo)
    expected = "Notice: /Stage[main]/Main/File[/a]/ensure: created ␛[2J\n"
    assert job(appo, "log", "1", "--node", "db1") == expected
    assert job(appo, "log", "1") == f"db1: {expected}"
    assert job(appo, "log", "1", "--follow") == f"db1: {expected}"


def test_the_log_as_json_is_an_object_a_line(appo: Program) -> None:
    add_job(appo)
    line = json.loads(job(appo, "log", "1", "--format", "json"))
    assert (line["node"], line["attempt"], line["line"], line["stream"]) == ("db1", 1, 1, "stdout")
    assert (line["level"], line["text"]) == ("notice", "created \x1b[2J")


def test_a_log_of_a_node_that_the_job_does_not_have_is_refused(appo: Program) -> None:
    add_job(appo)
    run = appo.run("--store", url(appo), "job", "log", "1", "--node", "nowhere")
    assert (run.returncode, run.stderr) == (2, "appo: job 1 has no node 'nowhere' (it has: db1, web1)\n")


def test_events_have_the_apis_field_names(appo: Program) -> None:
    add_job(appo)
    answer = json.loads(job(appo, "events", "1", "--format", "json"))
    assert [each["type"] for each in answer["items"]][:2] == ["job_started", "node_ready"]
    assert answer["items"][1]["details"] == {"node": "db1"}
    assert answer["next-events"] == {"event": "9"}


def test_an_ended_job_attached_to_tells_its_story_in_the_orchestrators_words(appo: Program) -> None:
    add_job(appo)
    assert job(appo, "attach", "1") == (
        "Job 1: Lamp\n"
        "Started puppet run on db1 ...\n"
        "Finished puppet run on db1 - Success!\n"
        "    Applied configuration version 17\n"
        "    Resource events: 0 failed 3 changed 4 unchanged 0 skipped 0 noop\n"
        "    Report: appo job log 1 --node db1\n"
        "Started puppet run on web1 ...\n"
        "Finished puppet run on web1 - Success!\n"
        "    Applied configuration version 17\n"
        "    Resource events: 0 failed 3 changed 4 unchanged 0 skipped 0 noop\n"
        "    Report: appo job log 1 --node web1\n"
        "\n"
        "Success! 2/2 runs succeeded.\n"
        "Duration: 7 sec\n"
    )


def test_a_failed_job_gives_exit_code_1_and_says_what_became_of_its_nodes(appo: Program) -> None:
    add_job(appo, failed=True)
    run = appo.run("--store", url(appo), "job", "attach", "1")
    assert run.returncode == 1
    assert "Error running puppet on db1: no route to host\n" in run.stdout
    assert "Skipped puppet run on web1: db1 errored\n" in run.stdout
    assert "Failed! 0/2 runs succeeded: 1 errored, 1 skipped.\n" in run.stdout


def test_a_stopped_job_attached_to_gives_exit_code_1_for_its_skipped_nodes(appo: Program) -> None:
    add_job(appo, stopped=True)
    run = appo.run("--store", url(appo), "job", "attach", "1")
    assert run.returncode == 1
    assert "Skipped puppet run on web1: job stopped\n" in run.stdout
    assert "Stopped! 1/2 runs succeeded: 1 skipped.\n" in run.stdout


def test_a_job_exported_and_imported_is_the_same_job_under_a_new_number(appo: Program) -> None:
    add_job(appo)
    job(appo, "export", "1", "job.json")
    assert job(appo, "import", "job.json") == "New job id created: 2\n"
    first, second = (json.loads(job(appo, "show", each, "--format", "json")) for each in "12")
    assert {**second, "id": "1", "name": "1"} == first
    assert job(appo, "log", "2") == job(appo, "log", "1")


def test_a_file_that_is_no_job_is_not_imported(appo: Program) -> None:
    (appo.home / "x.json").write_text("{}")
    run = appo.run("--store", url(appo), "job", "import", "x.json")
    assert run.returncode == 2
    assert run.stderr.startswith("appo: x.json is no exported job: ")


def test_two_jobs_are_compared_node_by_node(appo: Program) -> None:
    add_job(appo)
    add_job(appo, failed=True)
    lines = job(appo, "compare", "1", "2").splitlines()
    assert lines[1].split("  ")[0] == "db1"
    assert "finished, 2 sec, 3 changed, 0 failed" in lines[1]
    assert lines[1].endswith("errored, 2 sec")


def test_a_replay_tells_the_story_again(appo: Program) -> None:
    add_job(appo)
    assert job(appo, "replay", "1", "--speed", "1000").endswith(
        "Success! 2/2 runs succeeded.\nDuration: 7 sec\n"
    )


def test_jobs_that_ended_long_ago_are_forgotten(appo: Program) -> None:
    add_job(appo)
    assert job(appo, "prune", "--local-only") == "1 job that ended more than 30 days ago is forgotten.\n"
    assert json.loads(job(appo, "list", "--format", "json"))["items"] == []


def test_read_only_stops_and_imports_nothing(appo: Program) -> None:
    add_job(appo)
    run = appo.run("--read-only", "--store", url(appo), "job", "stop", "1")
    assert (run.returncode, run.stderr) == (2, "appo: stop is refused: this is --read-only\n")


def test_stopping_an_ended_job_says_so(appo: Program) -> None:
    add_job(appo)
    assert job(appo, "stop", "1") == "Job 1 has ended already: finished.\n"
