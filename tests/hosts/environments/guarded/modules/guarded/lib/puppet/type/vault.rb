Puppet::Type.newtype(:vault, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:password)
end
