Puppet::Type.newtype :foo, :is_capability => true do
  newparam :name
  newparam :a
  newparam :host
  newparam :timeout
end
