Puppet::Type.newtype(:depot, :is_capability => true) do
  @doc = 'A server that must answer before its consumers run.'
  ensurable do
    defaultvalues
    defaultto :present
  end
  newparam(:name, :namevar => true)
  newparam(:host)
  newparam(:port)
  newparam(:release)
end
