from __future__ import annotations

import pytest

from appo_tui.jobs.bundle.blanking import blanked
from puppet_grammar import parse


def result(text: str, *applications: str, certname: str | None = None) -> str:
    """The blanked text without the blanks at line ends, after looking that its length and lines hold."""
    out = blanked(text, parse(text), applications, certname)
    assert len(out) == len(text)
    assert [at for at, char in enumerate(out) if char == "\n"] == [
        at for at, char in enumerate(text) if char == "\n"
    ]
    parse(out, language="7")
    return "\n".join(line.rstrip() for line in out.splitlines())


def test_applications_and_mappings_vanish_and_the_rest_stays_where_it_was() -> None:
    text = "define a { }\nA produces Sql { host => $h }\napplication x ($y) {\n  a { z: }\n}\nclass b { }\n"
    assert result(text) == "define a { }\n\n\n\n\nclass b { }"


def test_a_mapping_that_was_all_of_a_block_leaves_a_harmless_call() -> None:
    text = "define a {\n  if $x { A produces Sql { host => $h } }\n  notice(1)\n}\n"
    assert result(text) == "define a {\n  if $x { debug('')" + " " * 21 + "}\n  notice(1)\n}"


def test_a_site_block_keeps_what_works_on_every_node() -> None:
    text = "site {\n  include ntp\n  lamp { 'a': nodes => { Node['n'] => A['a'] } }\n  $x = 1\n}\nnotice(2)\n"
    assert result(text, "lamp") == "\n  include ntp\n\n  $x = 1\n\nnotice(2)"


def test_a_variable_that_holds_a_node_mapping_goes_with_the_instances() -> None:
    text = "site {\n  $map = { Node['n'] => A['a'] }\n  lamp { 'a': nodes => $map }\n}\n"
    assert result(text, "lamp") == "\n\n\n"


def test_instances_outside_a_site_block_vanish_too() -> None:
    assert result("lamp { 'a': }\nm::lamp { 'b': }\nnotice(1)\n", "lamp", "m::lamp") == "\n\nnotice(1)"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("file { x: export => Sql['a'], mode => '0' }", "file { x:                     mode => '0' }"),
        ("file { x: mode => '0', consume => [Sql['a']] }", "file { x: mode => '0',                       }"),
        ("a { x: export => $refs }", "a { x:                 }"),
        ("a { x: export => 'a string' }", "a { x: export => 'a string' }"),
    ],
)
def test_export_and_consume_vanish_with_their_commas(text: str, wanted: str) -> None:
    assert result(text) == wanted


def test_a_node_block_that_is_another_nodes_vanishes() -> None:
    text = "node 'db1.x' { }\nnode web1 { }\nnode /^w/ { }\nnode default { }\n"
    assert result(text, certname="web1.x") == "\nnode web1 { }\nnode /^w/ { }\nnode default { }"


def test_characters_of_several_bytes_keep_their_columns() -> None:
    text = "A produces Sql { host => 'ünïcödé 😀' }\n$x = 'ü'\n"
    assert result(text) == "\n$x = 'ü'"
