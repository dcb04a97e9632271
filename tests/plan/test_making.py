from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appo_tui.plan import PlanError, Target, make_plan
from tests.plan.models import model

STACK = model(
    ("a/db", "db1", ""),
    ("a/web1", "web1", "a/db"),
    ("a/web2", "web2", "a/db"),
    ("a/lb", "lb1", "a/web1 a/web2"),
    ("b/db", "db1", ""),
)


def test_nodes_are_sorted_by_level_then_certname() -> None:
    plan = make_plan(STACK, Target("all"))
    assert plan.levels == (("db1",), ("web1", "web2"), ("lb1",))


def test_an_edge_names_the_service_resource_that_it_is_there_for() -> None:
    plan = make_plan(STACK, Target("all"))
    assert [(edge.producer, edge.consumer, edge.service_resource) for edge in plan.edges] == [
        ("db1", "web1", "Res[a/db]"),
        ("db1", "web2", "Res[a/db]"),
        ("web1", "lb1", "Res[a/web1]"),
        ("web2", "lb1", "Res[a/web2]"),
    ]


def test_a_binding_within_a_node_makes_no_edge() -> None:
    plan = make_plan(model(("a/db", "one", ""), ("a/web", "one", "a/db")), Target("all"))
    assert plan.edges == ()
    assert plan.levels == (("one",),)


def test_an_instance_with_nodes_outside_the_target_is_not_complete() -> None:
    plan = make_plan(STACK, Target("nodes", ("db1", "web1")))
    assert {each.reference: each.complete for each in plan.instances} == {"App[a]": False, "App[b]": True}


def test_a_target_node_has_the_components_of_every_instance_on_it() -> None:
    plan = make_plan(STACK, Target("instance", ("App[b]",)))
    assert [each.component for each in plan.nodes[0].components] == ["C[a/db]", "C[b/db]"]


def test_an_unknown_target_is_named_with_the_nearest_one() -> None:
    with pytest.raises(PlanError) as caught:
        make_plan(STACK, Target("instance", ("App[aa]",)))
    assert caught.value.message == "The target was not found in environment production: App[aa]"
    assert caught.value.hint == "Did you mean App[a]?"


def test_a_target_is_found_whatever_its_case() -> None:
    assert make_plan(STACK, Target("instance", ("app[A]",))).levels[0] == ("db1",)


def test_an_environment_without_nodes_is_an_empty_target() -> None:
    with pytest.raises(PlanError, match="No nodes were found for the specified target"):
        make_plan(model(), Target("all"))


def test_a_cycle_of_nodes_alone_is_named_with_its_components_and_says_to_move_one() -> None:
    looped = model(("a/one", "n1", ""), ("a/two", "n2", "a/one"), ("a/three", "n1", "a/two"))
    with pytest.raises(PlanError) as caught:
        make_plan(looped, Target("all"))
    assert caught.value.message == (
        "Found 1 dependency cycle between nodes:\n"
        "(n1 => n2 => n1)\n"
        "  C[a/two] on n2 consumes Res[a/one], produced by C[a/one] on n1\n"
        "  C[a/three] on n1 consumes Res[a/two], produced by C[a/two] on n2"
    )
    assert "put one of these components on another node" in caught.value.hint


def test_a_cycle_of_components_says_that_the_components_wait_for_each_other() -> None:
    looped = model(("a/one", "n1", "a/two"), ("a/two", "n2", "a/one"))
    with pytest.raises(PlanError) as caught:
        make_plan(looped, Target("all"))
    assert "the components themselves wait for each other" in caught.value.hint


def test_the_digest_tells_what_the_plan_was_made_from() -> None:
    same = make_plan(STACK, Target("all"))
    assert same.digest == make_plan(STACK, Target("all")).digest
    assert same.digest != make_plan(STACK, Target("nodes", ("db1",))).digest
    changed = model(("a/db", "db1", ""), digest="other")
    assert make_plan(changed, Target("all")).digest != make_plan(
        model(("a/db", "db1", "")), Target("all")
    ).digest


@given(st.data(), st.integers(1, 30))
def test_every_node_is_one_level_below_its_deepest_producer(data: st.DataObject, count: int) -> None:
    components = [("a/0", "n0", "")]
    for number in range(1, count):
        producers = data.draw(st.lists(st.integers(0, number - 1), unique=True, max_size=4))
        components.append((f"a/{number}", f"n{number}", " ".join(f"a/{each}" for each in producers)))
    built = model(*components)
    plan = make_plan(built, Target("all"))
    levels = {node.certname: node.level for node in plan.nodes}
    for node in plan.nodes:
        assert node.level == max((levels[each] + 1 for each in node.dependencies), default=0)
