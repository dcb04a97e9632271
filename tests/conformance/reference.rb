#!/usr/bin/env ruby
# What a real Puppet with the orchestration language makes of an environment.
# Runs with an installed Puppet 5.5 (Debian 11: the package puppet): its environment compiler,
# its environment graph, and a catalog for every participating node, with its own capability finder
# on an in-memory stand-in for PuppetDB. Nodes that fail are compiled again until nothing changes.
#
# usage: reference.rb CASE...       CASE: a directory with env/ and perhaps inputs.yaml (cases/README.md)
# prints one JSON object a line: {"case": NAME, "status": ..., "error": ..., "graph": ..., "nodes": ...}
require 'json'; require 'yaml'; require 'tmpdir'; require 'fileutils'; require 'set'
$VERBOSE = nil
require 'puppet'
require 'puppet/parser/environment_compiler'
require 'puppet/network/http'
require 'puppet/network/http/api/master/v3/environment'

cases = ARGV.dup; ARGV.clear
abort 'usage: reference.rb CASE...' if cases.empty?
unless cases.size == 1
  cases.each do |c|
    Process.wait(fork { exec('ruby', '-W0', __FILE__, c) })      # types and settings stay with one case
  end
  exit
end
envdir = File.expand_path("#{cases[0]}/env")
cfg = File.exist?("#{cases[0]}/inputs.yaml") ? (YAML.load(File.read("#{cases[0]}/inputs.yaml")) || {}) : {}
TMP = Dir.mktmpdir('reference')
at_exit { FileUtils.rm_rf(TMP) }
FileUtils.mkdir_p(["#{TMP}/environments", "#{TMP}/conf", "#{TMP}/var"])
ENVNAME = 'production'
File.symlink(envdir, "#{TMP}/environments/#{ENVNAME}")
ENV['HOME'] = TMP

Puppet.initialize_settings(["--confdir=#{TMP}/conf", "--vardir=#{TMP}/var", "--logdir=#{TMP}/var/log", "--rundir=#{TMP}/var/run",
  "--environmentpath=#{TMP}/environments", "--environment=#{ENVNAME}", "--basemodulepath=#{TMP}/nomodules"])
Puppet[:storeconfigs] = false
(cfg['settings'] || {}).each { |k, v| Puppet[k.to_sym] = v.is_a?(String) && %w[off warning error].include?(v) ? v.to_sym : v }

LOGS = []
Puppet::Util::Log.level = :debug if ENV['DEBUG']
Puppet::Util::Log.newdesttype(:reference) do
  match 'Puppet::ReferenceDest'
  def initialize(d); @d = d; end
  def handle(m); LOGS << [m.level.to_s, m.message.to_s, m.file, m.line] ; end
end
module Puppet; class ReferenceDest; end; end
Puppet::Util::Log.newdestination(Puppet::ReferenceDest.new)

def norm(s)
  s.to_s.gsub("#{TMP}/environments/#{ENVNAME}", '<env>').gsub(File.realpath("#{TMP}/environments/#{ENVNAME}"), '<env>').gsub(TMP, '<tmp>').force_encoding('utf-8')
end

def js(v)
  case v
  when Puppet::Resource then v.ref
  when Puppet::Pops::Types::PAnyType then v.to_s
  when Array then v.map { |x| js(x) }
  when Hash then v.each_with_object({}) { |(k, x), h| h[k.is_a?(Puppet::Resource) ? k.ref : k.to_s] = js(x) }
  when nil, true, false, Integer, Float, String then v
  when Symbol then v == :undef ? nil : v.to_s
  else v.to_s
  end
end

def drain
  out = LOGS.map { |l, m, f, n| {'level' => l, 'message' => norm(m)}.tap { |h| h['file'] = norm(f) if f; h['line'] = n if n } }
  LOGS.clear
  out.select { |h| %w[warning err notice].include?(h['level']) && h['message'] !~ /\A(Application orchestration is deprecated|GettextSetup is not available)/ && h['message'] !~ /Use of the application-orchestration/ }
end

def err(stage, e)
  h = {'stage' => stage, 'class' => e.class.name, 'message' => norm(e.message)}
  o = e.respond_to?(:original) ? e.original : nil
  h['basic'] = norm(e.basic_message) if e.respond_to?(:basic_message) && e.basic_message != e.message
  h['line'] = e.line if e.respond_to?(:line) && e.line
  h['column'] = e.pos if e.respond_to?(:pos) && e.pos
  h['file'] = norm(e.file) if e.respond_to?(:file) && e.file
  h['issue'] = e.issue_code.to_s if e.respond_to?(:issue_code) && e.issue_code
  h['backtrace'] = e.backtrace.first(12).map { |x| norm(x) } if ENV['BT']
  h
