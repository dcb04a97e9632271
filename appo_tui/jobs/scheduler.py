"""Which node may start when: pure, without time, nodes or a store."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from appo_tui.jobs.states import NodeState


@dataclass(frozen=True, slots=True)
class Ready:
    """All that the node waits for has finished."""

    node: str


@dataclass(frozen=True, slots=True)
class Start:
    """The node's run is to begin now."""

    node: str


@dataclass(frozen=True, slots=True)
class Skip:
    """The node will not run. ``cause`` is the node at the root of it, empty if the job was stopped."""

    node: str
    cause: str
    message: str


Decision = Ready | Start | Skip


class Scheduler:
    """Decides node by node, never level by level.

    It is told what happened and answers with what follows, in the order in which it is to be done.

    Args:
        dependencies: each node's dependencies, all of them keys too; the order of the keys is the order
            in which nodes of equal standing start.
        concurrency: most nodes at once; None for no limit.
        ended: what a resumed job already knows.
        running: nodes whose runs a resumed job takes up again: they start first, whatever the limit is.
    """

    def __init__(
        self,
        dependencies: Mapping[str, Iterable[str]],
        concurrency: int | None = None,
        ended: Mapping[str, NodeState] | None = None,
        running: Iterable[str] = (),
    ) -> None:
        self._needed = {node: set(needed) for node, needed in dependencies.items()}
        self._dependents: dict[str, list[str]] = {node: [] for node in dependencies}
        for node, needed in dependencies.items():
            for each in set(needed):
                self._dependents[each].append(node)
        self._limit = concurrency if concurrency else len(self._needed) or 1
        self._ready: deque[str] = deque()
        self._running = set(running)
        self._waiting = dict.fromkeys(node for node in self._needed if node not in self._running)
        for node in ended or {}:
            self._waiting.pop(node, None)
        self._stopped = False
        self._ended = dict(ended or {})

    @property
    def done(self) -> bool:
        """Whether no node runs and none will."""
        return not self._running and not self._ready and not self._waiting

    def begin(self, *, stopped: bool = False) -> list[Decision]:
        """The first decisions of a new or resumed job; of a ``stopped`` one only the runs to take up."""
        decisions: list[Decision] = [Start(node) for node in self._needed if node in self._running]
        if stopped:
            return decisions + self.stop()
        # Skipped ones come last: behind them, what failed before them is the cause.
        for node, state in sorted(self._ended.items(), key=lambda item: item[1] is NodeState.SKIPPED):
            if state is NodeState.FINISHED:
                self._release(node, into=None)
            else:
                decisions += self._skip_dependents(node, state)
        for node in list(self._waiting):
            if not self._needed[node]:
                decisions.append(self._make_ready(node))
        return decisions + self._start()

    def ended(self, node: str, state: NodeState) -> list[Decision]:
        """What follows from the end of a node's run."""
        self._running.discard(node)
        decisions: list[Decision] = []
        if state is NodeState.FINISHED:
            self._release(node, into=decisions)
        else:
            decisions += self._skip_dependents(node, state)
        return decisions + self._start()

    def stop(self) -> list[Decision]:
        """Start nothing more: every node that has not started is skipped."""
        self._stopped = True
        skipped = [*self._ready, *self._waiting]
        self._ready.clear()
        self._waiting.clear()
        return [Skip(node, "", "job stopped") for node in skipped]

    def _release(self, node: str, into: list[Decision] | None) -> None:
        for dependent in self._dependents.get(node, ()):
            needed = self._needed[dependent]
            needed.discard(node)
            if into is not None and not needed and dependent in self._waiting:
                into.append(self._make_ready(dependent))

    def _make_ready(self, node: str) -> Ready:
        del self._waiting[node]
        self._ready.append(node)
        return Ready(node)

    def _skip_dependents(self, root: str, state: NodeState) -> list[Decision]:
        decisions: list[Decision] = []
        behind = deque(self._dependents.get(root, ()))
        seen = set(behind)
        while behind:
            node = behind.popleft()
            if node in self._waiting:
                del self._waiting[node]
                decisions.append(Skip(node, root, f"{root} {state.value}, and this node depends on it"))
            elif self._ended.get(node) is not NodeState.SKIPPED:
                continue
            further = [each for each in self._dependents[node] if each not in seen]
            seen.update(further)
            behind.extend(further)
        return decisions

    def _start(self) -> list[Decision]:
        decisions: list[Decision] = []
        while self._ready and len(self._running) < self._limit and not self._stopped:
            node = self._ready.popleft()
            self._running.add(node)
            decisions.append(Start(node))
        return decisions
