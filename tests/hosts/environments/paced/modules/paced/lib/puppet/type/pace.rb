Puppet::Type.newtype(:pace, :is_capability => true) do
  newparam(:name, :namevar => true)
end
