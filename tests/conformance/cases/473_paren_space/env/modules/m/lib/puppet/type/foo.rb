Puppet::Type.newtype (:foo), :is_capability => true do
  newparam (:name) do
  end
  newparam (:a)
end
