"""A simulated run: the catalog's resources one after another, as Puppet would work through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from appo_tui.demo.catalog import Catalog
from appo_tui.demo.log import RunLog
from appo_tui.demo.resources import Change, Reference, Resource, change_of, quoted_desired


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a resource.

    Attributes:
        status: ``success``, ``failure`` or ``noop`` where there was a change; None where there was none.
        change: the change, made or not.
        message: what was said of it.
        refreshed: it was refreshed too.
        skipped: it was passed over, because of a failed dependency.
        began, ended: seconds since the epoch.
    """

    resource: Resource
    began: float
    ended: float
    status: str | None = None
    change: Change | None = None
    message: str = ""
    refreshed: bool = False
    skipped: bool = False


class Transaction:
    """One run over a catalog."""

    def __init__(
        self, catalog: Catalog, log: RunLog, *, noop: bool, seconds: float, failure: str | None
    ) -> None:
        self._log = log
        self._noop = noop
        self._before = _dependencies(catalog)
        self._refreshing = {(before, after) for before, after, refreshes in _expanded(catalog) if refreshes}
        self._resources = _ordered(catalog, self._before)
        self._failing = _failing(self._resources) if failure else None
        self._failure = failure or ""
        self._pause = seconds / max(1, len(self._resources))
        self.outcomes: list[Outcome] = []

    def run(self, applied: Mapping[str, str]) -> dict[str, str]:
        """Works through the resources; returns what is applied at the end. No-op changes nothing of it."""
        now = dict(applied)
        failed: set[Reference] = set()
        changed: set[Reference] = set()
        for resource in self._resources:
            outcome = self._evaluate(resource, now.get(str(resource.reference)), failed, changed)
            self.outcomes.append(outcome)
            if outcome.status == "failure" or outcome.skipped:
                failed.add(resource.reference)
            elif outcome.status is not None or outcome.refreshed:
                changed.add(resource.reference)
            if not self._noop and not outcome.skipped and outcome.status != "failure":
                now[str(resource.reference)] = resource.wanted
        return now

    def _evaluate(
        self, resource: Resource, last: str | None, failed: set[Reference], changed: set[Reference]
    ) -> Outcome:
        began = self._log.clock.now()
        blamed = [each for each in self._before.get(resource.reference, ()) if each in failed]
        if blamed:
            for each in blamed:
                self._log.write("notice", f"Dependency {each} has failures: true", resource)
            self._log.write("warning", "Skipping because of failed dependencies", resource)
            return Outcome(resource, began, self._log.clock.now(), skipped=True)
        change = change_of(resource, last)
        if resource.reference == self._failing and not self._noop:
            change = change or _broken(resource)
            return self._fail(resource, change, began)
        message = self._change(resource, change) if change else ""
        sources = [each for each in changed if (each, resource.reference) in self._refreshing]
        refreshed = bool(sources) and not _new_service(change) and self._refresh(resource, len(sources))
        status = None if change is None else "noop" if self._noop else "success"
        return Outcome(resource, began, self._log.clock.now(), status, change, message, refreshed=refreshed)

    def _change(self, resource: Resource, change: Change) -> str:
        self._log.clock.wait(self._pause)
        message = change.message
        if self._noop:
            message = f"current_value '{change.previous}', should be {quoted_desired(change)} (noop)"
        elif resource.reference.type == "Notify":
            self._log.write("notice", str(change.desired))
        self._log.write("notice", message, resource, change.property)
        return message

    def _fail(self, resource: Resource, change: Change, began: float) -> Outcome:
        self._log.clock.wait(self._pause)
        message = f"change from '{change.previous}' to {quoted_desired(change)} failed: {self._failure}"
        self._log.write("err", self._failure)
        self._log.write("err", message, resource, change.property)
        return Outcome(resource, began, self._log.clock.now(), "failure", change, message)

    def _refresh(self, resource: Resource, events: int) -> bool:
        if resource.reference.type not in ("Exec", "Service"):
            return False
        word = "Would have triggered" if self._noop else "Triggered"
        self._log.write("notice", f"{word} 'refresh' from {events} event{'s'[: events > 1]}", resource)
        return True


def _new_service(change: Change | None) -> bool:
    """Tells whether a service was just started, or a command just run: Puppet refreshes neither then."""
    return change is not None and change.name in ("service_started", "executed_command")


def _broken(resource: Resource) -> Change:
    """Returns the change that fails where the resource is as it should be."""
    kind = resource.reference.type
    if kind == "Service":
        return Change("ensure", "stopped", "running", "", "service_started")
    if kind == "Exec":
        return Change("returns", "notrun", ["0"], "", "executed_command")
    return Change("ensure", "absent", str(resource.attributes.get("ensure", "present")), "", "failed")


def _failing(resources: Iterable[Resource]) -> Reference | None:
    """Returns the resource that a switched-on failure strikes: a service, else a command, else the last."""
    kinds: dict[str, Reference] = {}
    for resource in resources:
        kinds.setdefault(resource.reference.type, resource.reference)
        kinds["the last"] = resource.reference
    return next((kinds[kind] for kind in ("Service", "Exec", "the last") if kind in kinds), None)


def _expanded(catalog: Catalog) -> list[tuple[Reference, Reference, bool]]:
    """Returns the edges between resources: one to or from a class or a define holds for all that is in it."""
    inside: dict[Reference, list[Reference]] = {}
    for resource in catalog.resources.values():
        for container in resource.containers:
            inside.setdefault(container, []).append(resource.reference)
    edges = []
    for before, after, refreshes in catalog.edges:
        firsts = [before] if before in catalog.resources else inside.get(before, [])
        seconds = [after] if after in catalog.resources else inside.get(after, [])
        edges += [(first, second, refreshes) for first in firsts for second in seconds if first != second]
    return edges


def _dependencies(catalog: Catalog) -> dict[Reference, tuple[Reference, ...]]:
    found: dict[Reference, list[Reference]] = {}
    for before, after, _ in _expanded(catalog):
        found.setdefault(after, []).append(before)
    return {after: tuple(dict.fromkeys(before)) for after, before in found.items()}


def _ordered(catalog: Catalog, before: Mapping[Reference, tuple[Reference, ...]]) -> list[Resource]:
    """Returns the resources in order of declaration, each after what it depends on."""
    order: dict[Reference, None] = {}
    seen: set[Reference] = set()
    for start in catalog.resources:
        stack = [(start, iter(before.get(start, ())))]
        while stack:
            reference, waiting = stack[-1]
            seen.add(reference)
            following = next((each for each in waiting if each not in seen), None)
            if following is None:
                order.setdefault(reference)
                stack.pop()
            else:
                stack.append((following, iter(before.get(following, ()))))
    return [catalog.resources[reference] for reference in order]
