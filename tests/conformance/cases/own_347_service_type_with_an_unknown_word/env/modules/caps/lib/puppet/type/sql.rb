Puppet::Type.newtype :sql, :is_capability => ture do
  newparam :name, :is_namevar => true
  newparam :host
end
