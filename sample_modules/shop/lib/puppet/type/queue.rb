Puppet::Type.newtype :queue, :is_capability => true do
  @doc = 'A list of orders that other nodes read over HTTP.'

  newparam :name, :is_namevar => true do
    desc 'The title: unique among the queues of an environment.'
  end

  newparam :host do
    desc 'The host that keeps the queue.'
  end

  newparam :port do
    desc 'The TCP port on which the queue is read.'
  end

  newparam :length do
    desc 'How many orders the queue starts with.'
  end
end
