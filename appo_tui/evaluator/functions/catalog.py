"""Functions that declare resources, or ask what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from appo_tui.environment.places import Place
from appo_tui.evaluator import types
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, built_in, built_in_counting, stdlib
from appo_tui.evaluator.values import Unknown, Value

if TYPE_CHECKING:
    from appo_tui.evaluator.compilation import Compilation
    from appo_tui.evaluator.context import ScopeContext
    from appo_tui.evaluator.resource import Parameter, Resource
    from appo_tui.evaluator.scope import Scope


def _compilation(call: FunctionCall) -> Compilation:
    return cast("ScopeContext", call.context).interpreter.compilation


def _scope(call: FunctionCall) -> Scope:
    return cast("ScopeContext", call.context).scope


# --- classes --------------------------------------------------------------------------------------


def _class_names(values: Iterable[Value]) -> list[str]:
    names: list[str] = []
    for value in values:
        if isinstance(value, tuple):
            names += _class_names(value)
        elif isinstance(value, str):
            names.append(value if value.startswith("::") else f"::{value}")
        elif isinstance(value, types.ClassType) and value.name:
            names.append(f"::{value.name}")
        elif isinstance(value, types.ResourceType) and value.type_name == "Class" and value.title:
            names.append(f"::{value.title.lower()}")
        elif value is None:
            raise FunctionError("Cannot use undef as a class name")
        elif not isinstance(value, Unknown):
            shown = types.infer(value)
            raise FunctionError(f"Cannot use {shown} where a class name or a Class reference is expected")
    return names


def _include(call: FunctionCall, classes: tuple[Value, ...]) -> tuple[types.ClassType, ...]:
    names = _class_names(classes)
    _compilation(call).evaluate_classes(names, _scope(call), lazily=False)
    return tuple(types.ClassType(name.removeprefix("::").lower()) for name in names)


@built_in("include", "Any names+", unknowns=Unknowns.TAKEN)
def include(call: FunctionCall, *classes: Value) -> Value:
    """Declares classes that are not declared yet."""
    return _include(call, classes)


@built_in("contain", "Any names+", unknowns=Unknowns.TAKEN)
def contain(call: FunctionCall, *classes: Value) -> Value:
    """Declares classes, and has them contained in what calls it."""
    included = _include(call, classes)
    container = _scope(call).frame.resource
    catalog = _compilation(call).catalog
    if container is not None and _compilation(call).node.certname is None:
        for name in included:
            resource = _referenced(call, name)
            if resource is None or resource.parameters.keys() & {"export", "consume"}:
                continue
            if resource not in catalog.children.get(container, ()):
                catalog.contain(container, resource)
    return included


@built_in("require", "Any names+", unknowns=Unknowns.TAKEN)
def require(call: FunctionCall, *classes: Value) -> Value:
    """Declares classes, to come before the calling class or define."""
    from appo_tui.evaluator.origins import Origin, OriginKind
    from appo_tui.evaluator.resource import Parameter, as_stored

    included = _include(call, classes)
    container = _scope(call).frame.resource
    if container is not None:
        _compilation(call).note_search()
        _compilation(call).find_classes(f"::{name.name}" for name in included)
        known = container.value("require")
        before = known if isinstance(known, tuple) else () if known is None else (known,)
        origin = Origin(OriginKind.GIVEN, call.place)
        container.parameters["require"] = Parameter("require", (*before, *map(as_stored, included)), origin)
    return included


@built_in("hiera_include", "String key, Any default?, Any override?")
def hiera_include(call: FunctionCall, key: str, default: Value = None, _override: Value = None) -> Value:
    """Declares the classes that the data lists under a key; nothing in the environment catalog."""
    if _compilation(call).node.certname is None:
        return None
    arguments = (key, types.named_type("Any"), "unique", default or ())
    found = call.context.call_function("lookup", arguments, None,
                                       call.place)  # fmt: skip
    return _include(call, (found,))


# --- resources ------------------------------------------------------------------------------------


@built_in_counting("create_resources", 2, unknowns=Unknowns.WHOLE)
def create_resources(call: FunctionCall, *arguments: Value) -> Value:
    """Declares resources from a hash of titles to attributes."""
    type_name, instances, defaults = _creation(arguments)
    _create_resources(call, type_name, instances, defaults)
    return None


def _creation(arguments: tuple[Value, ...]) -> tuple[str, dict[Value, Value], dict[Value, Value]]:
    """The arguments of create_resources, which has messages of its own."""
    name = "create_resources()"
    if len(arguments) > 3:
        raise FunctionError(f"{name}: wrong number of arguments ({len(arguments)}; must be 2 or 3)")
    type_name, instances, defaults = (*arguments, {})[:3]
    if not isinstance(instances, dict):
        raise FunctionError(f"{name}: second argument must be a hash")
    if not isinstance(defaults, dict):
        raise FunctionError(f"{name}: third argument, if provided, must be a hash")
    if not isinstance(type_name, str):
        raise FunctionError(f"{name}: first argument must be a string")
    return type_name, instances, defaults


def _create_resources(
    call: FunctionCall, type_name: str, instances: dict[Value, Value], defaults: dict[Value, Value]
) -> Value:
    from appo_tui.evaluator.declaring import Declaration, declare

    declared: list[types.PuppetType] = []
    plain = type_name.lstrip("@")
    marks = len(type_name) - len(plain)
    for title, given in instances.items():
        if isinstance(given, Unknown):
            continue
        if not isinstance(given, dict):
            raise FunctionError(f"no implicit conversion of {_ruby_class(given)} into Hash")
        attributes = {**defaults, **given}
        titles = title if isinstance(title, tuple) else (title,)
        declaration = Declaration(
            plain.lower(), tuple(str(item) for item in titles), _parameters(call, attributes),
            _line(call.place),
            virtual=marks > 0, exported=marks > 1,
        )  # fmt: skip
        declared += declare(_compilation(call), declaration, _scope(call))
    return tuple(declared)


def _ruby_class(value: Value) -> str:
    return "nil" if value is None else str(types.generalize(types.infer(value))).partition("[")[0]


def _parameters(call: FunctionCall, attributes: dict[Value, Value]) -> dict[str, Parameter]:
    from appo_tui.evaluator.origins import Origin, OriginKind
    from appo_tui.evaluator.resource import Parameter

    source = _scope(call).frame.source
    origin = Origin(OriginKind.GIVEN, call.place)
    return {
        str(name): Parameter(str(name), value, origin, None, source) for name, value in attributes.items()
    }


def _line(place: Place) -> Place:
    return Place(place.file, place.line)


@built_in_counting("realize", 1, unknowns=Unknowns.TAKEN)
def realize(call: FunctionCall, *references: Value) -> Value:
    """Makes virtual resources real."""
    from appo_tui.evaluator.resource import capitalised

    for reference in _flat(references):
        if isinstance(reference, types.ResourceType):
            key = (capitalised(reference.type_name or ""), reference.title or "")
            _compilation(call).to_realize.append(key)
    return None


def _flat(values: Iterable[Value]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        found += _flat(value) if isinstance(value, tuple) else [value]
    return found


def _referenced(call: FunctionCall, reference: Value) -> Resource | None:
    from appo_tui.evaluator.resource import capitalised

    catalog = _compilation(call).catalog
    _compilation(call).note_search()
    if isinstance(reference, types.ResourceType):
        return catalog.find(capitalised(reference.type_name or ""), reference.title or "")
    if isinstance(reference, types.ClassType):
        return catalog.find("Class", capitalised(reference.name or ""))
    if isinstance(reference, str) and reference.endswith("]") and "[" in reference:
        type_name, _, title = reference[:-1].partition("[")
        return catalog.find(capitalised(type_name), title.strip("'\""))
    return None


@built_in("defined", "Variant[String, Type[CatalogEntry], Type[Type[CatalogEntry]]] vals+")
def defined(call: FunctionCall, *names: Value) -> Value:
    """Whether any of these is there: a class, a resource type, a variable, or a declared resource."""
    return any(_is_defined(call, name) for name in _flat(names))


def _is_defined(call: FunctionCall, name: Value) -> bool:
    if isinstance(name, str):
        return _is_name_defined(call, name)
    compilation = _compilation(call)
    match name:
        case types.Type(contained=types.ResourceType() as contained):
            return _is_defined(call, contained)
        case types.Type(contained=types.ClassType() as contained):
            return compilation.definitions.find_class(_named_class(contained)) is not None
        case types.ClassType():
            _named_class(name)
        case types.ResourceType(type_name=None):
            raise FunctionError("The given resource type is a reference to all kind of types")
        case types.ResourceType(title=None):
            return compilation.definitions.find_resource_type(name.type_name or "") is not None
    compilation.note_search()
    return _referenced(call, name) is not None


def _is_name_defined(call: FunctionCall, name: str) -> bool:
    compilation = _compilation(call)
    if name.startswith("$"):
        from appo_tui.evaluator.scope import MISSING

        plain = name[1:].removeprefix("::")
        found = compilation.qualified_variable(plain) if "::" in plain else _scope(call).find(plain)
        return found is not MISSING
    if name.endswith("]") and "[" in name:
        compilation.note_search()
        return _referenced(call, name) is not None
    if name == "main":
        return True
    definitions = compilation.definitions
    return definitions.find_resource_type(name) is not None or definitions.find_class(name) is not None


def _named_class(reference: types.ClassType) -> str:
    if reference.name is None:
        raise FunctionError("The given class type is a reference to all classes")
    return reference.name


# --- puppetlabs-stdlib ----------------------------------------------------------------------------


@stdlib("getparam", "Any reference, String name")
def getparam(call: FunctionCall, reference: Value, name: str) -> Value:
    """A parameter of a declared resource; an empty string where there is none."""
    resource = _referenced(call, reference)
    value = resource.value(name) if resource is not None else None
    return "" if value is None else value


@stdlib("defined_with_params", "Any reference, Hash params?")
def defined_with_params(
    call: FunctionCall, reference: Value, params: dict[Value, Value] | None = None
) -> Value:
    """Whether a resource is declared, with these parameters among its own."""
    from appo_tui.evaluator.matching import equals

    resource = _referenced(call, reference)
    if resource is None:
        return False
    return all(equals(resource.value(str(name)), value) for name, value in (params or {}).items())


@stdlib("ensure_resource", "String type, Any title, Hash params?")
def ensure_resource(
    call: FunctionCall, type_name: str, title: Value, params: dict[Value, Value] | None = None
) -> Value:
    """Declares resources that are not declared yet with these parameters."""
    for item in title if isinstance(title, tuple) else (title,):
        reference = f"{type_name}[{item}]"
        if not defined_with_params(call, reference, params):
            _create_resources(call, type_name, {item: params or {}}, {})
    return None


@stdlib("ensure_resources", "String type, Hash instances, Hash params?")
def ensure_resources(
    call: FunctionCall,
    type_name: str,
    instances: dict[Value, Value],
    params: dict[Value, Value] | None = None,
) -> Value:
    """Declares resources of a hash that are not declared yet."""
    for title, given in instances.items():
        own = given if isinstance(given, dict) else {}
        ensure_resource(call, type_name, title, {**(params or {}), **own})
    return None


@stdlib("ensure_packages", "Any packages, Hash defaults?")
def ensure_packages(call: FunctionCall, packages: Value, defaults: dict[Value, Value] | None = None) -> Value:
    """Declares packages that are not declared yet."""
    wanted = {"ensure": "present", **(defaults or {})}
    if isinstance(packages, dict):
        return ensure_resources(call, "package", packages, wanted)
    for package in _flat((packages,)):
        if _referenced(call, f"package[{package}]") is None:
            _create_resources(call, "package", {package: wanted}, {})
    return None
