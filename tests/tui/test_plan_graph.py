"""The graph of a plan: of a large one, the part around the node under the cursor."""

from __future__ import annotations

from appo_tui.plan.entities import Edge, JobPlan, PlannedComponent, PlannedNode, Target
from appo_tui.tui.drawing.glyphs import UNICODE
from appo_tui.tui.drawing.lines import plain
from appo_tui.tui.drawing.plan_around import around
from appo_tui.tui.drawing.plan_graph import Label, draw_plan
from appo_tui.tui.screens.plan import PlanScreen
from appo_tui.tui.widgets.canvas import Canvas
from appo_tui.tui.widgets.document import Document
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven
from tests.tui.made import component, made_model


def stacks(count: int, webs: int = 3) -> JobPlan:
    """Databases with web servers that wait for them, and a balancer that waits for those."""
    nodes: list[PlannedNode] = []
    edges: list[Edge] = []
    for number in range(count):
        database, balancer = f"db{number}", f"lb{number}"
        nodes += [_node(database, 0), _node(balancer, 2)]
        for web in range(webs):
            name = f"web{number}-{web}"
            nodes.append(_node(name, 1))
            edges += [Edge(database, name, "Sql[x]"), Edge(name, balancer, "Http[x]")]
    nodes.sort(key=lambda node: (node.level, node.certname))
    return JobPlan("production", Target("all"), tuple(nodes), tuple(edges), (), "0")


def _node(certname: str, level: int) -> PlannedNode:
    return PlannedNode(certname, level, (PlannedComponent("L[x]", f"L::C[{certname}]"),), ())


def names(plan: JobPlan) -> set[str]:
    return {node.certname for node in plan.nodes}


def test_around_a_node_is_all_that_it_waits_for_and_all_that_waits_for_it() -> None:
    part = around(stacks(100), "web7-1", 50)
    assert names(part) == {"db7", "web7-1", "lb7"}
    assert part.levels == (("db7",), ("web7-1",), ("lb7",))
    assert {(edge.producer, edge.consumer) for edge in part.edges} == {("db7", "web7-1"), ("web7-1", "lb7")}


def test_around_a_node_levels_are_counted_anew() -> None:
    assert around(stacks(3), "lb1", 1).levels == (("lb1",),)


def test_of_too_many_the_nearest_are_around_a_node() -> None:
    part = around(stacks(1, webs=500), "db0", 20)
    assert len(part.nodes) == 20
    assert "db0" in names(part)


def test_what_is_drawn_at_a_place_is_known() -> None:
    plan = stacks(2)
    drawing = draw_plan(plan, {node.certname: Label((node.certname,)) for node in plan.nodes}, UNICODE)
    for certname, box in drawing.boxes.items():
        assert plain(drawing.lines[box.row])[box.column :].startswith(certname)
        assert drawing.at(box.column, box.row) == certname
    assert drawing.at(1_000, 0) is None


def test_the_node_that_one_is_at_is_marked_and_nothing_else_changes() -> None:
    plan = stacks(2)
    drawing = draw_plan(plan, {node.certname: Label((node.certname,)) for node in plan.nodes}, UNICODE)
    marked = drawing.marked("web1-2")
    assert [plain(each) for each in marked] == [plain(each) for each in drawing.lines]
    assert [text for each in marked for text, role in each if role == "here"] == ["web1-2"]
    assert drawing.marked(None) == drawing.lines


async def test_of_a_large_plan_the_part_around_the_node_is_drawn(workspace: ActingWorkspace) -> None:
    components = tuple(
        each
        for number in range(120)
        for each in (
            component("Lamp::Db", f"a{number}", f"db{number}.test", exports=f"Sql[a{number}]"),
            component("Lamp::Web", f"a{number}", f"web{number}.test", consumes=f"Sql[a{number}]"),
        )
    )
    workspace.model = made_model(components=components)
    async with driven(workspace, size=(160, 48)) as it:
        await it.press("2")
        await it.sees("What db0.test waits for, and what waits for it (of 240 nodes)")
        await it.sees("▶ web0.test")
        screen = it.app.screen
        assert isinstance(screen, PlanScreen)
        screen.query_one("#list", Document).search("^web77.test")
        await it.sees("What web77.test waits for")
        await it.sees("db77.test")


async def test_the_graph_keeps_the_node_under_the_cursor_in_view(workspace: ActingWorkspace) -> None:
    names = [f"node{number}.test" for number in range(60)]
    workspace.model = made_model(
        components=tuple(component("Lamp::Db", f"a{number}", name) for number, name in enumerate(names))
    )
    async with driven(workspace, size=(160, 30)) as it:
        await it.press("2")
        await it.sees("60 nodes in 1 level,")
        await it.sees("node10.test")
        graph = it.app.screen.query_one("#graph", Canvas)
        assert graph.scroll_offset.y == 0
        it.app.screen.query_one("#list", Document).search("^node9.test")
        await it.until(lambda: graph.scroll_offset.y > 0)
