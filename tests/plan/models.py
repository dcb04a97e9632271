"""Models written by hand: the fewest words that say which component consumes what, and where it is."""

from __future__ import annotations

from pathlib import Path

from appo_tui.environment.places import Place
from appo_tui.model.entities import Application, Binding, Component, Instance, Model, Node, ServiceResource

PLACE = Place("site.pp", 1)


def model(*components: tuple[str, str, str], digest: str = "d", root: Path = Path("/env")) -> Model:
    """A model of components given as (name, node, consumed): ``("a/web", "web1", "a/db")``.

    A name is ``INSTANCE/COMPONENT``; each component produces ``Res[INSTANCE/COMPONENT]``, and consumes
    those of the names in its third word.
    """
    built = {}
    for name, node, consumed in components:
        instance = name.partition("/")[0]
        built[f"C[{name}]"] = Component(
            reference=f"C[{name}]",
            type="C",
            title=name,
            kind="definition",
            instance=f"App[{instance}]",
            node=node,
            parameters={},
            exports=(f"Res[{name}]",),
            consumes=tuple(f"Res[{each}]" for each in consumed.split()),
            requires=(),
            place=PLACE,
        )
    instances = {}
    for component in built.values():
        mine = tuple(each.reference for each in built.values() if each.instance == component.instance)
        title = component.instance[4:-1]
        instances[component.instance] = Instance(component.instance, "App", title, {}, mine, PLACE)
    nodes = {
        name: Node(name, tuple(each.reference for each in built.values() if each.node == name), False)
        for name in dict.fromkeys(node for _, node, _ in components)
    }
    return Model(
        environment="production",
        root=root,
        applications={"App": Application("App", (), PLACE)},
        instances=instances,
        components=built,
        service_resources={
            f"Res[{each.title}]": ServiceResource(
                f"Res[{each.title}]", "Res", each.title, each.reference, {}, PLACE
            )
            for each in built.values()
        },
        bindings=tuple(
            Binding(f"C[{used[4:-1]}]", used, each.reference, "consume")
            for each in built.values()
            for used in each.consumes
        ),
        nodes=nodes,
        diagnostics=(),
        digest=digest,
    )
