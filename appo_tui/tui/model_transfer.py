"""A model on its way from one process of this program to another."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
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
        Application, Attribute, Binding, Component, Diagnostic, Instance, Model, Node, Origin,
        ParameterDeclaration, Place, ServiceResource,
    )
}  # fmt: skip


def write_model(model: Model, stream: BinaryIO) -> None:
    """Write a model to a pipe.

    Raises:
        OSError: nobody reads it.
        RecursionError: a value in it is nested too deeply.
    """
    pickler = pickle.Pickler(stream, _PROTOCOL)
    pickler.dispatch_table = _TAKEN_APART
    pickler.dump((_origins(model), model))


def read_model(stream: BinaryIO) -> Model:
    """Read a model from a pipe on which only this program writes.

    Raises:
        EOFError: who wrote has ended.
    """
    model = pickle.load(stream)[1]  # its writer is a process that this one has started
    assert isinstance(model, Model)
    return model


def _origins(model: Model) -> list[Origin]:
    """All origins, each after the one it came through: what flows through many nodes makes long chains."""
    found: list[Origin] = []
    seen: set[int] = set()
    for attribute in _attributes(model):
        steps: list[Origin] = []
        origin: Origin | None = attribute.origin
        while origin is not None and id(origin) not in seen:
            seen.add(id(origin))
            steps.append(origin)
            origin = origin.through
        found += reversed(steps)
    return found


def _attributes(model: Model) -> Iterator[Attribute]:
    mappings: Iterable[Iterable[Attribute]] = (
        *(each.parameters.values() for each in model.instances.values()),
        *(each.parameters.values() for each in model.components.values()),
        *(each.attributes.values() for each in model.service_resources.values()),
    )
    for mapping in mappings:
        yield from mapping
