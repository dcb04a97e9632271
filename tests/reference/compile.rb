# What a Puppet with the orchestration language makes of an environment: its environment catalog and graph, and
# a catalog for every node, with Puppet's own lookup of service resources on an in-memory PuppetDB.
#
# usage: ruby compile.rb CASE...     CASE: a directory with env/ and perhaps inputs.yaml
# Prints one JSON object a line.
require 'fileutils'
require 'json'
require 'tmpdir'
require 'yaml'
$VERBOSE = nil
require 'puppet'
require 'puppet/parser/environment_compiler'
require 'puppet/network/http'
require 'puppet/network/http/api/master/v3/environment'
require_relative 'logged'
require_relative 'ordering'
require_relative 'puppetdb'
require_relative 'written'

ENVIRONMENT = 'production'

# One case: an environment, and the facts, settings and stored resources that it is compiled with.
class Case
  include Written

  def initialize(directory, scratch)
    @directory = directory
    @scratch = scratch
    inputs = File.join(directory, 'inputs.yaml')
    @inputs = (File.exist?(inputs) && YAML.safe_load(File.read(inputs))) || {}
    start_puppet
  end

  def result
    @result = { 'case' => File.basename(@directory), 'status' => 'ok' }
    catalog = environment_catalog
    @result['logs'] = @logged.drain
    if catalog
      @result['applications'] = applications(catalog)
      @result['graph'] = graph(catalog)
      @result['logs'] += @logged.drain
      @result.merge!(Ordering.new(@result['applications']).to_h)
    end
    @result['nodes'] = nodes
    first_node_error
    @result.compact
  end

  private

  def start_puppet
    environments = File.join(@scratch, 'environments')
    FileUtils.mkdir_p([environments, File.join(@scratch, 'conf'), File.join(@scratch, 'var')])
    File.symlink(File.expand_path('env', @directory), File.join(environments, ENVIRONMENT))
    Puppet.initialize_settings(
      ["--confdir=#{@scratch}/conf", "--vardir=#{@scratch}/var", "--logdir=#{@scratch}/log", "--rundir=#{@scratch}/run",
       "--environmentpath=#{environments}", "--environment=#{ENVIRONMENT}", "--basemodulepath=#{@scratch}/none"]
    )
    Puppet[:storeconfigs] = false
    (@inputs['settings'] || {}).each { |name, value| Puppet[name.to_sym] = name == 'strict' ? value.to_sym : value }
    @logged = Logged.new(self)
    (@inputs['puppetdb'] || []).each { |resource| Puppet::Util::Puppetdb.keep(ENVIRONMENT, resource) }
    @loader = Puppet::Environments::Directories.new(environments, [])
    Puppet.push_context({ environments: Puppet::Environments::Combined.new(@loader) }, 'reference')
  end

  def in_environment
    environment = @loader.get(ENVIRONMENT)
    Puppet.override({ current_environment: environment }, 'reference') { yield environment }
  end

  def fail_at(stage, error)
    @result['status'] = 'error'
    @result['error'] = written_error(stage, error)
    nil
  end

  def environment_catalog
    in_environment { |environment| Puppet::Parser::EnvironmentCompiler.compile(environment).to_resource }
  rescue StandardError, NotImplementedError, SystemStackError => e
    fail_at('environment_catalog', e)
  end

  def graph(catalog)
    in_environment do
      endpoint = Puppet::Network::HTTP::API::Master::V3::Environment.new
      JSON.parse(JSON.generate(endpoint.build_environment_graph(catalog)[:applications]))
    end
  rescue StandardError => e
    fail_at('environment_graph', e)
  end

  def applications(catalog)
    declared = catalog.resources.select do |resource|
      type = resource.resource_type
      type.is_a?(Puppet::Resource::Type) && type.application?
    end
    declared.map { |application| written_application(catalog, application) }
  end

  # Nodes that fail are compiled again until nothing changes: what they consume may have been made meanwhile.
  def nodes
    names = certnames
    results = {}
    pending = names
    loop do
      left = pending.reject { |certname| (results[certname] = node(certname))['status'] == 'ok' }
      break if left.empty? || left.size == pending.size

      pending = left
    end
    names.to_h { |certname| [certname, results[certname]] }
  end

  def certnames
    mapped = (@result['applications'] || []).flat_map { |application| application['nodes'].keys }
    mapped = mapped.map { |reference| reference[/\ANode\[(.*)\]\z/m, 1] || reference }
    (mapped + (@inputs['facts'] || {}).keys + (@inputs['nodes'] || [])).uniq
  end

  def node(certname)
    catalog = in_environment { |environment| Puppet::Parser::Compiler.compile(puppet_node(certname, environment)) }
    Puppet::Util::Puppetdb.replace_catalog(certname, catalog) { |value| written(value) }
    compiled = { 'status' => 'ok', 'resources' => written_resources(catalog) }
    with_logs(compiled)
  rescue StandardError, NotImplementedError, SystemStackError => e
    with_logs('status' => 'error', 'error' => written_error('node_catalog', e))
  end

  def with_logs(compiled)
    logs = @logged.drain
    logs.empty? ? compiled : compiled.merge('logs' => logs)
  end

  def puppet_node(certname, environment)
    hostname, domain = certname.split('.', 2)
    facts = { 'fqdn' => certname, 'hostname' => hostname, 'certname' => certname, 'clientcert' => certname }
    facts.merge!((@inputs['facts'] || {})[certname] || {})
    node = Puppet::Node.new(certname, environment: environment)
    node.merge(facts)
    node.instance_variable_set(:@facts, Puppet::Node::Facts.new(certname, facts))
    node.trusted_data = { 'authenticated' => 'remote', 'certname' => certname, 'hostname' => hostname,
                          'domain' => domain, 'extensions' => {}, 'external' => {} }
    node.add_server_facts({})
    node
  end

  def first_node_error
    return unless @result['status'] == 'ok'

    certname, failed = @result['nodes'].find { |_, compiled| compiled['status'] == 'error' }
    return unless certname

    @result['status'] = 'node_error'
    @result['error'] = failed['error'].merge('node' => certname)
  end
end

cases = ARGV.dup
ARGV.clear
abort 'usage: compile.rb CASE...' if cases.empty?
if cases.size > 1
  # A process for each: types and settings must not leak from one case into the next.
  cases.each { |directory| Process.wait(fork { exec('ruby', '-W0', __FILE__, directory) }) }
else
  Dir.mktmpdir('reference') do |scratch|
    ENV['HOME'] = scratch
    puts JSON.generate(Case.new(cases[0], scratch).result)
  end
end
