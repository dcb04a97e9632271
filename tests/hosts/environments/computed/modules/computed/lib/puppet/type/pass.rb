Puppet::Type.newtype(:pass, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:token)
end
