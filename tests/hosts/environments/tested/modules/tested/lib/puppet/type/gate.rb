Puppet::Type.newtype(:gate, :is_capability => true) do
  @doc = 'A file that must be on each consuming node.'
  ensurable do
    defaultvalues
    defaultto :present
  end
  newparam(:name, :namevar => true)
  newparam(:file)
end
