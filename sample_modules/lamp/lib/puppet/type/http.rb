Puppet::Type.newtype :http, :is_capability => true do
  @doc = 'A page or service that answers HTTP: http://host:port/path'

  newparam :name, :is_namevar => true do
    desc 'The title: unique among the HTTP services of an environment.'
  end

  newparam :host do
    desc 'The host name or address that answers.'
  end

  newparam :port do
    desc 'The TCP port that answers.'
    defaultto 80
  end

  newparam :path do
    desc 'The path below which it answers, with its leading slash.'
    defaultto '/'
  end
end
