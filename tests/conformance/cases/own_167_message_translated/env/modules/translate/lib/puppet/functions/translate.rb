Puppet::Functions.create_function(:translate) do
  dispatch :translate do
    param 'String', :message
    optional_param 'Hash', :interpolation_values
  end

  def translate(message, named = {})
    format(message, named.map { |name, value| [name.to_sym, value] }.to_h)
  end
end
