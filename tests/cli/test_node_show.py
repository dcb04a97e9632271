from __future__ import annotations

from appo_tui.cli.node import write_node
from tests.cli.made import Page, lamp


def test_a_node_is_shown_with_every_value_and_its_origin() -> None:
    page = Page()
    write_node(lamp(), "web1", page.output)
    assert "        port     => 80  # given (site.pp:3)\n" in page.text
    assert "        consumes Sql[app1] from Lamp::Db[app1] on db1\n" in page.text
    assert "            host    => 'db1'  # fact fqdn\n" in page.text


def test_a_secret_is_not_shown() -> None:
    page = Page()
    write_node(lamp(), "web1", page.output)
    assert "password => (secret)" in page.text
    assert "canary" not in page.text


def test_an_unknown_value_gives_its_reason() -> None:
    page = Page()
    write_node(lamp(), "db1", page.output)
    assert "version => (not known before the run: a Ruby function)" in page.text
