from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from appo_tui.jobs.scheduler import Decision, Ready, Scheduler, Skip, Start
from appo_tui.jobs.states import NodeState


@dataclass
class Simulation:
    """A job in simulated time: what each node's run takes and how it ends."""

    dependencies: Mapping[str, tuple[str, ...]]
    seconds: Mapping[str, float]
    failing: frozenset[str] = frozenset()
    concurrency: int | None = None
    stop_at: float | None = None
    started: dict[str, float] = field(default_factory=dict)
    finished: dict[str, float] = field(default_factory=dict)
    states: dict[str, NodeState] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    most_at_once: int = 0
    makespan: float = 0.0

    def run(self) -> Simulation:
        scheduler = Scheduler(self.dependencies, self.concurrency)
        events: list[tuple[float, str]] = []
        now = 0.0
        stopped = False
        self._obey(scheduler.begin(), now, events)
        while events:
            if self.stop_at is not None and not stopped and events[0][0] >= self.stop_at:
                stopped = True
                self._obey(scheduler.stop(), self.stop_at, events)
            now, node = heapq.heappop(events)
            state = NodeState.FAILED if node in self.failing else NodeState.FINISHED
            self._end(node, state)
            self.finished[node] = now
            self._obey(scheduler.ended(node, state), now, events)
        assert scheduler.done
        self.makespan = now
        return self

    def _obey(self, decisions: list[Decision], now: float, events: list[tuple[float, str]]) -> None:
        for decision in decisions:
            if isinstance(decision, Start):
                assert decision.node not in self.started
                self.started[decision.node] = now
                heapq.heappush(events, (now + self.seconds[decision.node], decision.node))
                self.most_at_once = max(self.most_at_once, len(events))
            elif isinstance(decision, Skip):
                self._end(decision.node, NodeState.SKIPPED)
                self.causes[decision.node] = decision.cause
            else:
                assert isinstance(decision, Ready)

    def _end(self, node: str, state: NodeState) -> None:
        assert node not in self.states
        self.states[node] = state


@st.composite
def simulations(draw: st.DrawFn) -> Simulation:
    count = draw(st.integers(1, 25))
    names = [f"n{number}" for number in range(count)]
    dependencies: dict[str, tuple[str, ...]] = {"n0": ()}
    for number in range(1, count):
        needed = st.lists(st.sampled_from(names[:number]), unique=True, max_size=4)
        dependencies[names[number]] = tuple(draw(needed))
    seconds = {name: draw(st.floats(0.1, 10)) for name in names}
    failing = frozenset(draw(st.lists(st.sampled_from(names), unique=True, max_size=3)))
    concurrency = draw(st.none() | st.integers(1, 5))
    stop_at = draw(st.none() | st.floats(0, 30))
    return Simulation(dependencies, seconds, failing, concurrency, stop_at)


@given(simulations())
def test_every_node_ends_in_exactly_one_state(simulation: Simulation) -> None:
    assert simulation.run().states.keys() == simulation.dependencies.keys()


@given(simulations())
def test_no_node_starts_before_its_producers_have_finished(simulation: Simulation) -> None:
    simulation.run()
    for node, began in simulation.started.items():
        for needed in simulation.dependencies[node]:
            assert simulation.states[needed] is NodeState.FINISHED
            assert simulation.finished[needed] <= began


@given(simulations())
def test_no_more_nodes_run_at_once_than_the_limit(simulation: Simulation) -> None:
    simulation.run()
    assert simulation.concurrency is None or simulation.most_at_once <= simulation.concurrency


@given(simulations())
def test_a_node_is_skipped_only_behind_a_failure_or_a_stop(simulation: Simulation) -> None:
    simulation.run()
    for node, cause in simulation.causes.items():
        if cause:
            assert simulation.states[cause] is NodeState.FAILED
            assert cause in _all_needed(simulation.dependencies, node)
        else:
            assert simulation.stop_at is not None


@given(simulations())
def test_without_a_stop_every_other_node_runs(simulation: Simulation) -> None:
    simulation.stop_at = None
    simulation.run()
    for node in simulation.dependencies:
        behind = _all_needed(simulation.dependencies, node) & simulation.failing
        assert (simulation.states[node] is NodeState.SKIPPED) == bool(behind)


@given(simulations())
def test_without_a_limit_a_job_takes_as_long_as_its_longest_path(simulation: Simulation) -> None:
    free = Simulation(simulation.dependencies, simulation.seconds).run()
    ends: dict[str, float] = {}
    for node, needed in simulation.dependencies.items():
        ends[node] = max((ends[each] for each in needed), default=0.0) + simulation.seconds[node]
    assert free.makespan <= max(ends.values()) * (1 + 1e-9)


def test_a_branch_without_the_failed_node_goes_on() -> None:
    dependencies = {"db": (), "web": ("db",), "other": (), "after": ("other",)}
    run = Simulation(dependencies, dict.fromkeys(dependencies, 1.0), frozenset({"db"})).run()
    assert run.states["after"] is NodeState.FINISHED
    assert run.causes == {"web": "db"}


def test_a_node_starts_as_soon_as_its_own_producers_have_finished() -> None:
    dependencies = {"fast": (), "slow": (), "behind-fast": ("fast",)}
    run = Simulation(dependencies, {"fast": 1.0, "slow": 9.0, "behind-fast": 1.0}).run()
    assert run.started["behind-fast"] == 1.0


def test_a_resumed_job_takes_up_what_ran_and_skips_behind_what_had_failed() -> None:
    dependencies = {"db": (), "web": ("db",), "x": (), "y": ("x",), "z": ("y",)}
    scheduler = Scheduler(dependencies, 1, {"db": NodeState.FINISHED, "x": NodeState.FAILED}, ["web"])
    assert scheduler.begin() == [
        Start("web"),
        Skip("y", "x", "x failed, and this node depends on it"),
        Skip("z", "x", "x failed, and this node depends on it"),
    ]


def test_what_is_skipped_after_a_resume_has_the_failed_node_as_its_cause() -> None:
    chain = {"db": (), "web": ("db",), "lb": ("web",), "watch": ("lb",)}
    ended = {"web": NodeState.SKIPPED, "db": NodeState.FAILED}  # the runner died before it had said more
    decisions = Scheduler(chain, ended=ended).begin()
    message = "db failed, and this node depends on it"
    assert decisions == [Skip("lb", "db", message), Skip("watch", "db", message)]


def test_a_resumed_job_that_was_being_stopped_starts_nothing_new() -> None:
    scheduler = Scheduler({"db": (), "web": ("db",), "new": ()}, None, {}, ["db"])
    assert scheduler.begin(stopped=True) == [
        Start("db"),
        Skip("web", "", "job stopped"),
        Skip("new", "", "job stopped"),
    ]


def _all_needed(dependencies: Mapping[str, tuple[str, ...]], node: str) -> set[str]:
    found: set[str] = set()
    pending = list(dependencies[node])
    while pending:
        each = pending.pop()
        if each not in found:
            found.add(each)
            pending += dependencies[each]
    return found
