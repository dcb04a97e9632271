Puppet::Type.newtype(:innerpoint, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:host)
end
