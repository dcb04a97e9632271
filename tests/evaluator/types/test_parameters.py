"""The parameters of resources: the texts are Puppet 6.29's."""

from __future__ import annotations

import pytest

from appo_tui.evaluator.types import (
    Array,
    Hash,
    Integer,
    PuppetType,
    ResourceType,
    String,
    Type,
    TypeAlias,
    Variant,
    describe_default,
    describe_parameters,
    is_instance,
)
from appo_tui.evaluator.values import Unknown, Value

RESOURCE = Type(ResourceType())
NODES = Hash(Type(ResourceType("Node")), Variant((RESOURCE, Array(RESOURCE))))
P1, N1 = ResourceType("P", "p1"), ResourceType("Node", "n1")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("x", "A[i]: parameter 'nodes' expects a Hash value, got String"),
        (("x",), "A[i]: parameter 'nodes' expects a Hash value, got Tuple"),
        (False, "A[i]: parameter 'nodes' expects a Hash value, got Boolean"),
        (None, "A[i]: parameter 'nodes' expects a Hash value, got Undef"),
        ({"n1": P1}, "A[i]: parameter 'nodes' key of entry 'n1' expects a Type[Resource] value, got String"),
        (
            {P1: N1},
            f"A[i]: parameter 'nodes' expects a {NODES} value, got Hash[Type[P['p1']], Type[Node['n1']]]",
        ),
        ({N1: P1}, None),
        ({N1: (P1, P1)}, None),
        ({N1: ()}, None),
        ({}, None),
    ],
)
def test_node_mappings_are_refused_in_puppets_words(given: Value, message: str | None) -> None:
    assert describe_parameters("A[i]", {"nodes": (NODES, False)}, {"nodes": given}) == message


def test_several_faults_are_listed_together_with_unknown_names_first() -> None:
    declared: dict[str, tuple[PuppetType, bool]] = {
        "x": (Integer(), False),
        "y": (String(), False),
        "d": (String(), True),
    }
    message = describe_parameters("A[i]", declared, {"x": "a", "z": 1})
    assert message == (
        "A[i]:\n  has no parameter named 'z'\n  parameter 'x' expects an Integer value, got String\n"
        "  expects a value for parameter 'y'"
    )


def test_missing_values_are_forgiven_by_name_or_by_a_predicate() -> None:
    declared: dict[str, tuple[PuppetType, bool]] = {"x": (Integer(), False)}
    assert describe_parameters("A[i]", declared, {}) == "A[i]: expects a value for parameter 'x'"
    assert describe_parameters("A[i]", declared, {}, {"x"}) is None
    assert describe_parameters("A[i]", declared, {}, lambda name: name == "x") is None


def test_a_default_is_reported_by_its_general_type() -> None:
    assert describe_default("A[i]", "x", Integer(1, 5), 9) == (
        "A[i]: parameter 'x' expects an Integer[1, 5] value, got Integer"
    )


def test_an_unknown_value_is_of_every_type_at_any_depth() -> None:
    unknown = Unknown("why")
    assert is_instance(Integer(1, 5), unknown)
    assert is_instance(Array(Integer()), (1, unknown))
    assert is_instance(Hash(String(), Integer()), {"a": unknown})
    declared: dict[str, tuple[PuppetType, bool]] = {"x": (Array(Integer(), Integer(2)), False)}
    assert describe_parameters("A[i]", declared, {"x": (unknown, "a")}) == (
        "A[i]: parameter 'x' index 1 expects an Integer value, got String"
    )


def test_a_type_that_names_itself_is_checked_to_the_end() -> None:
    tree = TypeAlias("Tree", lambda: Hash(String(), Variant((Integer(), tree))))
    assert is_instance(tree, {"a": {"b": 1}})
    assert not is_instance(tree, {"a": {"b": "x"}})
    assert str(tree) == "Tree"
