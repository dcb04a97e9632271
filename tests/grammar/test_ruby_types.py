"""Resource types that are written in Ruby, read without Ruby."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puppet_grammar.ruby_types import RubyTypeError, read_type

SQL = """Puppet::Type.newtype :sql, :is_capability => true do
  newparam :name, :is_namevar => true
  newparam :user
  newparam :host
end
"""


@pytest.mark.parametrize(
    "head",
    [
        "newtype :sql, :is_capability => true do",
        "newtype(:sql, :is_capability => true) do",
        "newtype(:sql, is_capability: true) do |type|",
        "newtype('sql', { :is_capability => 'yes' }) do",
        "newtype :sql,\n  is_capability: 1 do",
    ],
)
def test_a_capability_is_known_in_every_writing(head: str) -> None:
    found = read_type(SQL.replace("newtype :sql, :is_capability => true do", head))
    assert (found.name, found.is_capability, found.namevar) == ("sql", True, "name")
    assert [parameter.name for parameter in found.parameters] == ["name", "user", "host"]


@pytest.mark.parametrize("option", ["", ", :is_capability => false", ", is_capability: nil"])
def test_other_types_are_no_capabilities(option: str) -> None:
    assert not read_type(SQL.replace(", :is_capability => true", option)).is_capability


def test_braces_stand_for_do_and_end() -> None:
    found = read_type("Puppet::Type.newtype(:x) { newparam(:a) { isnamevar; desc 'A' }; newparam(:b) }")
    assert [(p.name, p.namevar, p.doc) for p in found.parameters] == [("a", True, "A"), ("b", False, "")]


def test_parameters_have_docs_defaults_and_values() -> None:
    found = read_type(
        '''
Puppet::Type.newtype(:thing) do
  @doc = <<-EOT
    A thing.

      Indented.
  EOT
  ensurable do
    newvalue(:present) { provider.create }
    newvalue(:gone)
    defaultto :present
  end
  newparam(:path, :namevar => true) do
    desc "The path, of #{"any"} kind."
    validate do |value|
      unless value =~ %r{^/} || value == 'end'
        raise ArgumentError, "not absolute: #{value}"
      end
    end
    munge { |value| value.chomp('/') if value }
  end
  newproperty(:mode, array_matching: :all) do
    desc %q{The (mode).}
    newvalues(:a, 'b', /^[0-7]+$/)
    defaultto { '0644' }
  end
  newparam(:size) { defaultto 10 }
  autorequire(:file) { self[:path] if self[:path] }
  feature :fast, "It is fast", :methods => [:a]
end
'''
    )
    ensure, path, mode, size = found.parameters
    assert found.doc == "A thing.\n\n  Indented."
    assert found.ensurable
    assert found.features == ("fast",)
    assert (ensure.values, ensure.default) == (("present", "gone"), ":present")
    assert (path.namevar, path.line) == (True, 13)
    assert (mode.kind, mode.doc, mode.default) == ("property", "The (mode).", "{ '0644' }")
    assert mode.values == ("a", "b", "/^[0-7]+$/")
    assert size.default == "10"


def test_misspelt_options_are_told() -> None:
    found = read_type("Puppet::Type.newtype(:x) do\n  newparam :key, :is_namevar => true\nend\n")
    assert found.namevar is None
    (warning,) = found.warnings
    assert warning.message == "Puppet knows no option is_namevar here; namevar is meant"
    assert warning.line == 2


def test_a_property_is_no_namevar_though_it_says_so() -> None:
    found = read_type("Puppet::Type.newtype(:x) { newparam(:name); newproperty(:to) { isnamevar } }")
    assert found.namevars == ("name",)


def test_what_stands_under_a_condition_is_told_and_left_out() -> None:
    found = read_type(
        "Puppet::Type.newtype(:x) do\n  if Puppet.y?\n    newparam :a\n  end\n  newparam :name\nend\n"
    )
    assert [parameter.name for parameter in found.parameters] == ["name"]
    assert [warning.line for warning in found.warnings] == [3]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("class Foo\nend\n", "The file defines no resource type: it does not call newtype", 1),
        ("Puppet::Type.newtype(:x) do\n  newparam :a do\nend\n", "'do' is never closed", 1),
        ("Puppet::Type.newtype(:x) do\n  desc 'abc\nend\n", "The string is not closed", 2),
        ("Puppet::Type.newtype(:x) do\n  desc <<-EOT\nend\n", "The heredoc is not closed by EOT", 2),
        ("Puppet::Type.newtype(:x) do\nend\nend\n", "'end' closes nothing", 3),
    ],
)
def test_a_file_beyond_reading_is_an_error_with_its_place(text: str, message: str, line: int) -> None:
    with pytest.raises(RubyTypeError) as refused:
        read_type(text, "x.rb")
    assert (refused.value.message, refused.value.line) == (message, line)


@given(st.text(alphabet="newtyparamdo(){}[]|:,'\"/%<>-=\n #end if", max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    for head in ("", "Puppet::Type.newtype(:x) do\n"):
        try:
            read_type(head + text)
        except RubyTypeError as error:
            shown = str(error)
        else:
            continue
        assert shown


@pytest.mark.parametrize(
    "loop",
    [
        "[:a, 'b'].each { |name| newparam(name) }",
        "%w[a b].each do |name|\n newparam name.to_sym do\n desc 'x'\n end\n end",
        "%i(a b).each do |n|\n newparam(n)\n end",
        "NAMES = [\n :a, # one\n :b,\n ].freeze\n NAMES.each { |n| newparam(n) { desc n } }",
        "{ :a => 'one', 'b' => [2, 3] }.each do |name, text|\n newparam(name)\n end",
        "{ a: 'one', b: { c: 1 } }.each_pair { |name, text| newparam(name) }",
    ],
)
def test_parameters_declared_in_a_loop_over_words_are_read(loop: str) -> None:
    found = read_type(f"Puppet::Type.newtype(:x) do\n newparam(:name)\n {loop}\n newparam(:last)\nend")
    assert [parameter.name for parameter in found.parameters] == ["name", "a", "b", "last"]
    assert not found.is_open


@pytest.mark.parametrize(
    "code",
    [
        "Other.names.each { |name| newparam(name) }",
        "newparam(prefix + 'x')",
        "if old?\n newparam(:x)\n end",
        "include PuppetX::Parameters",
        "add_parameters :a, :b",
        "instance_eval(&PuppetX::Shared)",
    ],
)
def test_a_type_with_code_that_may_make_parameters_is_open(code: str) -> None:
    assert read_type(f"Puppet::Type.newtype(:x) do\n newparam(:name)\n {code}\nend").is_open


def test_what_types_usually_have_does_not_make_them_open() -> None:
    found = read_type(
        """
Puppet::Type.newtype(:x) do
  @doc = 'A thing'
  DEFAULT = 3
  names = %w[a b]
  ensurable
  newparam(:name, namevar: true) { munge { |value| value.downcase } }
  autorequire(:file) { [self[:path]] }
  validate { raise ArgumentError, 'no' unless self[:name] }
  def refresh
    provider.refresh
  end
  def self.title_patterns
    [[/(.*)/m, [[:name]]]]
  end
end
"""
    )
    assert not found.is_open


def test_parameters_may_be_called_as_keywords_are() -> None:
    names = ["start", "end", "if", "do", "class", "later"]
    lines = [f"newparam :{name}" for name in names]
    text = "Puppet::Type.newtype :span, :is_capability => true do\n" + "\n".join(lines) + "\nend\n"
    assert [parameter.name for parameter in read_type(text).parameters] == names
