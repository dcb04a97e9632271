"""The grammar of Puppet, each rule under the name that Puppet's own grammar and manual give it.

Strings stand for the punctuation marks and keywords that they spell. What is made of a rule's parts is
said elsewhere, in ``puppet_grammar.building``, by functions with the rules' names.
"""

from __future__ import annotations

from collections.abc import Mapping

from puppet_grammar.classnames import (
    CLASSNAME_KINDS,
    CapabilityMapping,
    Classname,
    Namespace,
    QualifiedClassname,
    StackedClassname,
)
from puppet_grammar.elements import (
    Builder,
    Choice,
    Direct,
    Forward,
    Keyed,
    Listed,
    Mark,
    Optional,
    Predicted,
    Repeated,
    Sequence,
    Value,
    ahead,
)
from puppet_grammar.lexer import kinds as k
from puppet_grammar.operators import Binding, OperatorTable, PredictedSuffix, Prefix, Suffix
from puppet_grammar.statements import Program, Statements


def _kinds(spellings: str) -> frozenset[str]:
    return frozenset(k.KIND[spelling] for spelling in spellings.split())


def _none() -> tuple[()]:
    return ()


assignment = Forward()
expression = Forward()
statements = Statements(assignment)
opt_statements = Optional(statements)
block = Sequence("{", opt_statements, "}")
program = Program(statements)

# --- names and literals ---------------------------------------------------------------------------

qualified_name = Value(k.NAME)
type = Value(k.CLASSREF)  # noqa: A001 - the manual's name
variable = Value(k.VARIABLE)
number = Value(k.NUMBER)
boolean = Value(k.BOOLEAN)
undef = Value(*_kinds("undef"))
default = Value(*_kinds("default"))
regex = Value(k.REGEX)
string = Value(k.STRING, k.WORD)
reserved_word = Value(*_kinds("private attr"))

classname = Classname()
qualified_classname = QualifiedClassname()
stacked_classname = StackedClassname()

dqpre = Value(k.DQPRE)
dqmid = Value(k.DQMID)
dqpost = Value(k.DQPOST)
dq_string = Sequence(dqpre, assignment, Repeated(Sequence(dqmid, assignment)), dqpost)
heredoc = Sequence(Value(k.HEREDOC), Choice(string, dq_string))

# --- arrays, hashes and arguments -----------------------------------------------------------------

collection_entry_keyword = Value(*_kinds("type function application consumes produces site"))
hash_entry = Forward()


def _or_keyword(part: Direct, keyword: Direct) -> Choice:
    """Returns a rule for ``part``, or for a keyword taken as a string where it begins nothing."""
    keywords = Predicted(
        (ahead(_kinds("type"), {"(", k.CLASSREF}), part),
        (ahead(_kinds("function application"), CLASSNAME_KINDS), part),
        (ahead(_kinds("site"), {"{"}), part),
        otherwise=keyword,
        only=collection_entry_keyword.kinds,
    )
    return Choice(keywords, part)


hash_entry.becomes(_or_keyword(assignment, collection_entry_keyword))
hashpair = Sequence(hash_entry, "=>", hash_entry)
keyword_pair = Sequence(collection_entry_keyword, "=>", hash_entry)
keyed_argument = Keyed(assignment, hash_entry)
argument = _or_keyword(keyed_argument, keyword_pair)
keyword_entry = Keyed(collection_entry_keyword, hash_entry)
collection_entry = _or_keyword(keyed_argument, keyword_entry)
keyed_access = Keyed(expression, hash_entry, wide=assignment, wide_kinds=_kinds("{ = += -= -> ~> <- <~"))
access_arg = _or_keyword(keyed_access, keyword_pair)

arguments = Listed(argument)
access_args = Listed(access_arg)
array = Sequence(Mark(k.LISTSTART, "["), Listed(collection_entry, empty=True, trailing=True), "]")
hash = Sequence("{", Listed(hashpair, empty=True, trailing=True), "}")  # noqa: A001 - the manual's name

# --- parameters -----------------------------------------------------------------------------------

