# The part of a PuppetDB that Puppet's lookup of service resources asks.
module Puppet::Util::Puppetdb
  STORED = []

  module_function

  def keep(environment, resource)
    defaults = { 'tags' => ["producer:#{environment}"], 'parameters' => {}, 'certname' => 'stored before' }
    STORED << defaults.merge(resource)
  end

  def replace_catalog(certname, catalog)
    STORED.reject! { |resource| resource['certname'] == certname }
    catalog.resources.each do |resource|
      parameters = resource.to_hash.to_h { |name, value| [name.to_s, yield(value)] }
      STORED << { 'certname' => certname, 'type' => resource.type, 'title' => resource.title.to_s,
                  'tags' => resource.tags.to_a, 'parameters' => parameters }
    end
  end

  # Called by Puppet, with a query as nested arrays.
  def query_puppetdb(query)
    condition = query[0] == 'from' ? query[2] : query
    STORED.select { |resource| holds?(condition, resource) }
          .map { |resource| resource.merge('parameters' => resource['parameters'].dup) }
  end

  def holds?(condition, resource)
    operator, field, wanted = condition
    values = field == 'tag' ? resource['tags'] : [resource[field]]
    case operator
    when 'and' then condition.drop(1).all? { |each| holds?(each, resource) }
    when 'or' then condition.drop(1).any? { |each| holds?(each, resource) }
    when '=' then values.include?(wanted)
    when '~' then values.any? { |value| value =~ Regexp.new(wanted) }
    when 'in' then true
    end
  end
end
