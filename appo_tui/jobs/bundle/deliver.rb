# Leaves what a produces mapping came to in the run's directory, one JSON line a service resource.
require 'json'

Puppet::Functions.create_function(:'appo_tui_delivery::deliver') do
  dispatch :deliver do
    param 'String', :reference
    param 'Hash', :attributes
  end

  def deliver(reference, attributes)
    line = JSON.generate([reference, attributes.map { |name, value| [name, packed(value)] }])
    path = File.join(File.dirname(Puppet[:lastrunreport]), 'exports')
    File.open(path, File::WRONLY | File::CREAT | File::APPEND, 0o600) { |file| file.puts(line) }
    nil
  end

  def packed(value)
    case value
    when nil, :undef then nil
    when String, Integer, Float, true, false then value
    when Puppet::Pops::Types::PSensitiveType::Sensitive then { 'sensitive' => packed(value.unwrap) }
    when Array then { 'array' => value.map { |each| packed(each) } }
    when Hash then { 'hash' => value.map { |key, each| [packed(key), packed(each)] } }
    else raise Puppet::Error, "a value of the type #{value.class} can't be delivered to another node"
    end
  end
end
