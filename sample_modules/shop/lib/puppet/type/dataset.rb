Puppet::Type.newtype(:dataset, is_capability: true) do
  @doc = 'A file of results that other nodes read over HTTP.'

  newparam(:name, namevar: true) do
    desc 'The title: unique among the datasets of an environment.'
  end

  newparam(:host) { desc 'The host that keeps the file.' }
  newparam(:port) { desc 'The TCP port on which the file is read.' }
  newparam(:file) { desc 'The name of the file.' }
end
