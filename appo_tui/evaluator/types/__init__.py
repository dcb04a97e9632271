"""Puppet's type system: types as values, and the questions asked of them."""

from appo_tui.evaluator.types.access import TypeAccessError, specialize
from appo_tui.evaluator.types.aliases import DATA, RICH_DATA
from appo_tui.evaluator.types.assignability import is_assignable
from appo_tui.evaluator.types.collections import (
    Array,
    Collection,
    Element,
    Hash,
    Iterable,
    Iterator,
    Struct,
    Tuple,
)
from appo_tui.evaluator.types.compounds import (
    Callable,
    CatalogEntry,
    ClassType,
    Init,
    NotUndef,
    Object,
    Optional,
    ResourceType,
    Sensitive,
    Type,
    TypeAlias,
    TypeReference,
    TypeSet,
    Variant,
)
from appo_tui.evaluator.types.inference import common_type, generalize, infer, infer_set
from appo_tui.evaluator.types.instances import is_instance
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.naming import capitalized, named_type
from appo_tui.evaluator.types.parameters import (
    ParameterTypes,
    describe_default,
    describe_mismatch,
    describe_parameters,
)
from appo_tui.evaluator.types.printing import type_text, type_to_expanded_string, type_to_string, written_out
from appo_tui.evaluator.types.scalars import (
    URI,
    Any,
    Binary,
    Boolean,
    Default,
    Enum,
    Error,
    Float,
    Integer,
    Numeric,
    Pattern,
    Regexp,
    Runtime,
    Scalar,
    ScalarData,
    SemVer,
    SemVerRange,
    String,
    Timespan,
    Timestamp,
    Undef,
    Unit,
)

__all__ = [
    "DATA", "RICH_DATA", "URI", "Any", "Array", "Binary", "Boolean", "Callable", "CatalogEntry", "ClassType",
    "Collection", "Default", "Element", "Enum", "Error", "Float", "Hash", "Init", "Integer", "Iterable",
    "Iterator", "NotUndef", "Numeric", "Object", "Optional", "ParameterTypes", "Pattern", "PuppetType",
    "Regexp", "ResourceType", "Runtime", "Scalar", "ScalarData", "SemVer", "SemVerRange", "Sensitive",
    "String", "Struct", "Timespan", "Timestamp", "Tuple", "Type", "TypeAccessError", "TypeAlias",
    "TypeReference", "TypeSet", "Undef", "Unit", "Variant", "capitalized", "common_type", "describe_default",
    "describe_mismatch", "describe_parameters", "generalize", "infer", "infer_set", "is_assignable",
    "is_instance", "named_type", "specialize", "type_text", "type_to_expanded_string", "type_to_string",
    "written_out",
]  # fmt: skip