end

def params(res, skip = [])
  out = {}
  res.to_hash.each { |k, v| out[k.to_s] = js(v) unless skip.include?(k.to_s) || v.nil? }
  out.sort.to_h
end

# --- in-memory PuppetDB, used by Puppet's own CapabilityFinder -----------------------------
module Puppet::Util::Puppetdb
  STORE = []
  QUERIES = []
  module_function
  def query_puppetdb(q)
    QUERIES << q
    term = q[0] == 'from' ? q[2] : q
    STORE.select { |r| holds(term, r) }.map { |r| r.reject { |k, _| k == 'code_id' } .merge('parameters' => r['parameters'].dup, 'tags' => r['tags'].to_a) }
  end
  def holds(t, r)
    case t[0]
    when 'and' then t[1..-1].all? { |x| holds(x, r) }
    when 'or' then t[1..-1].any? { |x| holds(x, r) }
    when '=' then t[1] == 'tag' ? r['tags'].include?(t[2]) : r[t[1]] == t[2]
    when '~' then t[1] == 'tag' ? r['tags'].any? { |x| x =~ Regexp.new(t[2]) } : r[t[1]] =~ Regexp.new(t[2])
    when 'in' then true
    end
  end
end
(cfg['puppetdb'] || []).each { |r| Puppet::Util::Puppetdb::STORE << {'tags' => ["producer:#{ENVNAME}"], 'parameters' => {}, 'certname' => 'preloaded'}.merge(r) }

result = {'puppet' => Puppet.version, 'status' => 'ok'}
finish = lambda do
  puts JSON.generate({'case' => File.basename(cases[0])}.merge(result))
end

loader = Puppet::Environments::Directories.new("#{TMP}/environments", [])
Puppet.push_context({:environments => Puppet::Environments::Combined.new(loader)}, 'reference')
environment = -> { loader.get(ENVNAME) }

# --- 1. environment catalog ---------------------------------------------------------------
env = environment.call
catalog = nil
begin
  Puppet.override({:current_environment => env}, 'reference') do
    catalog = Puppet::Parser::EnvironmentCompiler.compile(env).to_resource
  end
rescue StandardError, NotImplementedError, SystemStackError => e
  result['status'] = 'error'
  result['error'] = err('environment_catalog', e)
end
result['logs'] = drain

graph = nil
if catalog
  Puppet.override({:current_environment => env}, 'reference') do
    apps = catalog.resources.select { |r| t = r.resource_type; t.is_a?(Puppet::Resource::Type) && t.application? }
    result['applications'] = apps.map do |a|
      map = a['nodes'].is_a?(Hash) ? a['nodes'] : {}
      assign = Hash.new { |h, k| h[k] = [] }
      map.each { |n, cs| (cs.is_a?(Array) ? cs.flatten : [cs]).each { |c| assign[c.respond_to?(:ref) ? c.ref : c.to_s] << (n.respond_to?(:title) ? n.title : n.to_s) } }
      comps = catalog.direct_dependents_of(a)
      { 'ref' => a.ref, 'type' => a.type, 'title' => a.title, 'parameters' => params(a, %w[nodes name]),
        'components' => comps.map { |c|
          { 'ref' => c.ref, 'type' => c.type, 'title' => c.title, 'kind' => (c.type == 'Class' ? 'class' : c.resource_type.is_a?(Puppet::Resource::Type) ? c.resource_type.type.to_s : 'native'), 'nodes' => assign[c.ref],
            'export' => (Array(js(c.export))), 'consume' => Array(js(c[:consume] || [])),
            'parameters' => params(c, %w[export consume name]) } },
        'nodes' => js(map) }
    end
    result['env_resources'] = catalog.resources.map(&:ref)
    result['env_edges'] = catalog.edges.map { |e| "#{e.source.ref} -> #{e.target.ref}" }
    begin
      ep = Puppet::Network::HTTP::API::Master::V3::Environment.new
      raise NotImplementedError, 'graph endpoint has no build_environment_graph in this Puppet' unless ep.respond_to?(:build_environment_graph)
      g = ep.build_environment_graph(catalog)
      graph = g[:applications]
      result['graph'] = JSON.parse(JSON.generate(graph))
    rescue NotImplementedError => e
      result['graph_unavailable'] = e.message
    rescue StandardError => e
      result['status'] = 'error'
      result['error'] = err('environment_graph', e)
    end
  end
  result['logs'] += drain
  # the order that follows from the bindings (not Puppet's own output)
  prod = Hash.new { |h, k| h[k] = [] }
  (result['applications'] || []).each { |a| a['components'].each { |c| c['export'].each { |x| prod[x] << c['ref'] } } }
  deps = []
  (result['applications'] || []).each { |a| a['components'].each { |c|
    reqs = Array(c['consume']) + Array(c['parameters']['require'])
    reqs.each { |x| prod.fetch(x, []).each { |p| deps << [p, c['ref'], x] } } } }
  result['dependencies'] = deps.map { |p, c, x| "#{p} -> #{c} (#{x})" }
  succ = Hash.new { |h, k| h[k] = [] }; deps.each { |p, c, _| succ[p] << c }
  color = {}; cyc = nil
  visit = lambda do |n, path|
    color[n] = 1
    succ.fetch(n, []).each do |m|
      if color[m] == 1 then cyc ||= path[path.index(m)..-1] + [m]
      elsif !color[m] then visit.call(m, path + [m]) end
    end
    color[n] = 2
  end
  succ.keys.each { |n| visit.call(n, [n]) unless color[n] }
  result['cycle'] = cyc if cyc
