"""Everything that can be done, in one list: bindings, help, palette, command line and docs come from it.

An action's id is stable: the settings file rebinds keys by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Where = Literal[
    "everywhere", "panes", "list", "tree", "table", "log", "canvas", "source",
    "applications", "plan", "job", "history", "nodes", "compare", "replay",
]  # fmt: skip

TITLES: dict[Where, str] = {
    "everywhere": "Everywhere",
    "panes": "Panes",
    "list": "Lists",
    "tree": "Trees",
    "table": "Tables",
    "log": "Run log",
    "canvas": "Graphs and timelines",
    "source": "Source",
    "applications": "Applications",
    "plan": "Plan",
    "job": "Job",
    "history": "History",
    "nodes": "Nodes",
    "compare": "Compare",
    "replay": "Replay",
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    Attributes:
        where: the screen or kind of pane that has it.
        keys: as Textual writes them, separated by commas; the first is shown.
        call: Textual's action, with arguments where it takes some.
        name: one or two words, for the line of keys.
        help: a sentence.
        command: what it is called on the command line behind ``:``, or an empty string.
        shown: whether the line of keys has it.
        changes: whether ``--read-only`` refuses it.
        suffix: tells apart the ids of actions with the same call.
    """

    where: Where
    keys: str
    call: str
    name: str
    help: str
    command: str = ""
    shown: bool = False
    changes: bool = False
    suffix: str = ""

    @property
    def verb(self) -> str:
        """The method that does it, without its arguments and without the screen that may have it."""
        return self.call.partition("(")[0].removeprefix("screen.")

    @property
    def id(self) -> str:
        """The stable name, such as ``applications.plan``."""
        verb = self.verb.replace("_", "-")
        return f"{self.where}.{verb}{'-' if self.suffix else ''}{self.suffix}"


