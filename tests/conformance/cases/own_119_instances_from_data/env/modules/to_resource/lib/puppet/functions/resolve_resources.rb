# Strings that look like references, as references; in arrays and hashes too.
Puppet::Functions.create_function(:resolve_resources) do
  dispatch(:resolved) { param 'Variant[Hash, Array, String]', :data }

  def resolved(data)
    return data.to_h { |key, value| [resolved(key), resolved(value)] } if data.is_a?(Hash)
    return data.map { |item| resolved(item) } if data.is_a?(Array)

    data =~ /\A[\w:]+\[.+\]\z/m ? Puppet::Resource.new(nil, data) : data
  end
end