end

# --- 2. node catalogs ----------------------------------------------------------------------
begin
  names = []
  (result['applications'] || []).each { |a| names.concat(a['nodes'].keys.map { |k| k[/\ANode\[(.*)\]\z/m, 1] || k }) }
  names.concat((cfg['facts'] || {}).keys).concat(cfg['nodes'] || [])
  names = names.uniq
  pending = names.dup
  out = {}; order = []
  loop do
    progress = false
    still = []
    pending.each do |n|
      nenv = environment.call
      node = Puppet::Node.new(n, :environment => nenv)
      f = {'fqdn' => n, 'hostname' => n.split('.').first, 'certname' => n, 'clientcert' => n}.merge((cfg['facts'] || {})[n] || {})
      facts = Puppet::Node::Facts.new(n, f)
          node.merge(f) rescue nil
      node.instance_variable_set(:@facts, facts)
      node.trusted_data = {'authenticated' => 'remote', 'certname' => n, 'domain' => n.split('.', 2)[1], 'hostname' => n.split('.').first, 'extensions' => {}, 'external' => {}}
      node.add_server_facts({}) if node.respond_to?(:add_server_facts)
      before = Puppet::Util::Puppetdb::QUERIES.size
      begin
        cat = nil
        Puppet.override({:current_environment => nenv}, 'reference') { cat = Puppet::Parser::Compiler.compile(node) }
        res = cat.resources.reject { |r| %w[Stage].include?(r.type) || r.ref == 'Class[Settings]' }
        out[n] = {'status' => 'ok', 'resources' => res.map { |r|
          h = {'ref' => r.ref, 'parameters' => params(r, %w[name nodes])}
          h['capability'] = true if r.is_capability?
          h['producer'] = true if r.tags.any? { |t| t.start_with?('producer:') }
          h } , 'edges' => cat.edges.map { |e| "#{e.source.ref} -> #{e.target.ref}" } }
        Puppet::Util::Puppetdb::STORE.reject! { |r| r['certname'] == n }
        cat.resources.each do |r|
          ps = {}; r.to_hash.each { |k, v| ps[k.to_s] = js(v) }
          Puppet::Util::Puppetdb::STORE << {'certname' => n, 'type' => r.type, 'title' => r.title.to_s, 'tags' => r.tags.to_a, 'parameters' => ps}
        end
        order << n
        progress = true
      rescue StandardError, NotImplementedError, SystemStackError => e
        out[n] = {'status' => 'error', 'error' => err('node_catalog', e)}
        still << n
      end
      lg = drain
      lg.reject! { |h| h['level'] == 'notice' && h['message'] =~ /\A(EVAL APP|Check |Looking up capability)/ }
      out[n]['logs'] = lg unless lg.empty?
      q = Puppet::Util::Puppetdb::QUERIES[before..-1].map { |x| t = x[2]; "#{t[1][2]}[#{t[2][2]}]" }.uniq
      out[n]['puppetdb_lookups'] = q unless q.empty?
    end
    pending = still
    break if pending.empty? || !progress
  end
  result['node_order'] = order
  result['nodes'] = names.each_with_object({}) { |n, h| h[n] = out[n] }
  if result['status'] == 'ok' && out.values.any? { |x| x['status'] == 'error' }
    result['status'] = 'node_error'
    bad = out.find { |_, x| x['status'] == 'error' }
    result['error'] = bad[1]['error'].merge('node' => bad[0])
  end
end
finish.call
