Puppet::Type.newtype :foo, :is_capability => true do
  ensurable
  newparam :name
  newparam :a
  newproperty :b
end
