Puppet::Type.newtype(:foo, :is_capability => true) do
  newparam(:name)
  [:a, :b].each { |x| newparam(x) }
  %w[c].each do |y|
    newparam(y.to_sym) do
      desc 'x'
    end
  end
end
