from __future__ import annotations

from dataclasses import replace

from appo_tui.cli.plan_text import plan_box, write_plan
from appo_tui.plan import JobPlan, Target, make_plan
from tests.cli.made import Page, lamp

RULE = "-" * 71


def plan() -> JobPlan:
    return make_plan(lamp(), Target("application", ("Lamp",)))


def test_the_box_names_environment_target_limit_and_nodes() -> None:
    assert plan_box(plan(), None, simulated=False) == [
        "+-------------------+------------+",
        "| Environment       | production |",
        "| Target            | Lamp       |",
        "| Concurrency Limit | None       |",
        "| Nodes             | 2          |",
        "+-------------------+------------+",
    ]


def test_a_jobs_box_has_its_number_and_says_when_puppet_is_simulated() -> None:
    lines = plan_box(plan(), 5, simulated=True, job=7)
    assert "| Job ID            | 7          |" in lines
    assert "| Concurrency Limit | 5          |" in lines
    assert "| Puppet            | simulated  |" in lines


def test_levels_are_drawn_with_their_nodes_and_components() -> None:
    page = Page()
    write_plan(plan(), page.output)
    assert page.text == (
        "Application instances: 1\n"
        "  - Lamp[app1]\n"
        "\n"
        "Node run order (nodes in level 0 run before their dependent nodes in level 1, etc.):\n"
        f"0 {RULE}\n"
        "db1\n"
        "    Lamp[app1] - Lamp::Db[app1]\n"
        "\n"
        f"1 {RULE}\n"
        "web1\n"
        "    Lamp[app1] - Lamp::Web[app1]\n"
        "\n"
    )


def test_a_target_with_a_part_of_an_instance_is_warned_of() -> None:
    whole = plan()
    part = replace(whole, instances=(replace(whole.instances[0], complete=False),))
    page = Page()
    write_plan(part, page.output)
    warning = "  - Lamp[app1] **WARNING** target does not contain all nodes in this application.\n"
    assert warning in page.text
