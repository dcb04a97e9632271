Puppet::Type.newtype :http, :is_capability => true do
  newparam :name, :is_namevar => true
  newparam :start
  newparam :end
  newparam :ip
end
