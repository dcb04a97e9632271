"""A model on its way from one process of this program to another."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin
from appo_tui.model.diagnostics import Diagnostic
from appo_tui.model.entities import (
    Application,
    Attribute,
    Binding,
    Component,
    Instance,
    Model,
    Node,
    ParameterDeclaration,
    ServiceResource,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_PROTOCOL = 5
_Parts = tuple[Callable[..., object], tuple[object, ...]]


def _taken_apart(kind: type[DataclassInstance]) -> Callable[[DataclassInstance], _Parts]:
    """How values of a class are written: what frozen dataclasses do by themselves takes twice as long."""
    parts = attrgetter(*(each.name for each in fields(kind)))
    return lambda value: (kind, parts(value))


_TAKEN_APART: dict[type, Callable[[Any], _Parts]] = {
    kind: _taken_apart(kind)
    for kind in (
        Application, Binding, Component, Diagnostic, Instance, Model, Node, Origin,
        ParameterDeclaration, Place, ServiceResource,
    )
}  # fmt: skip


def write_model(model: Model, stream: BinaryIO) -> None:
    """Write a model to a pipe.

    Raises:
        OSError: nobody reads it.
        RecursionError: a value in it is nested too deeply.
    """
    origins = _Origins()
    for attribute in _attributes(model):
        origins.add(attribute.origin)

    def attribute_taken_apart(value: Attribute) -> _Parts:
        return Attribute, (value.name, value.value, origins.one_like(value.origin), value.secret)

    pickler = pickle.Pickler(stream, _PROTOCOL)
    pickler.dispatch_table = {**_TAKEN_APART, Attribute: attribute_taken_apart}
    pickler.dump((origins.each, model))


def read_model(stream: BinaryIO) -> Model:
    """Read a model from a pipe on which only this program writes.

    Raises:
        EOFError: who wrote has ended.
    """
    model = pickle.load(stream)[1]  # its writer is a process that this one has started
    assert isinstance(model, Model)
    return model


class _Origins:
    """One origin for all that say the same: hundreds of components have values that came the same way.

    Attributes:
        each: them, each after the one it came through: a value that came far has a long chain of them.
    """

    def __init__(self) -> None:
        self.each: list[Origin] = []
        self._same: dict[tuple[object, ...], Origin] = {}
        self._by_id: dict[int, Origin] = {}

    def one_like(self, origin: Origin) -> Origin:
        """The one that stands for an origin that was added."""
        return self._by_id[id(origin)]

    def add(self, origin: Origin) -> None:
        """Add an origin, and all that it came through."""
        steps: list[Origin] = []
        step: Origin | None = origin
        while step is not None and id(step) not in self._by_id:
            steps.append(step)
            step = step.through
        through = None if step is None else self.one_like(step)
        for step in reversed(steps):
            key = (step.kind, step.place, step.source, id(through))
            found = self._same.get(key)
            if found is None:
                found = step if step.through is through else replace(step, through=through)
                self._same[key] = found
                self.each.append(found)
            self._by_id[id(step)] = through = found


def _attributes(model: Model) -> Iterator[Attribute]:
    mappings: Iterable[Iterable[Attribute]] = (
        *(each.parameters.values() for each in model.instances.values()),
        *(each.parameters.values() for each in model.components.values()),
        *(each.attributes.values() for each in model.service_resources.values()),
    )
    for mapping in mappings:
        yield from mapping
