Puppet::Type.newtype :thing do
  newparam :x
end