parameter_type = Sequence(type, Optional(Sequence("[", access_args, "]")))
regular_parameter = Sequence(Value(k.VARIABLE), Optional(Sequence("=", expression)))
splat_parameter = Sequence("*", regular_parameter)
typed_parameter = Sequence(parameter_type, Choice(regular_parameter, splat_parameter))
parameter = Choice(regular_parameter, splat_parameter, typed_parameter)
parameters = Listed(parameter, trailing=True)
parameters_in_parentheses = Sequence(Mark("(", k.WSLPAREN), Optional(parameters, _none), ")")
parameter_list = Optional(parameters_in_parentheses, _none)
opt_return_type = Optional(Sequence(">>", parameter_type))
lambda_ = Sequence("|", Optional(parameters, _none), "|", opt_return_type, block)
opt_lambda = Optional(lambda_)

# --- conditionals ---------------------------------------------------------------------------------

else_ = Forward()
if_part = Sequence(expression, block, Optional(else_))
else_block = Sequence("else", block)
elsif = Sequence("elsif", if_part)
else_.becomes(Choice(elsif, else_block))
if_expression = Sequence("if", if_part)
unless_expression = Sequence("unless", expression, block, Optional(else_block))
case_option = Sequence(Listed(expression), ":", block)
case_options = Sequence(case_option, Repeated(case_option))
case_expression = Sequence("case", expression, "{", case_options, "}")

# --- definitions ----------------------------------------------------------------------------------

definition_expression = Sequence("define", qualified_classname, parameter_list, block)
application_expression = Sequence("application", qualified_classname, parameter_list, block)
classparent = Optional(Sequence("inherits", Choice(classname, Value(*_kinds("default")))))
hostclass_expression = Namespace("class", stacked_classname, parameter_list, classparent, block)
plan_expression = Namespace("plan", stacked_classname, parameter_list, block)
function_definition = Sequence("function", classname, parameter_list, opt_return_type, block)
site_definition_expression = Sequence("site", block)

name_or_number = Value(k.NAME, k.NUMBER)
dotted_name = Sequence(Listed(name_or_number, "."))
hostname = Choice(dotted_name, string, dq_string, heredoc, default, regex)
nodeparent = Optional(Sequence("inherits", hostname))
node_definition_expression = Sequence("node", Listed(hostname, trailing=True), nodeparent, block)

# --- type aliases ---------------------------------------------------------------------------------

object_type = Sequence(type, hash)
type_with_arguments = Sequence(type, "[", Listed(access_arg, trailing=True), "]")
aliased_type = Choice(
    Predicted(
        (ahead({k.CLASSREF}, {"{"}), object_type),
        (ahead({k.CLASSREF}, {"["}), type_with_arguments),
        otherwise=type,
    ),
    hash,
    array,
)
type_alias = Sequence("type", parameter_type, "=", aliased_type)
type_definition = Sequence("type", type, Optional(Sequence("inherits", type)), block)
type_name = Value(*_kinds("type"))
call_arguments = Optional(Listed(argument, trailing=True), _none)
call_of_type = Sequence(type_name, "(", call_arguments, ")", opt_lambda)
type_statement = Predicted(
    (ahead(_kinds("type"), {"("}), call_of_type),
    (ahead(_kinds("type"), {k.CLASSREF}, _kinds("{ inherits")), type_definition),
    otherwise=type_alias,
)

# --- resources ------------------------------------------------------------------------------------

_attribute_names = {k.NAME} | _kinds(
    "and case class default define else elsif if in inherits node or undef unless type attr function private "
    "application consumes produces site plan"
)
attribute_name = Value(*_attribute_names)
attribute_operation = Sequence(attribute_name, Value(*_kinds("=> +>")), expression)
attributes_operation = Sequence("*", "=>", expression)
attribute_operations = Listed(
    Choice(attribute_operation, attributes_operation), empty=True, leading=True, trailing=True
)
resource_body = Sequence(expression, ":", attribute_operations)
resource_bodies = Listed(resource_body, ";", trailing=True)
titled_resource = Suffix("{", resource_bodies, "}")
opening_brace = Value("{")
untitled_resource = Suffix(opening_brace, attribute_operations, "}")
class_resource = Sequence("class", "{", resource_bodies, "}")

# --- what follows an operand ----------------------------------------------------------------------

