Puppet::Type.newtype(:relay, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:words)
end
