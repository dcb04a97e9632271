"""Titles, references and log bytes of any kind, through every widget that shows them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.screen import ModalScreen

from appo_tui.environment.places import Place
from appo_tui.jobs.access.host_keys import UnknownHostKey
from appo_tui.jobs.events import LogChunk, LogLine
from appo_tui.jobs.request import JobOptions
from appo_tui.model.entities import Model
from appo_tui.plan import Target, make_plan
from appo_tui.tui.dialogs.accept_host_keys import AcceptHostKeys
from appo_tui.tui.dialogs.ask_secrets import AskSecrets
from appo_tui.tui.dialogs.ask_text import AskText
from appo_tui.tui.dialogs.choose import Choose
from appo_tui.tui.dialogs.confirm import Confirm
from appo_tui.tui.dialogs.options import OptionsDialog
from appo_tui.tui.drawing.describe import describe, problems
from appo_tui.tui.drawing.glyphs import ASCII, UNICODE
from appo_tui.tui.drawing.lines import Entry, line, plain, reference, span
from appo_tui.tui.drawing.model_tree import ModelTree
from appo_tui.tui.drawing.plan_graph import Label, draw_plan
from appo_tui.tui.drawing.plan_lines import plan_entries, why_entries
from appo_tui.tui.drawing.puppet_source import puppet_line
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.selection import Selection
from appo_tui.tui.widgets.canvas import Canvas
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.log_view import LogView
from appo_tui.tui.widgets.outline import Outline
from appo_tui.tui.widgets.pane_strip import PaneStrip
from appo_tui.tui.widgets.source_view import SourceView
from appo_tui.tui.widgets.table import Row, Table
from appo_tui.tui.widgets.title_bar import TitleBar
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven, screen_text
from tests.tui.made import COMPONENTS, made_model

NASTY = (
    "File[/etc/my.cnf]", "Lamp[app1]", "Http[/]", "err [/", "x[b", "a\\[b]", "[red]no[/red]", "[/]", "$(id)",
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b2J", "a\rb\nc\td", "\u202eevil", "\u2066x\u2069",
    "e\u0301\u0301\u0301",
    "日本語のタイトル", "👩‍👩‍👧‍👦", "\ufeff", "\x00", "\udcff", "%s {0} {x}",
    "a" * 300, "[@click=app.quit]x[/]",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=60),
    st.text(alphabet="[]/\\abAB:\x1b'\"=, \n", max_size=30),
)

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Shelf(App[None]):
    """Every widget that shows text from outside, with the same text in each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield TitleBar(UNICODE, [self.text])
        yield PaneStrip("…")
        yield Document(id="document")
        yield Table(("a", "b"), id="table")
        yield SourceView(id="source")
        yield LogView(LogBuffer(), id="log")
        yield Outline(id="outline")
        yield Canvas(id="canvas")

    def on_mount(self) -> None:
        text = self.text
        self.query_one(TitleBar).show([text, text])
        self.query_one(PaneStrip).show([("a", text), ("b", text)], frozenset("a"), "b")
        self.query_one(PaneStrip).remark(text)
        self.query_one(Document).show([Entry(line(text, span(text, "title")))])
        self.query_one(Table).show([Row(1, (span(text), span(text, "node")), (text, text))])
        self.query_one(SourceView).show(Place("x.pp", 1), text.splitlines(), text)
        chunk = LogChunk(node=text, attempt=1, first=1, lines=(LogLine(0.0, "stdout", "err", text, text),))
        self.query_one(LogView).take([chunk])
        self.query_one(Outline).show(
            ModelTree(titled(text), UNICODE), expanded=[Selection("application", "Lamp")]
        )
        plan = make_plan(titled(text), Target("all"))
        labels = {node.certname: Label((node.certname, text)) for node in plan.nodes}
        self.query_one(Canvas).show(draw_plan(plan, labels, UNICODE).lines)


