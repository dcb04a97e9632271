from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

from appo_tui.jobs.request import JobOptions
from appo_tui.plan import Target, equivalent_command, make_plan, to_dict, to_dot, to_mermaid, to_svg
from tests.plan.models import model

PLAN = make_plan(model(("a/db", "db1", ""), ("a/web", "web1", "a/db")), Target("instance", ("App[a]",)))


def test_the_json_form_has_nodes_levels_and_edges() -> None:
    form = json.loads(json.dumps(to_dict(PLAN)))
    assert form["environment"] == "production"
    assert form["target"] == "App[a]"
    assert form["nodes"] == ["db1", "web1"]
    assert form["levels"] == [["db1"], ["web1"]]
    assert form["edges"] == [["db1", "web1", "Res[a/db]"]]
    assert form["digest"] == PLAN.digest


def test_graphviz_text_quotes_what_names_hold() -> None:
    odd = make_plan(model(('a/"x', 'd"b', "")), Target("all"))
    assert '"d\\"b"' in to_dot(odd)


def test_the_graphviz_text_has_an_arrow_from_producer_to_consumer() -> None:
    assert '"db1" -> "web1" [label="Res[a/db]"];' in to_dot(PLAN)


def test_mermaid_text_has_brackets_as_entities() -> None:
    assert 'n0 -->|"Res#91;a#47;db#93;"| n1' in to_mermaid(PLAN)


def test_the_picture_is_well_formed_and_shows_every_node_and_resource() -> None:
    drawn = to_svg(make_plan(model(("a/<db>", "db&1", "")), Target("all")))
    root = ElementTree.fromstring(drawn)
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["db&1", "C[a/<db>]"]
    assert "Res[a/db]" in to_svg(PLAN)


def test_the_equivalent_command_is_quoted_for_a_shell() -> None:
    options = JobOptions(noop=True, concurrency=2, description="it's new", run_as="root")
    assert equivalent_command(PLAN, options) == (
        "appo job run --application 'App[a]' --environment production --concurrency 2 --run-as root "
        "--description='it'\"'\"'s new' --noop"
    )


def test_the_equivalent_command_of_a_whole_environment_says_all() -> None:
    plan = make_plan(model(("a/db", "db1", "")), Target("all"))
    assert equivalent_command(plan, environment="/etc/x y") == "appo job run --all --environment '/etc/x y'"