access = Suffix("[", Listed(access_arg, trailing=True), "]")
call_function = Suffix("(", call_arguments, ")", opt_lambda)
method_arguments = Sequence("(", Optional(arguments, _none), ")")
method_name = Value(k.NAME, *_kinds("type"))
call_method = Suffix(".", method_name, Optional(method_arguments, _none), opt_lambda)
collector_operations = Sequence("{", attribute_operations, "}")
virtual_query = Sequence("<|", Optional(expression), "|>")
exported_query = Sequence("<<|", Optional(expression), "|>>")
collection = Suffix(Choice(virtual_query, exported_query), Optional(collector_operations, _none))
capability_mapping = CapabilityMapping(
    Value(*_kinds("produces consumes")), qualified_classname, "{", attribute_operations, "}"
)
selector_entry = Sequence(expression, "=>", expression)
selector_entries = Sequence(k.SELBRACE, Listed(selector_entry, trailing=True), "}")
selector = Suffix("?", Choice(selector_entries, selector_entry))

# --- expressions ----------------------------------------------------------------------------------

parenthesized = Sequence(Mark("(", k.WSLPAREN), assignment, ")")
primary_expression = Choice(
    variable, string, qualified_name, type, number, dq_string, boolean, undef, default, regex, array, hash,
    heredoc, parenthesized, if_expression, unless_expression, case_expression, hostclass_expression,
    definition_expression, node_definition_expression, function_definition, application_expression,
    site_definition_expression, plan_expression, type_statement, reserved_word,
)  # fmt: skip

resource_tail = PredictedSuffix(
    (ahead({"{"}, _kinds("} ,")), untitled_resource),
    (ahead({"{"}, {"*"}, _kinds("=>")), untitled_resource),
    (ahead({"{"}, _attribute_names, _kinds("=> +>")), untitled_resource),
    (ahead({"{"}, _attribute_names - primary_expression.first), untitled_resource),
    otherwise=titled_resource,
)


def _infixes(build: Mapping[str, Builder]) -> dict[str, tuple[int, bool, Builder]]:
    rows = (
        (Binding.ASSIGNMENT, "= += -=", "assignment"),
        (Binding.RELATIONSHIP, "-> ~> <- <~", "relationship"),
        (Binding.OR, "or", "or_expression"),
        (Binding.AND, "and", "and_expression"),
        (Binding.COMPARISON, "< <= > >=", "comparison"),
        (Binding.EQUALITY, "== !=", "comparison"),
        (Binding.SHIFT, "<< >>", "arithmetic"),
        (Binding.ADDITION, "+ -", "arithmetic"),
        (Binding.MULTIPLICATION, "* / %", "arithmetic"),
        (Binding.MATCH, "=~ !~", "match"),
        (Binding.IN, "in", "in_expression"),
    )
    return {
        kind: (int(binding), binding is Binding.ASSIGNMENT, build[rule])
        for binding, operators, rule in rows
        for kind in _kinds(operators)
    }


def _operators(build: Mapping[str, Builder]) -> OperatorTable:
    return OperatorTable(
        operand=primary_expression,
        prefixes={
            "@": Prefix(Binding.RESOURCE, build["virtual_resource"]),
            k.KIND["@@"]: Prefix(Binding.RESOURCE, build["exported_resource"]),
            "-": Prefix(Binding.MINUS, build["unary_minus"]),
            "*": Prefix(Binding.UNFOLD, build["unfold"]),
            "!": Prefix(Binding.NOT, build["not_expression"]),
        },
        infixes=_infixes(build),
        suffixes={
            "{": (Binding.RESOURCE, resource_tail),
            "?": (Binding.SELECTOR, selector),
            "[": (Binding.ACCESS, access),
            "(": (Binding.ACCESS, call_function),
            ".": (Binding.ACCESS, call_method),
            k.KIND["<|"]: (Binding.ACCESS, collection),
            k.KIND["<<|"]: (Binding.ACCESS, collection),
            k.KIND["produces"]: (Binding.ACCESS, capability_mapping),
            k.KIND["consumes"]: (Binding.ACCESS, capability_mapping),
        },
        loose={(k.KIND["class"], "{"): (Binding.RESOURCE, class_resource)},
    )


for _name, _rule in list(globals().items()):
    if isinstance(_rule, Direct):
        _rule.set_name(_name)


def bind(build: Mapping[str, Builder]) -> Program:
    """Gives the rules their builders.

    Args:
        build: By the name of a rule, what makes its value; a rule without a builder has the value of its
            part, or a tuple of them.

    Returns:
        The rule for a whole program.
    """
    rules = globals()
    for rule, builder in build.items():
        if isinstance(rules.get(rule), Direct):
            rules[rule].builds(builder)
    operators = _operators(build)
    expression.becomes(operators.level(Binding.OR))
    assignment.becomes(operators.level(Binding.ASSIGNMENT))
    return program
