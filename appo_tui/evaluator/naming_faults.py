"""Names that are defined twice, or not in the file that they belong to, in Puppet's words."""

from __future__ import annotations

from typing import Final, Literal

from appo_tui.evaluator.definitions import definitions_in
from appo_tui.evaluator.faults import EvaluationError, MisnamedFileError
from appo_tui.evaluator.manifests import Manifest
from appo_tui.evaluator.native_types import NativeType
from puppet_grammar import nodes

_ENTITY: Final = "http://puppet.com/2016.1/runtime"
_BASIC_TYPES: Final = frozenset(
    (
        "any", "array", "binary", "boolean", "callable", "catalogentry", "class", "collection", "default",
        "enum", "float", "hash", "integer", "iterable", "iterator", "notundef", "numeric", "object",
        "optional", "pattern", "regexp", "resource", "runtime", "scalar", "scalardata", "semver",
        "semverrange", "sensitive", "string", "struct", "timespan", "timestamp", "tuple", "type",
        "typealias", "typereference", "typeset", "undef", "uri", "variant",
    )
)  # fmt: skip
_BUILT_IN_ALIASES: Final = frozenset(
    (
        "data", "richdata", "richdatakey", "component", "exec", "file", "filebucket", "group", "node",
        "notify", "package", "resources", "schedule", "service", "stage", "tidy", "user", "whit",
    )
)  # fmt: skip
"""What Puppet brings with no place: aliases, and references to resource types."""
CLASHES: Final = {
    "class": (
        ("class", "Class '{name}' is already defined{where}; cannot redefine"),
        ("define", "Definition '{name}' is already defined{where}; cannot be redefined as a class"),
        ("application", "Application '{name}' is already defined{where}; cannot be redefined as a class"),
    ),
    "define": (
        ("class", "'{name}' is already defined{where} as a class; cannot redefine as a definition"),
        ("application", "'{name}' is already defined{where} as an application; cannot be redefined"),
    ),
    "application": (
        ("class", "'{name}' is already defined{where} as a class; cannot redefine as an application"),
        ("define", "'{name}' is already defined{where} as a definition; cannot redefine as an application"),
        ("application", "'{name}' is already defined{where} as an application; cannot be redefined"),
    ),
    "node": (("node", "Node '{name}' is already defined{where}; cannot redefine"),),
    "site": (("site", "Site is already defined{where}; cannot redefine"),),
}
"""What a definition of a kind clashes with, and what is said then."""


def refuse_again(
    kind: str,
    node: nodes.Node,
    known: tuple[nodes.Node, Manifest] | None,
) -> None:
    """Have no function, no define and no type alias defined twice.

    Raises:
        EvaluationError: there is one of this name already.
    """
    if known is None or known[0] is node:
        return
    first, manifest = known
    where = manifest.place(first)
    column = where.column or 1
    if isinstance(first, nodes.TypeAlias):
        column += manifest.source.text.index(first.name, first.start) - first.start
    name = str(getattr(node, "name", "")).removeprefix("::").lower()
    raise EvaluationError(
        f"Attempt to redefine entity '{_ENTITY}/{kind}/{name}'. "
        f"Originally set at file://{where.file}?line={where.line}&pos={column}.",
        code="already-defined", hint="Give one of the two another name, or remove one.", about=where,
    )  # fmt: skip


def refuse_built_in(name: str) -> None:
    """Have no type alias take the name of a type that Puppet brings.

    Args:
        name: in lower case.

    Raises:
        EvaluationError: it does.
    """
    if name in _BASIC_TYPES:
        origin = "Originally set by Puppet-Type-System/Static-Loader."
    elif name in _BUILT_IN_ALIASES:
        origin = "Set at unknown location"
    else:
        return
    raise EvaluationError(
        f"Attempt to redefine entity '{_ENTITY}/type/{name}'. {origin}",
        code="already-defined", hint="Give the type alias another name.",
    )  # fmt: skip


def refuse_resource_type(used: NativeType | None) -> None:
    """Have no type alias take the name of a resource type that a parameter before it has for its type.

    Args:
        used: the resource type of the alias's name, if one was asked for.

    Raises:
        EvaluationError: there is one, from a file.
    """
    if used is None or used.place is None:
        return
    raise EvaluationError(
        f"Attempt to redefine entity '{_ENTITY}/type/{used.name}'. "
        f"Originally set at file://{used.place.file}?line={used.place.line}.",
        code="already-defined", hint="Give the type alias another name.", about=used.place,
    )  # fmt: skip


def refuse_other_content(manifest: Manifest, kind: Literal["function", "type"], name: str) -> None:
    """Have a file that a function or a type alias is loaded from hold that and nothing else.

    Raises:
        MisnamedFileError: it does not.
    """
    fault = _content_fault(manifest, kind, name)
    if fault is not None:
        raise MisnamedFileError(f"The code loaded from {manifest.file} {fault}")


def _content_fault(manifest: Manifest, kind: Literal["function", "type"], name: str) -> str | None:
    program = manifest.program
    definitions = definitions_in(program) if program is not None else ()
    if not definitions:
        return f"does not define the {kind} '{name}' - it is empty."
    if len(definitions) > 1:
        return f"must contain only the {kind} '{name}' - it has additional definitions."
    (found,) = definitions
    if not isinstance(found, nodes.FunctionDefinition if kind == "function" else nodes.TypeAlias):
        wanted = "function" if kind == "function" else "type alias or type definition"
        return f"does not define the {kind} '{name}' - no {wanted} found."
    if (found.name if kind == "function" else found.name.lower()) != name:
        quote = "" if kind == "function" else "'"
        return (
            f"produced {kind} with the wrong name, expected {quote}{name}{quote}, "
            f"actual {quote}{found.name}{quote}"
        )
    if program is not None and program.body is not found:
        return f"contains additional logic - can only contain the {kind} {name}"
    return None
