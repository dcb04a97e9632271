# A service resource: what a server offers and a client needs to know to use it. Components produce and
# consume it; on the nodes it is a resource type like any other, without a provider.
Puppet::Type.newtype :__module___endpoint, :is_capability => true do
  @doc = 'A running __module__ server that can be reached over the network.'

  newparam :name, :is_namevar => true do
    desc 'The title: unique among the __module__ servers of an environment.'
  end

  newparam :host do
    desc 'The host name or address that answers.'
  end

  newparam :port do
    desc 'The TCP port that answers.'
  end
end
