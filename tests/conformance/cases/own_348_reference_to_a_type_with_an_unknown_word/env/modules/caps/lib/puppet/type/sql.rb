Puppet::Type.newtype :sql, :is_capability => true do
  newparam :name, :is_namevar => ture
end
