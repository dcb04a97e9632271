Puppet::Type.newtype(:plainy, :is_capability => false) do
  newparam(:name, :namevar => true)
  newparam :host
end
