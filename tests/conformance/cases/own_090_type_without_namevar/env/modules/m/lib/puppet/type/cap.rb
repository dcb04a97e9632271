Puppet::Type.newtype :cap, :is_capability => true do
  newparam :host
end
