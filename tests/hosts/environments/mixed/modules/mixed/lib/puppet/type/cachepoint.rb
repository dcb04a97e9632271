Puppet::Type.newtype(:cachepoint, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:host)
  newparam(:chain)
end
