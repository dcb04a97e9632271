"""The first screen: applications, instances and components, and all that is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.widget import Widget

from appo_tui.environment.places import Place
from appo_tui.model.entities import Model
from appo_tui.plan.entities import Target
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.drawing.absence import absence, nothing_declared
from appo_tui.tui.drawing.describe import describe, place_of, problems, shortened
from appo_tui.tui.drawing.lines import Entry, Line, line
from appo_tui.tui.drawing.model_tree import ModelTree, path_to, problem_counts, title_line
from appo_tui.tui.screens.paned import PanedScreen
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.outline import Outline
from appo_tui.tui.widgets.row_list import RowList
from appo_tui.tui.widgets.source_view import SourceView
from appo_tui.tui.workspaces.workspace import WorkspaceError

_OPENED_ROWS = 200
"""Up to this many components, the tree is open when it is first shown."""


class ApplicationsScreen(PanedScreen):
    """Tree, details, source and problems."""

    CSS_PATH = "applications.tcss"
    BINDINGS = bindings_of("applications")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "applications")
    KEEPS_FILTER = True
    PANES: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tree", "Applications"),
        ("details", "Details"),
        ("source", "Source"),
        ("problems", "Problems"),
    )

    class SourceRead(Message):
        """A worker has read a file."""

        def __init__(self, place: Place, lines: Sequence[str]) -> None:
            super().__init__()
            self.place = place
            self.lines = lines

    def __init__(self) -> None:
        super().__init__()
        self.selection: Selection | None = None
        self.place: Place | None = None
        self._shown_model: object = None

    def make_pane(self, pane: str) -> Widget:
        """The widgets of the panes."""
        if pane == "tree":
            return Outline(self.appo.glyphs, id="tree")
        return SourceView(id="source") if pane == "source" else Document(wraps=True, id=pane)

    def fill_pane(self, pane: str) -> None:
        """Show the model."""
        model = self.appo.model
        widget = self.pane(pane)
        if model is None:
            self._show_absence(widget)
        elif isinstance(widget, Outline):
            self._fill_tree(widget)
        elif isinstance(widget, SourceView):
            self._read_source(self.place)
        elif isinstance(widget, Document) and pane == "details":
            widget.show(describe(model, self.selection, self.appo.glyphs))
        elif isinstance(widget, Document):
            widget.show(problems(model, self.appo.glyphs), keep_place=True)

    def command(self) -> str:
        """Its number's."""
        return "applications"

    def crumbs(self) -> Sequence[str]:
        """Environment, and what the cursor is on."""
        name = self.appo.workspace.session.environment
        return (name, self.selection.name) if self.selection else (name,)

    def said(self) -> Line:
        """How much there is, and how much is wrong."""
        model = self.appo.model
        if model is None:
            return line("can't be read" if self.appo.model_fault else "reading...")
        return title_line(model, self.appo.glyphs)

    def pane_titles(self) -> Sequence[tuple[str, str]]:
        """Problems with their numbers."""
        model = self.appo.model
        counts = problem_counts(model, self.appo.glyphs) if model else ""
        return tuple(
            (pane, f"{title} {counts}" if pane == "problems" and counts else title)
            for pane, title in self.PANES
        )

    @property
    def outline(self) -> Outline:
        """The tree."""
        return self.query_one("#tree", Outline)

    # Messages of the panes.

    @on(RowList.Highlighted, "#tree")
    def _tree_highlighted(self, event: RowList.Highlighted) -> None:
        if isinstance(event.key, Selection) and self.appo.model is not None:
            self.selection = event.key
            self.place = place_of(self.appo.model, event.key)
            self._fill_sides()

    @on(RowList.Selected, "#tree")
    def _tree_selected(self, event: RowList.Selected) -> None:
        if isinstance(event.key, Selection) and event.key.kind not in (
            "application",
            "instance",
            "component",
        ):
            self.show_pane("details")

    @on(RowList.Selected, "#details")
    @on(RowList.Selected, "#problems")
    def _step_chosen(self, event: RowList.Selected) -> None:
        if isinstance(event.rows, Document):
            self.follow(event.rows.leads_to(event.key))

    @on(RowList.Selected, "#source")
    def _line_chosen(self) -> None:
        self.action_edit()

    def follow(self, target: object) -> None:
        """Go to a place or to a thing of the model."""
        if isinstance(target, Place):
            self.place = target
            self.show_pane("source")
        elif isinstance(target, Selection) and self.appo.model is not None:
            path = path_to(self.appo.model, target)
            if not path:
                self.notify(f"{target.name} is not in the tree.", severity="warning")
                return
            if self.outline.search_text:
                self.outline.search("")
            self.outline.reveal(path)

    # Actions.

    def action_mark(self) -> None:
        """Mark the node under the cursor."""
        model, selection = self.appo.model, self.selection
        if model is None or selection is None:
            return
        nodes = _nodes_below(selection, model)
        marked = self.appo.marked_nodes
        self.appo.marked_nodes = marked - nodes if nodes and nodes <= marked else marked | nodes
        self._show_marks()
        self.outline.action_cursor_down()

    def action_plan(self) -> None:
        """Plan the marked nodes, or what is under the cursor."""
        if self.appo.marked_nodes:
            self.appo.open_plan(Target("nodes", tuple(sorted(self.appo.marked_nodes))))
            return
        model, selection = self.appo.model, self.selection
        if model is None or selection is None:
            return
        if selection.kind == "application":
            self.appo.open_plan(Target("application", (selection.name,)))
        elif selection.kind == "node":
            self.appo.open_plan(Target("nodes", (selection.name,)))
        elif selection.kind == "instance":
            self.appo.open_plan(Target("instance", (selection.name,)))
        else:
            component = model.components[selection.component or selection.name]
            self.appo.open_plan(Target("instance", (component.instance,)))

    def action_plan_all(self) -> None:
        """Plan the whole environment."""
        self.appo.open_plan(Target("all"))

    def action_edit(self) -> None:
        """Open the editor at the line of the source, or where this is declared."""
        source = self.pane("source")
        focused = source if isinstance(source, SourceView) and source.has_focus else None
        self.appo.edit(focused.place_under_cursor() if focused else self.place)

    # Inside.

    def _show_absence(self, widget: Widget | None) -> None:
        self.selection = self.place = None
        lines = absence(self.appo.model_fault)
        if isinstance(widget, Document):
            widget.show(tuple(Entry(each) for each in lines))
        elif isinstance(widget, SourceView):
            widget.show(Place("", 1), (), "no source")
        elif isinstance(widget, Outline):
            self._shown_model = None
            widget.placeholder = lines
            widget.clear()

    def _fill_tree(self, tree: Outline) -> None:
        model = self.appo.model
        if model is None or (model, self.appo.job_states) == self._shown_model:
            return
        first = self._shown_model is None
        self._shown_model = (model, self.appo.job_states)
        tree.placeholder = nothing_declared(model)
        if not model.instances and model.diagnostics:
            self.offer_side("problems")
        else:
            self.withdraw_side("problems")
        branches = ModelTree(model, self.appo.glyphs, self.appo.job_states)
        opened: list[Selection] = []
        if first:
            opened += [Selection("application", each) for each in branches.instances_by_application]
            if len(model.components) <= _OPENED_ROWS:
                opened += [Selection("instance", each) for each in model.instances]
        tree.show(branches, expanded=opened)
        if isinstance(tree.cursor_key, Selection):
            self.selection = tree.cursor_key
            self.place = place_of(model, self.selection)
        self._show_marks()

    def _fill_sides(self) -> None:
        for pane in ("details", "source"):
            widget = self.pane(pane)
            if widget is not None and widget.display:
                self.fill_pane(pane)
        self.refresh_title()

    def _show_marks(self) -> None:
        model = self.appo.model
        if model is None:
            return
        nodes = self.appo.marked_nodes
        marked: set[Selection] = {
            Selection("node", each.node, each.reference)
            for each in model.components.values()
            if each.node in nodes and each.node is not None
        }
        marked |= {
            Selection("component", each.reference) for each in model.components.values() if each.node in nodes
        }
        self.outline.marked = frozenset(marked)
        self.outline.refresh()

    @work(thread=True, exclusive=True, group="source", exit_on_error=False)
    def _read_source(self, place: Place | None) -> None:
        if place is None:
            self.post_message(self.SourceRead(Place("", 1), ()))
            return
        try:
            lines = self.appo.workspace.source(place.file)
        except WorkspaceError as error:
            lines = (f"# {error}",)
        self.post_message(self.SourceRead(place, lines))

    def on_applications_screen_source_read(self, event: SourceRead) -> None:
        """Show the file."""
        source = self.pane("source")
        model = self.appo.model
        if isinstance(source, SourceView) and model is not None:
            title = shortened(model.root, event.place) if event.lines else "no source"
            source.show(event.place, event.lines, title)


def _nodes_below(selection: Selection, model: Model) -> frozenset[str]:
    if selection.kind == "node":
        return frozenset((selection.name,))
    if selection.kind == "application":
        names = [each.reference for each in model.instances.values() if each.type == selection.name]
        wanted = {part for name in names for part in model.instances[name].components}
    elif selection.kind == "instance":
        wanted = set(model.instances[selection.name].components)
    else:
        wanted = {selection.component or selection.name}
    found = (model.components[name].node for name in wanted if name in model.components)
    return frozenset(node for node in found if node is not None)
