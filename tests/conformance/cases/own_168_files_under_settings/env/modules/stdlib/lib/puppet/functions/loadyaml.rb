Puppet::Functions.create_function(:loadyaml) do
  def loadyaml(path, default = nil)
    File.exist?(path) ? YAML.safe_load(File.read(path)) : default
  end
end
