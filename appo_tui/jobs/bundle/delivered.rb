# What a produces mapping came to, for other components of the node: an attribute of a service resource.
require 'json'

Puppet::Functions.create_function(:'appo_tui_delivery::delivered') do
  dispatch :delivered do
    param 'String', :reference
    param 'String', :attribute
  end

  def delivered(reference, attribute)
    path = File.join(File.dirname(Puppet[:lastrunreport]), 'exports')
    lines = File.file?(path) ? File.readlines(path) : []
    found = lines.map { |line| JSON.parse(line) }.reverse.find { |name, _| name == reference }
    raise Puppet::Error, "#{reference} has no values yet" unless found
    unpacked(found[1].to_h[attribute])
  end

  def unpacked(value)
    return value unless value.is_a?(Hash)
    kind, inner = value.first
    case kind
    when 'array' then inner.map { |each| unpacked(each) }
    when 'hash' then inner.map { |key, each| [unpacked(key), unpacked(each)] }.to_h
    else Puppet::Pops::Types::PSensitiveType::Sensitive.new(unpacked(inner))
    end
  end
end
