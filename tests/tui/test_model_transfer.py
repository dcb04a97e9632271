"""Models on their way between processes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import msgspec
import pytest

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.values import DEFAULT, Regexp, Sensitive, Unknown, Value
from appo_tui.model.entities import Attribute, Component, Model
from appo_tui.tui.workspaces.model_transfer import ModelReader, ModelWriter
from tests.tui.made import made_model

GIVEN = Origin(OriginKind.GIVEN, Place("site.pp", 7, 3))


def model_with(attribute: Attribute) -> Model:
    model = made_model()
    name, component = next(iter(model.components.items()))
    changed = msgspec.structs.replace(component, parameters={attribute.name: attribute})
    return replace(model, components={**model.components, name: changed})


def sent(model: Model) -> Model:
    pipe = BytesIO()
    ModelWriter(pipe).write(model)
    pipe.seek(0)
    return ModelReader(pipe).read()


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
        return Origin(OriginKind.CONSUMED, None, "Sql[a]", msgspec.structs.replace(GIVEN))

    attributes = {name: Attribute(name, name, consumed()) for name in ("host", "user")}
    model = made_model()
    name, component = next(iter(model.components.items()))
    model = replace(model, components={name: msgspec.structs.replace(component, parameters=attributes)})
    arrived = sent(model)
    assert arrived == model
    host, user = arrived.components[name].parameters.values()
    assert host.origin is user.origin


def test_of_a_model_after_another_only_what_is_new_is_written() -> None:
    pipe = BytesIO()
    writer, reader = ModelWriter(pipe), ModelReader(pipe)
    sizes = []
    arrived = []
    models = [made_model(components=many(200))]
    first = models[0].components["Tier[t0]"]
    origin = Origin(OriginKind.CONSUMED, None, "Http[h]", GIVEN)
    changed = msgspec.structs.replace(first, parameters={"port": Attribute("port", 81, origin)})
    models.append(replace(models[0], components={**models[0].components, "Tier[t0]": changed}))
    for model in models:
        place = pipe.tell()
        writer.write(model)
        sizes.append(pipe.tell() - place)
        pipe.seek(place)
        arrived.append(reader.read())
    assert arrived == models
    assert arrived[1].components["Tier[t1]"] is arrived[0].components["Tier[t1]"]
    assert sizes[1] < sizes[0] / 5


def test_a_writer_has_outgrown_its_use_when_most_of_what_it_has_written_was_replaced() -> None:
    writer = ModelWriter(BytesIO())
    outgrown = []
    for _ in range(5):
        writer.write(made_model(components=many(20)))
        outgrown.append(writer.outgrown)
    assert outgrown == [False, False, False, True, True]


def many(count: int) -> tuple[Component, ...]:
    """Components of one instance, each with a parameter of its own."""
    return tuple(
        Component(
            f"Tier[t{number}]", "Tier", f"t{number}", "definition", "Line[l]", f"n{number}.test",
            {"port": Attribute("port", number, msgspec.structs.replace(GIVEN))}, (), (), (),
            Place("site.pp", number),
        )
        for number in range(count)
    )  # fmt: skip
