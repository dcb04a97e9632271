from __future__ import annotations

import pytest

from appo_tui.cli.app import write_instances
from appo_tui.cli.faults import CommandError
from appo_tui.cli.targets import named_instances, reference
from tests.cli.made import Page, lamp


def test_instances_are_shown_in_the_orchestrators_form_producers_first() -> None:
    page = Page()
    write_instances(lamp(), ("Lamp[app1]",), page.output)
    assert page.text == (
        "Lamp[app1]\n"
        "    Lamp::Db[app1] => db1\n"
        "      + produces Sql[app1]\n"
        "    Lamp::Web[app1] => web1\n"
        "      + produces Http[app1]\n"
        "        consumes Sql[app1]\n"
    )


def test_type_title_and_node_have_colours_of_their_own() -> None:
    page = Page(colour=True)
    write_instances(lamp(), ("Lamp[app1]",), page.output)
    assert "\x1b[36mLamp::Db\x1b[0m[\x1b[35mapp1\x1b[0m] => \x1b[32mdb1\x1b[0m" in page.text


@pytest.mark.parametrize("text", ["Lamp", "lamp", "LAMP", "Lamp[app1]", "lamp['app1']", 'Lamp["app1"]', None])
def test_a_target_is_found_in_any_case_and_quoting(text: str | None) -> None:
    assert named_instances(lamp(), text) == ("Lamp[app1]",)


def test_an_unknown_target_is_told_with_the_nearest_name() -> None:
    with pytest.raises(
        CommandError, match=r"no application or instance 'Lmap\[app1\]'.*\ndid you mean 'Lamp\[app1\]'"
    ):
        named_instances(lamp(), "Lmap[app1]")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lamp", "Lamp"),
        ("::lamp::db", "Lamp::Db"),
        ("Lamp[ 'a b' ]", "Lamp[a b]"),
        ('Lamp["x[1]"]', "Lamp[x[1]]"),
    ],
)
def test_a_reference_is_read_as_users_type_it(typed: str, meant: str) -> None:
    assert reference(typed) == meant
