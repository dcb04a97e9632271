"""What is not known before a run stays unknown, and nothing else becomes so."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment.places import Place
from appo_tui.evaluator.functions import REGISTRY, FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.values import Unknown, Value

UNKNOWN = Unknown("the fact x is not known yet")


class NoContext:
    """Code without an environment."""

    hiera = None

    @property
    def environment(self) -> NoContext:
        return self

    def find_module_file(self, reference: str) -> Path | None:
        return None

    def find_inside(self, path: str) -> Path | None:
        return None

    def find_template(self, reference: str) -> Path | None:
        return None

    def find_module(self, name: str) -> Path | None:
        return None

    def note(self, path: Path) -> None:
        return None

    def lookup_variable(self, name: str) -> Value:
        return UNKNOWN if name == "::fqdn" else None

    def call_function(self, name: str, arguments: tuple[Value, ...], block: object, place: Place) -> Value:
        return None

    def log(self, level: str, message: str, place: Place) -> None:
        return None

    def render_epp(self, text: str, parameters: dict[str, Value] | None, source: str) -> Value:
        return text

    def note_data(self, call: Place, place: Place) -> None:
        return None

    def resolve_type(self, name: str) -> PuppetType | None:
        return None


def called(name: str, *arguments: Value) -> Value:
    return REGISTRY[name].call(FunctionCall(NoContext(), Place("", 1)), arguments)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("upcase", (UNKNOWN,)),
        ("join", (("a", UNKNOWN), ",")),
        ("sprintf", ("%s", UNKNOWN)),
        ("merge", ({"a": 1}, UNKNOWN)),
        ("member", (("a", UNKNOWN), "b")),
        ("sort", (("a", UNKNOWN),)),
        ("fqdn_rand", (5,)),
        ("call", (UNKNOWN,)),
    ],
)
def test_a_result_that_hangs_on_something_unknown_is_unknown_for_its_reason(
    name: str, arguments: tuple[Value, ...]
) -> None:
    assert called(name, *arguments) == UNKNOWN


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("merge", ({"a": UNKNOWN}, {"b": 1}), {"a": UNKNOWN, "b": 1}),
        ("length", ((1, UNKNOWN),), 2),
        ("keys", ({"a": UNKNOWN},), ("a",)),
        ("has_key", ({"a": UNKNOWN}, "a"), True),
        ("concat", ((1,), (UNKNOWN,)), (1, UNKNOWN)),
        ("dig", ({"a": {"b": 1, "c": UNKNOWN}}, "a", "b"), 1),
        ("dig", ({"a": UNKNOWN}, "a", "b"), UNKNOWN),
        ("pick", ("a", UNKNOWN), "a"),
        ("pick", (None, UNKNOWN), UNKNOWN),
        ("flatten", ((1, (UNKNOWN,)),), (1, UNKNOWN)),
        ("any2array", ({"a": UNKNOWN},), ("a", UNKNOWN)),
    ],
)
def test_collections_keep_what_is_unknown_in_them(
    name: str, arguments: tuple[Value, ...], result: Value
) -> None:
    assert called(name, *arguments) == result


@pytest.mark.parametrize("name", ["generate", "template", "time", "shuffle", "pw_hash"])
def test_what_only_a_run_can_tell_is_unknown_and_says_why(name: str) -> None:
    result = called(name, "/x", "/y", "/z")
    assert isinstance(result, Unknown)
    assert f"{name}()" in result.reason


def test_a_template_that_no_module_has_is_refused_without_rendering_it() -> None:
    with pytest.raises(FunctionError, match=r"Could not find template 'lamp/none\.erb'"):
        called("template", UNKNOWN, "lamp/none.erb")


def test_every_function_has_a_manual_page_and_a_description() -> None:
    for function in REGISTRY.values():
        assert function.manual.startswith("https://"), function.name
        assert function.body.__doc__, function.name
