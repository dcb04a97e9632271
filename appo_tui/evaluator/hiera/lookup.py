"""Looking keys up in the layers of an environment's data.

Manual: https://www.puppet.com/docs/puppet/7/hiera_automatic.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from appo_tui.evaluator.hiera.configuration import Layer
from appo_tui.evaluator.hiera.documents import HieraError
from appo_tui.evaluator.hiera.interpolation import ScopeVariables, below, segments
from appo_tui.evaluator.hiera.levels import DataFiles, find_in_levels
from appo_tui.evaluator.hiera.merging import Merge, merge_named, merged
from appo_tui.evaluator.hiera.results import Found, HieraResult
from appo_tui.evaluator.types.conversion import ConversionError, convert
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.parsing import Resolve, TypeTextError, parse_type
from appo_tui.evaluator.values import Unknown, Value

_OPTIONS = "lookup_options"


class Hiera:
    """The data of an environment; it remembers what it read.

    Args:
        environment_layer: that of the environment's own hiera.yaml.
        module_layers: that of each module, by the module's name.
        global_layer: one above the environment's.
        resolve_type: gives the types of modules, for ``convert_to``.
    """

    def __init__(
        self,
        environment_layer: Layer | None,
        module_layers: Mapping[str, Layer],
        global_layer: Layer | None = None,
        resolve_type: Resolve | None = None,
    ) -> None:
        self.environment_layer = environment_layer
        self.module_layers = module_layers
        self.global_layer = global_layer
        self._resolve_type = resolve_type
        self._files = DataFiles()

    def lookup(
        self, key: str, scope_variables: ScopeVariables, *, merge: Value = None
    ) -> HieraResult:
        """The value of ``key``.

        Args:
            key: with dots for what is in a value.
            scope_variables: gives what names in ``%{...}`` stand for; None where there is nothing.
            merge: a strategy's name, or a hash of it and its options; None is what the data's own
                ``lookup_options`` say.

        Raises:
            HieraError: configuration or data are wrong.
        """
        return _Lookup(self, scope_variables, ()).result(key, merge)

    def layers_of(self, key: str) -> Iterator[Layer]:
        """The layers that are asked for a key, most significant first.

        Puppet ignores an environment's or module's hiera.yaml of version 3.

        Raises:
            HieraError: one of them is malformed.
        """
        if self.global_layer is not None:
            yield self.global_layer
        module = self.module_layer(key)
        for layer in (self.environment_layer, module):
            if layer is not None and layer.fault is not None:
                raise layer.fault
            if layer is not None and layer.version > 3:
                yield layer

    @property
    def layers(self) -> Iterator[Layer]:
        """All layers, those of modules last."""
        for layer in (self.global_layer, self.environment_layer, *self.module_layers.values()):
            if layer is not None:
                yield layer

    def module_layer(self, key: str) -> Layer | None:
        """The layer of the module that a key belongs to."""
        module, separator, _ = key.removeprefix("::").partition("::")
        return self.module_layers.get(module) if separator else None

    @property
    def files(self) -> DataFiles:
        """The files that were read."""
        return self._files

    def converted(self, key: str, value: Value, wanted: Value) -> Value:
        """``value`` as the ``convert_to`` of its key says.

        Raises:
            HieraError: it can't be converted.
        """
        type_given, *arguments = wanted if isinstance(wanted, tuple) else (wanted,)
        try:
            target = type_given if isinstance(type_given, PuppetType) else parse_type(
                str(type_given), self._resolve_type
            )
        except (TypeTextError, ValueError) as error:
            raise HieraError(
                f"Invalid data type in lookup_options for key '{key}' could not parse '{type_given}', "
                f"error: '{error}"
            ) from error
        try:
            return convert(target, (value, *arguments))
        except ConversionError as error:
            raise HieraError(f"The convert_to lookup_option for key '{key}' raised error: {error}") from error


class _Lookup:
    """One lookup, and those that it leads to: ``asked`` are the keys on the way, against going in circles."""

    def __init__(self, hiera: Hiera, variables: ScopeVariables, asked: tuple[str, ...]) -> None:
        self.hiera = hiera
        self.variables = variables
        self.asked = asked

    def result(self, key: str, merge: Value) -> HieraResult:
        root, *path = segments(key, called=f"key: '{key}'")
        root_key = str(root).removeprefix("::")
        if root_key == _OPTIONS:
            return HieraResult(found=False, value=None, key=key)
        name = key.removeprefix("::")
        if name in self.asked:
            raise HieraError(
                f"Lookup of key '{self.asked[0]}' failed: "
                f"Recursive lookup detected in [{', '.join(self.asked)}]"
            )
        inner = _Lookup(self.hiera, self.variables, (*self.asked, name))
        options = inner.options_of(root_key)
        chosen = merge_named(options.get("merge") if merge is None else merge)
        found = inner.found(root_key, chosen)
        if found is None:
            return HieraResult(found=False, value=None, key=key)
        value, sources = found
        if path:
            value = below(value, tuple(path), key)
            if value is None:
                return HieraResult(found=False, value=None, key=key)
        if options.get("convert_to") is not None and not isinstance(value, Unknown):
            value = self.hiera.converted(key, value, options["convert_to"])
        return HieraResult(found=True, value=value, key=key, sources=sources)

    def found(self, key: str, merge: Merge) -> tuple[Value, tuple[Found, ...]] | None:
        """The value in the layers, or else among the defaults of the key's module."""
        sources: list[Found] = []
        for layer in self.hiera.layers_of(key):
            in_layer = self._in_levels(layer, key, merge, defaults=False)
            if in_layer is None:
                continue
            if merge.takes_first:
                return in_layer[0], in_layer[1]
            sources.extend(in_layer[1])
        if sources:
            return merged([one.value for one in sources], merge), tuple(sources)
        module = self.hiera.module_layer(key)
        if module is None or not module.default_levels:
            return None
        options = self._module_default_options(key)
        return self._in_levels(module, key, merge_named(options.get("merge")), defaults=True)

    def _in_levels(
        self, layer: Layer, key: str, merge: Merge, *, defaults: bool
    ) -> tuple[Value, tuple[Found, ...]] | None:
        levels = layer.default_levels if defaults else layer.levels
        found = find_in_levels(layer, levels, key, self.variables, self._look_up, self.hiera.files)
        if merge.takes_first:
            first = next(found, None)
            return None if first is None else (first.value, (first,))
        sources = tuple(found)
        if not sources:
            return None
        return merged([one.value for one in sources], merge), sources

    def _look_up(self, key: str) -> Value:
        return self.result(key, None).value

    def options_of(self, key: str) -> Mapping[str, Value]:
        """What ``lookup_options`` say of a key; those of its module are the least significant."""
        together: dict[Value, Value] = {}
        for layer in reversed(tuple(self.hiera.layers_of(key))):
            together.update(self._options_in(layer, defaults=False))
        return _options_for(key, together)

    def _module_default_options(self, key: str) -> Mapping[str, Value]:
        module = self.hiera.module_layer(key)
        return _options_for(key, self._options_in(module, defaults=True)) if module else {}

    def _options_in(self, layer: Layer, *, defaults: bool) -> dict[Value, Value]:
        """``lookup_options`` of a layer; a level that can't be read here has none."""
        levels = tuple(layer.default_levels if defaults else layer.levels)
        found = find_in_levels(layer, levels, _OPTIONS, self.variables, self._look_up, self.hiera.files)
        together: dict[Value, Value] = {}
        for one in found:
            if isinstance(one.value, Unknown):
                continue
            if not isinstance(one.value, dict):
                raise HieraError(f"value of {_OPTIONS} must be a hash")
            together = {**one.value, **together}
        return together


def _options_for(key: str, options: dict[Value, Value]) -> Mapping[str, Value]:
    exact = options.get(key)
    if isinstance(exact, dict):
        return {str(name): value for name, value in exact.items()}
    for pattern, value in options.items():
        text = str(pattern)
        if text.startswith("^") and isinstance(value, dict) and re.search(text, key):
            return {str(name): item for name, item in value.items()}
    return {}


