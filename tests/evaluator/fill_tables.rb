# Fills the tables of function calls with what a real Puppet makes of them.
#
# usage: ruby fill_tables.rb ENVIRONMENT TABLE...
# ENVIRONMENT is the directory of one (modules/, hiera.yaml, data/ as needed).
# A table has calls, one a line; below each is its value ("= ") or its error ("! ", further lines "| ").
# What was below a call before is replaced.
$VERBOSE = nil
require 'puppet'
require 'tmpdir'
require 'fileutils'

environment_directory = File.expand_path(ARGV.shift)
scratch = Dir.mktmpdir('tables')
at_exit { FileUtils.rm_rf(scratch) }
FileUtils.mkdir_p(%w[environments conf var].map { |name| "#{scratch}/#{name}" })
File.symlink(environment_directory, "#{scratch}/environments/production")
Puppet.initialize_settings(["--confdir=#{scratch}/conf", "--vardir=#{scratch}/var",
  "--environmentpath=#{scratch}/environments", "--basemodulepath=#{scratch}/none"])
Puppet::Util::Log.level = :crit

environments = Puppet::Environments::Directories.new("#{scratch}/environments", [])
environment = environments.get!(:production)
facts = { 'fqdn' => 'n1.example.com', 'role' => 'web', 'networking' => { 'ip' => '10.0.0.1' },
          'sites' => %w[one two] }
node = Puppet::Node.new('n1.example.com', :environment => environment,
  :facts => Puppet::Node::Facts.new('n1.example.com', facts))
node.merge(facts)
compiler = Puppet::Parser::Compiler.new(node)
compiler.send(:set_node_parameters)
parser = Puppet::Pops::Parser::EvaluatingParser.new
text_of = Puppet::Pops::Types::StringConverter.singleton

Puppet.override(:environments => environments, :current_environment => environment, :loaders => compiler.loaders,
                :global_scope => compiler.topscope) do
  scope = compiler.topscope
  ARGV.each do |table|
    lines = File.read(table, :encoding => 'utf-8').split("\n").reject { |line| line =~ /\A[=!|] ?/ }
    filled = lines.flat_map do |line|
      next [line] if line.empty? || line.start_with?('#')
      begin
        value = parser.evaluate_string(scope, line, 'table')
        [line, "= #{text_of.convert(value, '%p')}"]
      rescue StandardError => e
        message = e.message.sub(/\AEvaluation Error: (Error while evaluating a [\w-]+( \w+)*, )?/, '')
        message = message.sub(/ \((file: table, )?(line: \d+(, column: \d+)?)?\)( on node \S+)?\z/, '')
        first, *rest = message.split("\n")
        [line, "! #{first}"] + rest.map { |more| "| #{more}" }
      end
    end
    File.write(table, filled.join("\n") + "\n")
  end
end
