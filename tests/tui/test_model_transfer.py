"""Models on their way between processes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.values import DEFAULT, Regexp, Sensitive, Unknown, Value
from appo_tui.model.entities import Attribute, Model
from appo_tui.tui.model_transfer import read_model, write_model
from tests.tui.made import made_model

GIVEN = Origin(OriginKind.GIVEN, Place("site.pp", 7, 3))


def model_with(attribute: Attribute) -> Model:
    model = made_model()
    name, component = next(iter(model.components.items()))
    changed = replace(component, parameters={attribute.name: attribute})
    return replace(model, components={**model.components, name: changed})


def sent(model: Model) -> Model:
    pipe = BytesIO()
    write_model(model, pipe)
    pipe.seek(0)
    return read_model(pipe)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        12,
        1.5,
        "text \udcff",
        ("a", {"b": (1, None)}),
        DEFAULT,
        Regexp("a/b"),
        Sensitive("pass"),
        Unknown("a fact"),
    ],
    ids=repr,
)
def test_every_value_arrives_as_it_was(value: Value) -> None:
    model = model_with(Attribute("port", value, GIVEN, secret=True))
    assert sent(model) == model


def test_a_value_that_came_through_very_many_components_arrives_with_its_way() -> None:
    origin = GIVEN
    for number in range(50_000):
        origin = Origin(OriginKind.CONSUMED, None, f"Http[h{number}]", origin)
    arrived = sent(model_with(Attribute("port", 80, origin)))
    steps: Origin | None = next(iter(arrived.components.values())).parameters["port"].origin
    number = 50_000
    while steps is not None and steps.through is not None:
        number -= 1
        assert steps.source == f"Http[h{number}]"
        steps = steps.through
    assert (number, steps) == (0, GIVEN)


def test_values_that_came_the_same_way_share_it_when_they_arrive() -> None:
    def consumed() -> Origin:
        return Origin(OriginKind.CONSUMED, None, "Sql[a]", replace(GIVEN))

    attributes = {name: Attribute(name, name, consumed()) for name in ("host", "user")}
    model = made_model()
    name, component = next(iter(model.components.items()))
    model = replace(model, components={name: replace(component, parameters=attributes)})
    arrived = sent(model)
    assert arrived == model
    host, user = arrived.components[name].parameters.values()
    assert host.origin is user.origin
