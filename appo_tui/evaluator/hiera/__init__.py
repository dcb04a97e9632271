"""Hiera: data by key."""

from appo_tui.evaluator.hiera.configuration import Layer
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.hiera.results import Found, HieraResult

__all__ = ["Found", "Hiera", "HieraResult", "Layer"]
