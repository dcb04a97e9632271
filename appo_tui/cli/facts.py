"""`appo facts`: collects facts from the nodes, and keeps them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call
from appo_tui.cli.durations import duration
from appo_tui.cli.table import write_table

if TYPE_CHECKING:
    from appo_tui.jobs.fact_collection import Collected
    from appo_tui.session import Session


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.description = (
        "Asks nodes for their facts over SSH and keeps them: every later command uses them, until they are "
        "collected again or --facts gives others. Without CERTNAME: every node with a component."
    )
    family.add_argument("CERTNAME", nargs="*")
    family.add_argument("--kept", action="store_true", help="ask no node: show how old the kept facts are")
    family.set_defaults(run=_facts)


def _facts(call: Call) -> int:
    from appo_tui.session import read_model

    session = call.session()
    certnames = call.options.CERTNAME or list(read_model(session).nodes)
    if call.options.kept:
        return _show_kept(call, session, certnames)
    answers = _collect(call, session, certnames)
    if call.output.as_json:
        call.output.json(
            {
                "facts": {each.certname: each.facts for each in answers if each.facts is not None},
                "failed": {each.certname: each.fault for each in answers if each.facts is None},
            }
        )
    return 1 if any(each.facts is None for each in answers) else 0


def _collect(call: Call, session: Session, certnames: list[str]) -> tuple[Collected, ...]:
    from appo_tui.environment import read_environment
    from appo_tui.environment.inventory import find_inventory, read_inventory
    from appo_tui.jobs.fact_collection import collect_facts

    environment = read_environment(session.root, session.environment)
    inventory = read_inventory(find_inventory(session.root, session.inventory_file))
    run_as = session.settings.run_as or None
    answers = collect_facts(environment, inventory, certnames, run_as, lambda answer: _tell(call, answer))
    facts = {each.certname: each.facts for each in answers if each.facts is not None}
    if session.fact_cache is not None and not session.read_only:
        session.fact_cache.keep(facts, time.time())
    return answers


def _tell(call: Call, answer: Collected) -> None:
    output = call.output
    if output.as_json:
        return
    if answer.facts is None:
        output.line(f"{output.text(answer.certname)}: {output.paint(answer.fault, 'red')}")
    else:
        output.line(f"{output.text(answer.certname)}: {len(answer.facts)} facts")
    output.flush()


def _show_kept(call: Call, session: Session, certnames: list[str]) -> int:
    collected = session.fact_cache.collected() if session.fact_cache is not None else {}
    if call.output.as_json:
        call.output.json({"collected": {name: collected.get(name) for name in certnames}})
        return 0
    rows = [
        (name, f"{duration(time.time() - collected[name])} old" if name in collected else "none")
        for name in certnames
    ]
    write_table(("NODE", "FACTS"), rows, call.output)
    return 0
