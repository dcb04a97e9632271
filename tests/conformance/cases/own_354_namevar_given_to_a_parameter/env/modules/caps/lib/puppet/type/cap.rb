Puppet::Type.newtype :cap, :is_capability => true do
  newparam :ident, :namevar => true
  newparam :port
  newparam :host
  newparam :tags
end
