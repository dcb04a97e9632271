"""One reading of several: what it takes over from the one before, and what it leaves for the next.

What code came to is taken over if nothing that it looked at has changed. Where that is not sure, the
environment is read from scratch: ``InDoubtError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appo_tui.evaluator.consulting import Consulted, Need
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.manifests import NO_MANIFEST
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import Frame, Scope, TopScope
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.reuse.changes import changes_since
from appo_tui.model.reuse.kept import KeptBody, KeptNode, KeptSite, LastReading, mapping_need
from appo_tui.model.reuse.likeness import are_alike
from appo_tui.model.reuse.outlines import Written, outline, written_clause


class InDoubtError(Exception):
    """Something that was taken over may be wrong: the environment has to be read from scratch."""


class Rereading:
    """What is taken over in this reading, and what can be in the next.

    Attributes:
        changed: what is another than in the last reading.
        site: the site, if the next reading may take it over.
        bodies: what it may take over of instances.
        nodes: what it may take over of nodes.
        mappings: the mappings of each component, once they are known.
    """

    def __init__(
        self, last: LastReading | None, definitions: Definitions, settings: CompilerSettings
    ) -> None:
        changes = None
        if last is not None:
            changes = changes_since(last, definitions.environment, settings, definitions.cache)
        self._definitions = definitions
        self._settings = settings
        self._last = last
        self._usable = last if changes is not None else None
        definitions.read_before = changes.manifests if changes is not None else {}
        self._took_over = False
        self._alike: dict[tuple[Resource, Resource], bool] = {}
        self._needs: dict[frozenset[Need], frozenset[Need]] = {}
        self.changed: set[Need] = set(changes.needs if changes is not None else ())
        self.site: KeptSite | None = None
        self.bodies: dict[Resource, KeptBody] = {}
        self.nodes: dict[str, KeptNode] = {}
        self.mappings: dict[Need, tuple[Written, ...]] = {}

    # --- taking over ------------------------------------------------------------------------------

    def take_nothing_over(self) -> None:
        """Resolve everything anew: definitions may be missing that other code has not asked for by name."""
        self._usable = None

    @property
    def last_site(self) -> KeptSite | None:
        """The site, if it is what it was."""
        kept = self._usable.site if self._usable is not None else None
        return kept if kept is not None and self.holds(kept.consulted) else None

    @property
    def last_bodies(self) -> Mapping[Resource, KeptBody]:
        """What instances' bodies came to; ``holds`` tells for which of them it still does."""
        return self._usable.bodies if self._usable is not None else {}

    def last_node(self, certname: str, shares: tuple[bool, bool]) -> KeptNode | None:
        """What a node came to, if what it looked at in files is what it was."""
        last = self._usable
        kept = last.nodes.get(certname) if last is not None and last.shares == shares else None
        return kept if kept is not None and self.holds(kept.consulted) else None

    def earlier_node(self, certname: str) -> KeptNode | None:
        """What a node came to, whether that still holds or not."""
        return self._usable.nodes.get(certname) if self._usable is not None else None

    def are_alike(self, earlier: Resource, resource: Resource) -> bool:
        """Whether no other code can tell a declaration from one of an earlier reading."""
        pair = (earlier, resource)
        known = self._alike.get(pair)
        if known is None:
            known = self._alike[pair] = are_alike(earlier, resource)
        return known

    def holds(self, consulted: Consulted) -> bool:
        """Whether what a piece of code looked at is still what it was."""
        if self._usable is None or not self.changed.isdisjoint(consulted.needs):
            return False
        now, then = self._definitions.ledger.files, self._usable.states
        return all(now.get(need, then[need]) == then[need] for need in consulted.files)

    def take_over(self, consulted: Consulted) -> None:
        """Have everything looked at that a piece of code has looked at, which is not run again.

        Raises:
            InDoubtError: that came to something else than the last time.
        """
        assert self._usable is not None
        self._took_over = True
        definitions, states = self._definitions, self._usable.states
        for kind, name in consulted.firsts:
            _look_again(definitions, kind, name)
        for need in consulted.files:
            definitions.ledger.files.setdefault(need, states[need])

    def compare_mappings(self) -> None:
        """Take note of the components whose mappings are others than in the last reading."""
        definitions = self._definitions
        for table in (definitions.defines, definitions.classes):
            for definition in table.values():
                clauses = (*definition.produces, *definition.consumes)
                if clauses:
                    need = mapping_need(definition)
                    self.mappings[need] = tuple(written_clause(clause) for clause in clauses)
        if self._usable is None:
            return
        before = self._usable.mappings
        self.changed |= {
            need for need in {*before, *self.mappings} if before.get(need) != self.mappings.get(need)
        }

    # --- keeping ----------------------------------------------------------------------------------

    def consulted(self, consulted: Consulted) -> Consulted:
        """The same, in less room: many pieces of code ask for the same."""
        needs = self._needs.setdefault(consulted.needs, consulted.needs)
        return Consulted(needs, consulted.files, consulted.firsts)

    def result(
        self, compilation: EnvironmentCompilation, shares: tuple[bool, bool]
    ) -> LastReading | None:
        """What the next reading may take over; the same as in this reading if there is something wrong.

        Raises:
            InDoubtError: what was taken over may be wrong.
        """
        reaches_further = compilation.has_effects or self._definitions.has_late_mappings
        if self._took_over:
            self._refuse_doubts(reaches_further=reaches_further)
        if compilation.faults or reaches_further:
            return self._last
        definitions, ledger = self._definitions, self._definitions.ledger
        earlier = self._usable.outlines if self._usable is not None else {}
        outlines = {}
        for file, manifest in definitions.files.items():
            known = earlier.get(file)
            same = known is not None and known[0] is manifest
            outlines[file] = known if known is not None and same else (manifest, outline(manifest))
        searched = self._usable.searched if self._usable is not None else {}
        return LastReading(
            definitions.environment, self._settings, outlines, {**searched, **ledger.searched},
            dict(ledger.files), frozenset(ledger.needs), frozenset(ledger.firsts), self.mappings, shares,
            self.site, self.bodies, self.nodes,
        )  # fmt: skip

    def _refuse_doubts(self, *, reaches_further: bool) -> None:
        """Raise if something that was looked up once for all was not this time, or was but is another.

        What was taken over may be the next to need what other code had looked up for it.
        """
        assert self._usable is not None
        if reaches_further or not self._usable.firsts.issubset(self._definitions.ledger.firsts):
            raise InDoubtError


def let_go(kept: LastReading, compilation: EnvironmentCompilation) -> None:
    """Let go of the code that what is kept was declared by: later readings have their own of it."""
    scopes: dict[Frame, Scope] = {}

    def bare(scope: Scope) -> Scope:
        frame = scope.frame
        if isinstance(scope, TopScope):
            return scope
        if frame not in scopes:
            scopes[frame] = Scope(frame, NO_MANIFEST, None)
            frame.caller = bare(frame.caller) if frame.caller is not None else None
        return scopes[frame]

    for instance, body in kept.bodies.items():
        for resource in (instance, *body.components):
            resource.scope = bare(resource.scope)
    compilation.top.manifest = NO_MANIFEST
    definitions = compilation.definitions
    tables = (definitions.classes, definitions.defines, definitions.applications, definitions.nodes)
    for table in tables:
        for definition in table.values():
            definition.empty()
    if definitions.site is not None:
        definitions.site.empty()


def _look_again(definitions: Definitions, kind: str, name: Any) -> None:
    try:
        if kind == "load":
            definitions.load(name)
        elif kind == "native":
            definitions.find_native(name)
        else:
            definitions.has_ruby_function(name)
    except EvaluationError as error:
        raise InDoubtError from error
