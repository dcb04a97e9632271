"""Looking keys up in the layers of an environment's data.

Manual: https://www.puppet.com/docs/puppet/7/hiera_automatic.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from appo_tui.evaluator.hiera.configuration import Layer
from appo_tui.evaluator.hiera.results import HieraResult
from appo_tui.evaluator.values import Value

ScopeVariables = Callable[[str], Value]
"""Gives a variable's value by its name, with dots for what is in it; None where there is none."""


class Hiera:
    """The data of an environment.

    Args:
        environment_layer: that of the environment's own hiera.yaml.
        module_layers: that of each module, by the module's name.
        global_layer: one above the environment's.
    """

    def __init__(
        self,
        environment_layer: Layer | None,
        module_layers: Mapping[str, Layer],
        global_layer: Layer | None = None,
    ) -> None:
        self.environment_layer = environment_layer
        self.module_layers = module_layers
        self.global_layer = global_layer

    def lookup(
        self, key: str, scope_variables: ScopeVariables, *, merge: str | Mapping[str, Value] | None = None
    ) -> HieraResult:
        """The value of ``key``.

        Args:
            key: with dots for what is in a value.
            scope_variables: what ``%{...}`` in the data refers to.
            merge: how values of several levels are merged; None is what the data's own lookup_options say.

        Raises:
            HieraError: configuration or data are wrong.
        """
        return HieraResult(found=False, value=None, key=key)