def titled(text: str) -> Model:
    first = COMPONENTS[0]
    changed = msgspec.structs.replace(
        first, reference=f"Lamp::Db[{text}]", title=text, instance=f"Lamp[{text}]", node=text or "n"
    )
    return made_model(components=(changed, *COMPONENTS[1:]))


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_what_could_be_markup_or_control_is_shown_by_every_widget(text: str) -> None:
    app = Shelf(text)
    async with app.run_test(size=(100, 60), notifications=True) as pilot:
        await pilot.pause()
        shown = screen_text(app)
        assert not CONTROL.search(shown.replace("\n", ""))
        if text.isascii() and text.isprintable() and len(text) < 30:
            assert shown.count(text) >= 6


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_lines_keep_every_printable_character(text: str) -> None:
    for made in (line(text), reference(text), (span(text),), puppet_line(text)):
        shown = plain(made)
        assert not CONTROL.search(shown)
        assert [each for each in text if each.isalnum()] == [each for each in shown if each.isalnum()] or any(
            CONTROL.search(each) or not each.isprintable() or each == "\t" for each in text
        )


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_any_title_can_be_described_planned_and_drawn(text: str) -> None:
    model = titled(text)
    plan = make_plan(model, Target("all"))
    lines = [each.line for each in plan_entries(plan, JobOptions(description=text), model, ASCII)]
    lines += [each.line for each in why_entries(plan, text or "n", model, UNICODE)]
    lines += [each.line for each in problems(model, ASCII)]
    for selection in (
        Selection("component", f"Lamp::Db[{text}]"),
        Selection("instance", f"Lamp[{text}]"),
        Selection("node", text or "n"),
    ):
        lines += [(*each.line, *each.aside) for each in describe(model, selection, UNICODE)]
    labels = {node.certname: Label((node.certname, text)) for node in plan.nodes}
    lines += draw_plan(plan, labels, ASCII).lines
    assert not any(CONTROL.search(plain(each)) for each in lines)


async def test_a_question_about_any_target_can_be_asked(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        for text in NASTY:
            it.app.screen.notify(text, title=text)
            it.app.push_screen(Confirm(text, [text], key="y", verb="run"))
            await it.pilot.pause()
            assert not CONTROL.search(it.text().replace("\n", ""))
            await it.press("escape")


def dialogs_about(text: str) -> list[ModalScreen[Any]]:
    """Every dialog that shows text from outside."""
    key = UnknownHostKey(
        certname=text, host=text, port=2222, algorithm=text, fingerprint=text, known_hosts=Path(text or "x"),
        line=text,
    )  # fmt: skip
    return [
        Confirm(text, [text], key="y", verb="run"),
        Choose(text, [text, "b"], here=text),
        AcceptHostKeys([key]),
        AskSecrets(text, [text], verb="start"),
        AskText(text, text, text),
        OptionsDialog(JobOptions(description=text, run_as=text)),
    ]


@pytest.mark.parametrize("number", range(6))
async def test_every_dialog_shows_any_text(workspace: ActingWorkspace, number: int) -> None:
    async with driven(workspace) as it:
        for text in ("Lamp[app1]", "err [/", "\x1b[31mred\x1b[0m", "\u202eevil", "日本語\x00\udcff"):
            it.app.push_screen(dialogs_about(text)[number])
            await it.pilot.pause()
            shown = it.text().replace("\n", "")
            assert not CONTROL.search(shown), text
            await it.press("escape")


def test_no_sink_of_textuals_is_given_a_plain_string() -> None:
    sinks = re.compile(r"\b(Label|Static|Button)\((?!content\()(?!classes=)[^)]|\.update\((?!content\()[^)]")
    offenders = [
        f"{path.name}:{number}"
        for path in Path("appo_tui/tui").rglob("*.py")
        for number, text in enumerate(path.read_text().splitlines(), 1)
        if sinks.search(text)
        and 'Label("/")' not in text
        and "_expanded.update" not in text
        and "kept.update" not in text
        and "_jobs.update" not in text
        and "_rows.update" not in text
        and "entered" not in text
    ]
    assert offenders == []
