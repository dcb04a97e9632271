"""What a session's nodes answer when they are asked from the screen of nodes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from appo_tui.session import Session
from appo_tui.tui.drawing.node_lines import KnownNode


def known_nodes(session: Session) -> Mapping[str, KnownNode]:
    """When the nodes' facts were collected, where they are in use, and the Puppet that they name."""
    from appo_tui.environment import read_facts_file

    if session.facts_file is None:
        return {}
    cache = session.fact_cache
    times = cache.collected() if cache is not None and cache.file == session.facts_file else {}
    facts = read_facts_file(session.facts_file)
    return {
        name: KnownNode(times.get(name), str(facts.of(name).get("puppetversion") or ""))
        for name in facts.certnames()
    }


def reach(session: Session, certnames: Sequence[str]) -> Mapping[str, KnownNode]:
    """Connects to nodes."""
    from appo_tui.environment.inventory import find_inventory, read_inventory
    from appo_tui.jobs.access.reaching import try_connections

    inventory = read_inventory(find_inventory(session.root, session.inventory_file))
    answers = try_connections(inventory, certnames)
    return {
        each.certname: KnownNode(puppet=each.puppet, reached=not each.fault, fault=each.fault)
        for each in answers
    }


def collect(session: Session, certnames: Sequence[str]) -> Mapping[str, str]:
    """Asks nodes for their facts and keeps them; returns why some could not be had."""
    from appo_tui.environment import read_environment
    from appo_tui.environment.inventory import find_inventory, read_inventory
    from appo_tui.jobs.fact_collection import collect_facts

    environment = read_environment(session.root, session.environment)
    inventory = read_inventory(find_inventory(session.root, session.inventory_file))
    answers = collect_facts(environment, inventory, certnames, session.settings.run_as or None)
    facts = {each.certname: each.facts for each in answers if each.facts is not None}
    if session.fact_cache is not None and facts:
        session.fact_cache.keep(facts, time.time())
    return {each.certname: each.fault for each in answers if each.facts is None}