ACTIONS: tuple[Action, ...] = (
    Action("everywhere", "1", "go('applications')", "applications", "The applications of the environment.",
           "applications", suffix="applications"),
    Action("everywhere", "2", "go('plan')", "plan", "The job plan.", "plan", suffix="plan"),
    Action("everywhere", "3", "go('job')", "job", "The job last looked at.", "job", suffix="job"),
    Action("everywhere", "4", "go('history')", "history", "All jobs.", "history", suffix="history"),
    Action("everywhere", "5", "go('nodes')", "nodes", "All nodes with components.", "nodes", suffix="nodes"),
    Action("everywhere", "0", "choose_environment", "environment", "Go to another environment.",
           "environment"),
    Action("everywhere", "escape", "back", "back", "Clear the filter, or go back one screen.", "back"),
    Action("everywhere", "q", "leave", "back/quit", "Go back; on the first screen, ask whether to quit.",
           "q"),
    Action("everywhere", "colon", "command_line", "command", "Type a command.", shown=True),
    Action("everywhere", "question_mark,f1", "help", "help", "All keys of this screen.", "help", shown=True),
    Action("everywhere", "slash", "find", "filter", "Filter rows, or search text.", "filter", shown=True),
    Action("everywhere", "n", "next_match", "next", "The next match."),
    Action("everywhere", "N", "previous_match", "previous", "The match before."),
    Action("everywhere", "y", "copy", "copy", "Send what is under the cursor to the terminal's clipboard.",
           "copy"),
    Action("everywhere", "ctrl+r", "reload", "reload", "Read everything again.", "reload"),
    Action("everywhere", "t", "next_theme", "theme", "The next theme.", "theme"),
    Action("panes", "tab", "next_pane", "pane", "The next pane.", shown=True),
    Action("panes", "shift+tab", "previous_pane", "pane back", "The pane before."),
    Action("panes", "right_square_bracket", "turn_side(1)", "side on", "Show the next side pane.",
           suffix="next"),
    Action("panes", "left_square_bracket", "turn_side(-1)", "side back", "Show the side pane before.",
           suffix="previous"),
    Action("panes", "right_parenthesis", "widen(5)", "wider", "Give the first pane more of the width.",
           suffix="more"),
    Action("panes", "left_parenthesis", "widen(-5)", "narrower", "Give the first pane less of the width.",
           suffix="less"),
    Action("panes", "plus", "zoom", "zoom", "One pane on the whole screen, and back.", "zoom"),
    Action("list", "down,j", "cursor_down", "down", "Down by one row."),
    Action("list", "up,k", "cursor_up", "up", "Up by one row."),
    Action("list", "pagedown,ctrl+f", "page_down", "page down", "Down by a page."),
    Action("list", "pageup,ctrl+u", "page_up", "page up", "Up by a page."),
    Action("list", "home,g", "first", "first", "The first row."),
    Action("list", "end,G", "last", "last", "The last row."),
    Action("list", "right,l", "sideways(8)", "right", "Scroll to the right.", suffix="right"),
    Action("list", "left,h", "sideways(-8)", "left", "Scroll to the left.", suffix="left"),
    Action("list", "enter", "select", "open", "Open what is under the cursor.", shown=True),
    Action("tree", "right,l", "expand", "expand", "Open the branch, or go to its first row."),
    Action("tree", "left,h", "collapse", "collapse", "Close the branch, or go to the row above it."),
    Action("tree", "asterisk", "expand_all", "all", "Open everything below."),
    Action("tree", "minus", "collapse_all", "none", "Close all branches."),
    Action("table", "o", "sort", "sort", "Sort by the next column.", "sort"),
    Action("table", "O", "reverse", "reverse", "Reverse the order."),
    Action("source", "e", "screen.edit", "edit", "Open $EDITOR at the line.", shown=True),
    Action("log", "down,j", "scroll_lines(1)", "down", "Down by a line.", suffix="down"),
    Action("log", "up,k", "scroll_lines(-1)", "up", "Up by a line.", suffix="up"),
    Action("log", "pagedown,ctrl+f", "scroll_pages(1)", "page down", "Down by a page.", suffix="down"),
    Action("log", "pageup,ctrl+u", "scroll_pages(-1)", "page up", "Up by a page.", suffix="up"),
    Action("log", "home,g", "head", "head", "The first line."),
    Action("log", "end,G", "tail", "tail", "The last line, and follow."),
    Action("log", "right,l", "sideways(16)", "right", "Scroll to the right.", suffix="right"),
    Action("log", "left,h", "sideways(-16)", "left", "Scroll to the left.", suffix="left"),
    Action("log", "space", "pause", "pause", "Stop following, or follow again.", shown=True),
    Action("log", "ampersand", "screen.filter", "only", "Show only lines that match.", shown=True),
    Action("log", "C", "context", "context", "Lines of context around each line that matches: 0, 2 or 5."),
    Action("log", "e", "next_error(1)", "error", "The next error.", shown=True, suffix="next"),
    Action("log", "E", "next_error(-1)", "error back", "The error before.", suffix="previous"),
    Action("log", "w", "wrap", "wrap", "Wrap long lines, or cut them."),
    Action("log", "T", "times", "times", "Show times, or hide them."),
    Action("log", "z", "failures", "failures", "Show only warnings and errors.", shown=True),
    Action("canvas", "down,j", "pan(0,2)", "down", "Down.", suffix="down"),
    Action("canvas", "up,k", "pan(0,-2)", "up", "Up.", suffix="up"),
    Action("canvas", "right,l", "pan(8,0)", "right", "To the right.", suffix="right"),
    Action("canvas", "left,h", "pan(-8,0)", "left", "To the left.", suffix="left"),
    Action("canvas", "pagedown,ctrl+f", "pan(0,20)", "page down", "Down by a page.", suffix="page-down"),
    Action("canvas", "pageup,ctrl+u", "pan(0,-20)", "page up", "Up by a page.", suffix="page-up"),
    Action("canvas", "home,g", "start", "start", "To the beginning."),
    Action("applications", "space", "mark", "mark", "Mark the node under the cursor for a plan."),
    Action("applications", "p", "plan", "plan", "Plan what is under the cursor, or the marked nodes.",
           shown=True),
    Action("applications", "P", "plan_all", "plan all", "Plan the whole environment."),
    Action("applications", "s", "show('source')", "source", "The source of what is under the cursor.",
           "source", suffix="source"),
    Action("applications", "exclamation_mark", "show('problems')", "problems", "What is wrong.", "problems",
           suffix="problems"),
    Action("applications", "e", "edit", "edit", "Open $EDITOR where this is declared.", "edit", shown=True),
    Action("plan", "r", "launch", "run", "Start a job of this plan, after a question.", "run", shown=True,
           changes=True),
    Action("plan", "o", "options", "options", "No-op, concurrency, description and mode.", "options",
           shown=True),
    Action("plan", "d", "toggle_noop", "no-op", "Simulate the run, or not.", "noop"),
    Action("plan", "a", "plan_all", "all", "Plan the whole environment.", "all"),
    Action("plan", "x", "export", "export", "Save the plan as JSON, DOT, Mermaid or SVG.", "export"),
    Action("job", "s", "stop", "stop", "Start nothing more; asked again, end running runs too.", "stop",
           shown=True, changes=True),
    Action("job", "r", "retry", "retry", "A new job of the nodes that did not finish.", "retry", shown=True,
           changes=True),
    Action("job", "m", "merge", "node/merged", "The log of the node under the cursor, or of all.", "merge",
           shown=True),
    Action("job", "f", "only_failures", "failures", "Only nodes that did not finish well."),
    Action("job", "S", "save_log", "save log", "Save the whole log to a file.", "save"),
    Action("job", "R", "resume", "resume", "Go on with a job whose runner is gone.", "resume", changes=True),
    Action("job", "A", "attach", "elsewhere", "Follow the job in another window of tmux or screen.",
           "attach"),
    Action("job", "i", "replay", "replay", "Play the job's events again.", "replay"),
    Action("history", "space", "mark", "mark", "Mark a job to compare it.", shown=True),
    Action("history", "c", "compare", "compare", "Compare the two marked jobs.", "compare", shown=True),
    Action("history", "i", "replay", "replay", "Play the job's events again.", "replay", shown=True),
    Action("history", "x", "export", "export", "Write the job to a file, its log included.", "export"),
    Action("history", "I", "import", "import", "Put a job of a file into the history.", "import",
           changes=True),
    Action("nodes", "space", "mark", "mark", "Mark the node for a plan."),
    Action("nodes", "p", "plan", "plan", "Plan the marked nodes, or the one under the cursor.", shown=True),
    Action("nodes", "x", "test", "test", "Connect to the marked nodes, or the one under the cursor.", "test",
           shown=True),
    Action("nodes", "c", "collect", "facts", "Collect facts of the marked nodes, or the one here.",
           "facts", shown=True, changes=True),
    Action("replay", "p,space", "play", "play/pause", "Play, or stop.", shown=True),
    Action("replay", "greater_than_sign", "faster", "faster", "Twice the speed.", shown=True),
    Action("replay", "less_than_sign", "slower", "slower", "Half the speed.", shown=True),
    Action("replay", "full_stop", "seek(5)", "ahead", "Ahead by a twentieth.", shown=True, suffix="ahead"),
    Action("replay", "comma", "seek(-5)", "back", "Back by a twentieth.", shown=True, suffix="back"),
)  # fmt: skip
"""Every action, in the order in which help shows them."""


def actions_of(*places: Where) -> tuple[Action, ...]:
    """The actions of some places, in the order of the places."""
    return tuple(action for place in places for action in ACTIONS if action.where == place)


def bindings_of(*places: Where) -> list[BindingType]:
    """Textual's bindings of the actions of some places, with ids for the settings' keymap."""
    return [
        Binding(
            action.keys,
            action.call,
            action.name,
            show=action.shown,
            id=action.id,
            tooltip=action.help,
        )
        for action in actions_of(*places)
    ]


def action_named(command: str) -> Action | None:
    """The action of a command typed behind ``:``, or None."""
    return next((action for action in ACTIONS if action.command == command and command), None)


def action_with_id(name: str) -> Action | None:
    """The action of an id, or None."""
    return next((action for action in ACTIONS if action.id == name), None)
