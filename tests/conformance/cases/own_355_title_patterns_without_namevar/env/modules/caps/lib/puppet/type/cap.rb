Puppet::Type.newtype :cap, :is_capability => true do
  def self.title_patterns
    [[/^(.*):(.*)$/, [[:host],[:port]]], [/^(.*)$/, [[:host]]]]
  end
  newparam :host, :is_namevar => true
  newparam :port, :is_namevar => true
  newparam :tags
end
