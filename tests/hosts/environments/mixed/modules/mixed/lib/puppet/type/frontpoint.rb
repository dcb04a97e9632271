Puppet::Type.newtype(:frontpoint, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:chain)
end
