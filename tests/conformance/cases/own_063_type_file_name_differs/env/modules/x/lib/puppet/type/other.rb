Puppet::Type.newtype :namy, :is_capability => true do
  newparam :name
  newparam :host
end
