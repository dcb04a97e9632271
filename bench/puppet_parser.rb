# Puppet's own parser on many files in one process; bench/puppet_parser.py runs it and says what it prints.
#
# Reads commands, one a line, from standard input:
#   trees LIST OUT   the tree of each file that LIST names, or why it is refused, as JSON lines in OUT
#   time LIST        parses all of them and prints the CPU seconds
require 'json'
require 'puppet'
require 'puppet/pops'
require 'puppet/pops/pn'

# The notation's writer is not finished: it fails on a parameter that takes the rest, on an empty site and
# on parameters with odd names.
module Puppet::Pops::PN
  def self.Literal(value)
    Literal.new(value)
  end
  class Map
    def initialize(entries)
      @entries = entries
    end
  end
end
unless Puppet::Pops::Model::PNTransformer.method_defined?(:transform_NilClass)
  Puppet::Pops::Model::PNTransformer.class_eval do
    def transform_NilClass(_nothing)
      Puppet::Pops::PN::Call.new('nop')
    end
  end
end
if Puppet::Pops::Model::PNTransformer.method_defined?(:transform_SiteDefinition)
  Puppet::Pops::Model::PNTransformer.class_eval do
    def transform_SiteDefinition(site)
      site.body.nil? ? Puppet::Pops::PN::Call.new('site') : transform(site.body).as_call('site')
    end
  end
end

Puppet.initialize_settings
Puppet::Util::Log.level = :err

def issues(model)
  acceptor = Puppet::Pops::Validation::Acceptor.new
  Puppet::Pops::Validation::ValidatorFactory_4_0.new.validator(acceptor).validate(model)
  acceptor.diagnostics.map do |found|
    place = found.source_pos
    { severity: found.severity, code: found.issue.issue_code, line: place && place.line,
      message: found.issue.format(found.arguments) }
  end
end

def tree(parser, path)
  program = parser.parse_string(File.read(path, mode: 'rb', encoding: 'utf-8'), path).model
  text = +''
  Puppet::Pops::Model::PNTransformer.transform(program).format(nil, text)
  found = begin
    issues(program)
  rescue StandardError => error
    [{ severity: :unknown, code: error.message }]
  end
  { path: path, pn: text, issues: found }
rescue StandardError => error
  line = error.respond_to?(:line) ? error.line : nil
  column = error.respond_to?(:pos) ? error.pos : nil
  message = error.respond_to?(:basic_message) ? error.basic_message : error.message
  { path: path, error: message.to_s.scrub, kind: error.class.name, line: line, column: column }
end

def seconds
  Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
end

parser = Puppet::Pops::Parser::Parser.new
$stdout.sync = true
puts "puppet #{Puppet.version}"
$stdin.each_line(chomp: true) do |command|
  name, list, output = command.split
  files = File.readlines(list, chomp: true)
  if name == 'trees'
    File.open(output, 'w') { |out| files.each { |path| out.puts JSON.generate(tree(parser, path)) } }
    puts 'done'
  else
    texts = files.map { |path| [File.read(path, mode: 'rb', encoding: 'utf-8'), path] }
    GC.start
    started = seconds
    texts.each do |text, path|
      parser.parse_string(text, path)
    rescue StandardError
      nil
    end
    puts seconds - started
  end
end
