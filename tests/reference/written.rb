# Puppet's objects as JSON has them.
module Written
  def without_paths(text)
    environment = File.join(@scratch, 'environments', ENVIRONMENT)
    text.to_s.gsub(environment, '<env>').gsub(File.realpath(environment), '<env>').gsub(@scratch, '<tmp>')
        .force_encoding('utf-8')
  end

  def written(value)
    case value
    when Puppet::Resource then value.ref
    when Array then value.map { |each| written(each) }
    when Hash then value.to_h { |key, each| [key.is_a?(Puppet::Resource) ? key.ref : key.to_s, written(each)] }
    when nil, true, false, Integer, Float, String then value
    when Symbol then value == :undef ? nil : value.to_s
    else value.to_s
    end
  end

  def written_parameters(resource, leaving_out)
    pairs = resource.to_hash.reject { |name, value| value.nil? || leaving_out.include?(name.to_s) }
    pairs.map { |name, value| [name.to_s, written(value)] }.sort_by(&:first).to_h
  end

  def written_error(stage, error)
    parts = { 'stage' => stage, 'class' => error.class.name, 'message' => without_paths(error.message) }
    if error.respond_to?(:basic_message) && error.basic_message != error.message
      parts['basic'] = without_paths(error.basic_message)
    end
    parts['line'] = error.line if error.respond_to?(:line) && error.line
    parts['file'] = without_paths(error.file) if error.respond_to?(:file) && error.file
    parts
  end

  def written_application(catalog, application)
    mapping = application['nodes'].is_a?(Hash) ? application['nodes'] : {}
    components = catalog.direct_dependents_of(application)
    { 'ref' => application.ref, 'type' => application.type, 'title' => application.title,
      'parameters' => written_parameters(application, %w[nodes name]),
      'components' => components.map { |component| written_component(component, mapping) },
      'nodes' => written(mapping) }
  end

  def written_component(component, mapping)
    nodes = mapping.flat_map do |node, mapped|
      name = node.respond_to?(:title) ? node.title : node.to_s
      Array(written(mapped)).flatten.select { |reference| reference == component.ref }.map { name }
    end
    { 'ref' => component.ref, 'type' => component.type, 'title' => component.title, 'kind' => kind(component),
      'nodes' => nodes, 'export' => Array(written(component.export)),
      'consume' => Array(written(component[:consume] || [])),
      'parameters' => written_parameters(component, %w[export consume name]) }
  end

  def kind(component)
    return 'class' if component.type == 'Class'

    type = component.resource_type
    type.is_a?(Puppet::Resource::Type) ? type.type.to_s : 'native'
  end

  def written_resources(catalog)
    shown = catalog.resources.reject { |resource| resource.type == 'Stage' || resource.ref == 'Class[Settings]' }
    shown.map do |resource|
      parts = { 'ref' => resource.ref, 'parameters' => written_parameters(resource, %w[name nodes]) }
      parts['capability'] = true if resource.is_capability?
      parts['producer'] = true if resource.tags.any? { |tag| tag.start_with?('producer:') }
      parts
    end
  end
end
