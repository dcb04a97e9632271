"""A model on its way from one process of this program to another."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import msgspec

from appo_tui.evaluator.origins import Origin
from appo_tui.model.entities import Attribute, Model

_PROTOCOL = 5
_MOST_KEPT = 3
"""How many times a model's own parts are kept of it and those before it, so as not to be sent again."""
_Parts = tuple[Callable[..., object], tuple[object, ...]]


class ModelWriter:
    """Writes models to a pipe, of each only what no model before it had: the rest is referred to."""

    def __init__(self, stream: BinaryIO) -> None:
        self._origins = _Origins()
        self._pickler = pickle.Pickler(stream, _PROTOCOL)
        self._pickler.dispatch_table = {Attribute: self._attribute_taken_apart}
        self._holders: set[int] = set()
        """What has been written of that which has attributes: all stays alive as long as the pickler."""
        self.outgrown = False
        """Whether more has gathered than is worth keeping: then another one should be made."""

    def write(self, model: Model) -> None:
        """Write a model.

        Raises:
            OSError: nobody reads it.
            RecursionError: a value in it is nested too deeply.
        """
        self._origins.forget_others()
        holders = list(_holders(model))
        for holder, attributes in holders:
            if id(holder) not in self._holders:
                self._holders.add(id(holder))
                for attribute in attributes:
                    self._origins.add(attribute.origin)
        self._pickler.dump((self._origins.taken(), model))
        self.outgrown = len(self._holders) > _MOST_KEPT * len(holders)

    def _attribute_taken_apart(self, value: Attribute) -> _Parts:
        return Attribute, (value.name, value.value, self._origins.one_like(value.origin), value.secret)


class ModelReader:
    """Reads from a pipe all that one ``ModelWriter`` of this program writes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._unpickler = pickle.Unpickler(stream)

    def read(self) -> Model:
        """Read a model.

        Raises:
            EOFError: who wrote has ended.
        """
        model = self._unpickler.load()[1]
        assert isinstance(model, Model)
        return model


class _Origins:
    """One origin for all that say the same: hundreds of components have values that came the same way."""

    def __init__(self) -> None:
        self._new: list[Origin] = []
        self._same: dict[tuple[object, ...], Origin] = {}
        self._by_id: dict[int, Origin] = {}

    def forget_others(self) -> None:
        """Forget for which origins these stand: those may be gone by now."""
        self._by_id.clear()

    def taken(self) -> list[Origin]:
        """Those that are new since this was last asked for.

        Each comes after the one that it came through: a value that came far has a long chain of them.
        """
        new, self._new = self._new, []
        return new

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
                found = step if step.through is through else msgspec.structs.replace(step, through=through)
                self._same[key] = found
                self._new.append(found)
            self._by_id[id(step)] = through = found


def _holders(model: Model) -> Iterator[tuple[object, Iterable[Attribute]]]:
    """All that has attributes, with them."""
    for instance in model.instances.values():
        yield instance, instance.parameters.values()
    for component in model.components.values():
        yield component, component.parameters.values()
    for service in model.service_resources.values():
        yield service, service.attributes.values()
