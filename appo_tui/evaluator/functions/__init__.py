"""Puppet's functions, in one registry.

The modules beside this one register their functions when they are imported, which happens here.
"""

from appo_tui.evaluator.functions import (
    app_modeling,
    catalog,
    containers,
    control,
    conversions,
    delegation,
    digests,
    digging,
    documents,
    formats,
    iteration,
    lookups,
    matching,
    node_only,
    numbers,
    of_modules,
    paths,
    privacy,
    shell_words,
    stdlib_containers,
    stdlib_conversions,
    stdlib_namespaced,
    strings,
    tagging,
    times,
    to_resource,
    trees,
    type_questions,
    validation,
    versions,
)
from appo_tui.evaluator.functions.call import Block, CallContext, EnvironmentFiles, FunctionCall
from appo_tui.evaluator.functions.errors import (
    FailedOnPurposeError,
    FunctionError,
    NextSignal,
    ReturnSignal,
    StopIterationSignal,
)
from appo_tui.evaluator.functions.node_only import unknown_function
from appo_tui.evaluator.functions.registry import REGISTRY, Function, Unknowns, built_in, stdlib

stdlib_namespaced.register_moved()

__all__ = [
    "REGISTRY", "Block", "CallContext", "EnvironmentFiles", "FailedOnPurposeError", "Function",
    "FunctionCall", "FunctionError", "NextSignal", "ReturnSignal", "StopIterationSignal", "Unknowns",
    "app_modeling", "built_in", "catalog", "containers", "control", "conversions", "delegation", "digests",
    "digging",
    "documents", "formats", "iteration", "lookups", "matching", "node_only", "numbers", "of_modules",
    "paths", "privacy", "shell_words", "stdlib", "stdlib_containers", "stdlib_conversions",
    "stdlib_namespaced", "strings", "tagging", "times", "to_resource", "trees", "type_questions",
    "unknown_function", "validation", "versions",
]  # fmt: skip
