"""Puppet's functions, in one registry."""

from appo_tui.evaluator.functions import control, iteration
from appo_tui.evaluator.functions.call import Block, CallContext, EnvironmentFiles, FunctionCall
from appo_tui.evaluator.functions.errors import (
    FailedOnPurposeError,
    FunctionError,
    NextSignal,
    ReturnSignal,
    StopIterationSignal,
)
from appo_tui.evaluator.functions.registry import REGISTRY, Function, Unknowns, built_in, stdlib

__all__ = [
    "REGISTRY", "Block", "CallContext", "EnvironmentFiles", "FailedOnPurposeError", "Function",
    "FunctionCall", "FunctionError", "NextSignal", "ReturnSignal", "StopIterationSignal", "Unknowns",
    "built_in", "control", "iteration", "stdlib",
]  # fmt: skip
