"""A job plan: which nodes run, in which order, and why. Values only.

Those that a plan has tens of thousands of are Structs: several times cheaper to make than dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

import msgspec

TargetKind = Literal["all", "application", "instance", "nodes"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a job is for.

    ``names`` holds one application (``Lamp``) or instance (``Lamp[app1]``), the certnames, or nothing
    for ``all``.
    """

    kind: TargetKind
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.names) if self.names else "whole environment"


class PlannedComponent(msgspec.Struct, frozen=True, gc=False):
    """A component to be applied: the references of its instance and its own."""

    instance: str
    component: str


class PlannedNode(msgspec.Struct, frozen=True, gc=False):
    """One node of the plan; ``level`` is the longest path to it, 0 for a node without dependencies."""

    certname: str
    level: int
    components: tuple[PlannedComponent, ...]
    dependencies: tuple[str, ...]


class Edge(msgspec.Struct, frozen=True, order=True, gc=False):
    """``consumer`` runs after ``producer`` (certnames) because of ``service_resource`` (a reference)."""

    producer: str
    consumer: str
    service_resource: str


@dataclass(frozen=True, slots=True)
class PlannedInstance:
    """An instance with a component in the plan; ``complete`` if all its nodes are in the target."""

    reference: str
    complete: bool


@dataclass(frozen=True, slots=True)
class JobPlan:
    """The plan. ``nodes`` are sorted by level, then certname; ``digest`` tells what it was made from.

    ``model_digest`` is the digest of the model alone: equal ones mean that the files did not change.
    """

    environment: str
    target: Target
    nodes: tuple[PlannedNode, ...]
    edges: tuple[Edge, ...]
    instances: tuple[PlannedInstance, ...]
    digest: str
    model_digest: str = ""

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """Certnames by level, each level sorted."""
        by_level = groupby(self.nodes, attrgetter("level"))
        return tuple(tuple(node.certname for node in nodes) for _, nodes in by_level)
