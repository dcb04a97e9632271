"""A model made by hand, as the sample modules give it: for tests of what is drawn."""

from __future__ import annotations

from pathlib import Path

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.values import Sensitive, Unknown, Value
from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.entities import (
    Application,
    Attribute,
    Binding,
    Component,
    Instance,
    Model,
    Node,
    ParameterDeclaration,
    ServiceResource,
)

ROOT = Path("/srv/puppet/environments/production")
SITE = str(ROOT / "site.pp")


def attribute(name: str, value: Value, kind: OriginKind = OriginKind.GIVEN, *, source: str = "") -> Attribute:
    secret = isinstance(value, Sensitive) or name == "password"
    return Attribute(name, value, Origin(kind, Place(SITE, 4), source or None), secret)


def attributes(*given: Attribute) -> dict[str, Attribute]:
    return {each.name: each for each in given}


def component(
    kind: str, title: str, node: str | None, *, exports: str = "", consumes: str = "", line: int = 5
) -> Component:
    sql = [each for each in consumes.split() if each.startswith("Sql")]
    parameters = [attribute("port", 3306, OriginKind.PARAMETER_DEFAULT), attribute("name", title)]
    parameters += [attribute("password", Sensitive("hush"), OriginKind.CONSUMED, source=each) for each in sql]
    parameters += [attribute("dbhost", Unknown("fact ipaddress of db1"), OriginKind.CONSUMED, source=each)
                   for each in sql]  # fmt: skip
    application = kind.partition("::")[0]
    instance = f"{application}[{title.partition('-')[0]}]"
    definition = Place(str(ROOT / "lamp/manifests" / f"{kind.split('::')[1].lower()}.pp"), 1)
    return Component(
        reference=f"{kind}[{title}]", type=kind, title=title, kind="definition", instance=instance, node=node,
        parameters=attributes(*parameters), exports=tuple(exports.split()), consumes=tuple(consumes.split()),
        requires=(), place=Place(SITE, line), definition=definition,
    )  # fmt: skip


INIT = Place(str(ROOT / "lamp/manifests/init.pp"), 1)

COMPONENTS = (
    component("Lamp::Db", "app1", "db1.example.com", exports="Sql[app1]", line=5),
    component(
        "Lamp::Web", "app1-1", "web1.example.com", exports="Http[app1-1]", consumes="Sql[app1]", line=6
    ),
    component(
        "Lamp::Web", "app1-2", "web2.example.com", exports="Http[app1-2]", consumes="Sql[app1]", line=7
    ),
    component("Lamp::Lb", "app1", "lb1.example.com", consumes="Http[app1-1] Http[app1-2]", line=8),
    component("Lamp::Db", "app2", "db1.example.com", exports="Sql[app2]", line=15),
    component("Lamp::Web", "app2-1", "web3.example.com", consumes="Sql[app2]", line=16),
)


def made_model(*, components: tuple[Component, ...] = COMPONENTS, faults: bool = False) -> Model:
    """Two LAMP instances that share their database node."""
    resources = {
        name: ServiceResource(
            reference=name, type=name.partition("[")[0], title=name.partition("[")[2][:-1],
            producer=each.reference, place=Place(str(ROOT / "lamp/manifests/db.pp"), 30),
            attributes=attributes(attribute("host", "10.0.0.5", OriginKind.FACT, source="ipaddress"),
                                  attribute("password", Sensitive("hush"), OriginKind.MAPPING)),
        )
        for each in components for name in each.exports
    }  # fmt: skip
    producers = {name: resource.producer for name, resource in resources.items()}
    instances: dict[str, Instance] = {}
    for each in components:
        names = tuple(other.reference for other in components if other.instance == each.instance)
        kind, _, title = each.instance.partition("[")
        instances[each.instance] = Instance(
            each.instance, kind, title[:-1], attributes(attribute("webs", 2)), names, Place(SITE, 4)
        )
    nodes: dict[str, Node] = {}
    for each in components:
        if each.node:
            names = tuple(other.reference for other in components if other.node == each.node)
            nodes[each.node] = Node(each.node, names, facts_known=False)
    declared = ParameterDeclaration("webs", "Integer", "2")
    return Model(
        environment="production",
        root=ROOT,
        applications={"Lamp": Application("Lamp", (declared,), INIT)},
        instances=instances,
        components={each.reference: each for each in components},
        service_resources=resources,
        bindings=tuple(
            Binding(producers[name], name, each.reference, "consume")
            for each in components for name in each.consumes if name in producers
        ),
        nodes=nodes,
        diagnostics=FAULTS if faults else (),
        digest="0" * 63 + str(len(components) + faults),
    )  # fmt: skip


FAULTS = (
    Diagnostic(
        Severity.ERROR, "never-exported",
        "Capability 'Sql[nowhere]' referenced by 'consume' is never exported",
        Place(SITE, 7, 3), hint="Export it, or consume Sql[app1].",
    ),
    Diagnostic(Severity.WARNING, "facts-missing", "No facts of db1", None, node="db1.example.com"),
)  # fmt: skip

SOURCE = """\
# The site.
site {
  lamp { 'app1':
    webs  => 2,
    nodes => {
      Node['db1.example.com'] => Lamp::Db['app1'],
      Node['web1.example.com'] => Lamp::Web['app1-1'],
    },
  }
}
""".splitlines()
