"""What planning costs beside sorting.

usage: python -m bench.plan [--nodes 10000] [--bindings 40000] [--rounds 7]

Plans a model of that many nodes and bindings in turns with networkx's topological sort of the same graph,
and prints the ratio of the best times.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx

from appo_tui.environment.places import Place
from appo_tui.model.entities import Application, Binding, Component, Instance, Model, Node, ServiceResource
from appo_tui.plan import Target, make_plan

SEED = 7
BUDGET = 5.0
NODES_OF_AN_INSTANCE = 10
PLACE = Place("site.pp", 1)


def random_model(nodes: int, bindings: int) -> Model:
    """A node a component, ten an instance; each consumes what components before it produce."""
    chance = random.Random(SEED)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < bindings:
        one, other = sorted(chance.sample(range(nodes), 2))
        pairs.add((one, other))
    consumed: dict[int, list[int]] = {number: [] for number in range(nodes)}
    for producer, consumer in sorted(pairs):
        consumed[consumer].append(producer)
    components = {
        f"C[{number}]": Component(
            reference=f"C[{number}]",
            type="C",
            title=str(number),
            kind="definition",
            instance=f"App[{number // NODES_OF_AN_INSTANCE}]",
            node=_certname(number),
            parameters={},
            exports=(f"Res[{number}]",),
            consumes=tuple(f"Res[{producer}]" for producer in consumed[number]),
            requires=(),
            place=PLACE,
        )
        for number in range(nodes)
    }
    return Model(
        environment="production",
        root=Path("/env"),
        applications={"App": Application("App", (), PLACE)},
        instances={
            f"App[{first // NODES_OF_AN_INSTANCE}]": Instance(
                f"App[{first // NODES_OF_AN_INSTANCE}]",
                "App",
                str(first // NODES_OF_AN_INSTANCE),
                {},
                tuple(f"C[{number}]" for number in range(first, min(first + NODES_OF_AN_INSTANCE, nodes))),
                PLACE,
            )
            for first in range(0, nodes, NODES_OF_AN_INSTANCE)
        },
        components=components,
        service_resources={
            f"Res[{number}]": ServiceResource(f"Res[{number}]", "Res", str(number), f"C[{number}]", {}, PLACE)
            for number in range(nodes)
        },
        bindings=tuple(
            Binding(f"C[{producer}]", f"Res[{producer}]", f"C[{consumer}]", "consume")
            for consumer, producers in consumed.items()
            for producer in producers
        ),
        nodes={
            _certname(number): Node(_certname(number), (f"C[{number}]",), facts_known=False)
            for number in range(nodes)
        },
        diagnostics=(),
        digest="0" * 64,
    )


def node_graph(model: Model) -> Any:
    """The nodes of a model and the bindings between them."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(model.nodes)
    for binding in model.bindings:
        graph.add_edge(_node_of(model, binding.producer), _node_of(model, binding.consumer))
    return graph


def _node_of(model: Model, component: str) -> str:
    return model.components[component].node or ""


def _certname(number: int) -> str:
    return f"node{number:05}.example.com"


def sort(graph: Any) -> None:
    """Sort a graph to the last node."""
    order: Any = networkx.topological_sort
    deque(order(graph), maxlen=0)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call, without those of forgetting its result."""
    began = time.process_time()
    result = work()
    taken = time.process_time() - began
    del result
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--bindings", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    model = random_model(options.nodes, options.bindings)
    graph = node_graph(model)
    ours, sorting = float("inf"), float("inf")
    for _ in range(options.rounds):
        ours = min(ours, seconds(lambda: make_plan(model, Target("all"))))
        sorting = min(sorting, seconds(lambda: sort(graph)))
    ratio = ours / sorting
    print(f"{options.nodes} nodes, {options.bindings} bindings, processor time, best of {options.rounds}")
    print(f"networkx's topological sort  {sorting * 1000:8.1f} ms")
    print(f"a job plan                   {ours * 1000:8.1f} ms   {ratio:.2f}x (budget {BUDGET:.0f})")
    return int(ratio > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
