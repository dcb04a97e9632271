"""A small model made by hand, and commands run in this process."""

from __future__ import annotations

import io
from pathlib import Path

from appo_tui.cli.output import Output
from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.values import Unknown
from appo_tui.model.entities import Attribute, Binding, Component, Instance, Model, Node, ServiceResource

SITE = Place("site.pp", 3)


def attribute(name: str, value: object, *, secret: bool = False) -> Attribute:
    return Attribute(name, value, Origin(OriginKind.GIVEN, SITE), secret=secret)


def component(
    reference: str, node: str | None, exports: tuple[str, ...] = (), consumes: tuple[str, ...] = ()
) -> Component:
    type_name, _, title = reference.removesuffix("]").partition("[")
    parameters = {"port": attribute("port", 80), "password": attribute("password", "canary", secret=True)}
    return Component(
        reference, type_name, title, "definition", "Lamp[app1]", node, parameters, exports, consumes, (), SITE
    )


def lamp() -> Model:
    """One instance: web is declared before the database that it consumes."""
    components = {
        each.reference: each
        for each in (
            component("Lamp::Web[app1]", "web1", ("Http[app1]",), ("Sql[app1]",)),
            component("Lamp::Db[app1]", "db1", ("Sql[app1]",)),
        )
    }
    sql = {
        "host": Attribute("host", "db1", Origin(OriginKind.FACT, None, "fqdn")),
        "version": Attribute("version", Unknown("a Ruby function"), Origin(OriginKind.MAPPING, SITE)),
    }
    resources = {
        "Sql[app1]": ServiceResource("Sql[app1]", "Sql", "app1", "Lamp::Db[app1]", sql, SITE),
        "Http[app1]": ServiceResource("Http[app1]", "Http", "app1", "Lamp::Web[app1]", {}, SITE),
    }
    return Model(
        environment="production",
        root=Path("/nowhere"),
        applications={},
        instances={"Lamp[app1]": Instance("Lamp[app1]", "Lamp", "app1", {}, tuple(components), SITE)},
        components=components,
        service_resources=resources,
        bindings=(Binding("Lamp::Db[app1]", "Sql[app1]", "Lamp::Web[app1]", "consume"),),
        nodes={
            "web1": Node("web1", ("Lamp::Web[app1]",), facts_known=False),
            "db1": Node("db1", ("Lamp::Db[app1]",), facts_known=True),
        },
        diagnostics=(),
        digest="0" * 64,
    )


class Page:
    """Text that a command writes."""

    def __init__(self, *, colour: bool = False, ascii_only: bool = False) -> None:
        self._stream = io.StringIO()
        self.output = Output(self._stream, colour=colour, ascii_only=ascii_only)

    @property
    def text(self) -> str:
        return self._stream.getvalue()
