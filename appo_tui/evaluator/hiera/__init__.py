"""Hiera: data by key."""

from appo_tui.evaluator.hiera.configuration import Layer, Level, read_layer
from appo_tui.evaluator.hiera.documents import HieraArgumentError, HieraError
from appo_tui.evaluator.hiera.interpolation import ScopeVariables
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.hiera.results import Found, HieraResult

__all__ = [
    "Found", "Hiera", "HieraArgumentError", "HieraError", "HieraResult", "Layer", "Level", "ScopeVariables",
    "read_layer",
]  # fmt: skip
