Puppet::Type.newtype(:stage_done, :is_capability => true) do
  newparam(:name, :namevar => true)
  newparam(:word)
end
