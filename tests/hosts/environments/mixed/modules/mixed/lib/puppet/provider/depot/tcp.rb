require 'socket'

Puppet::Type.type(:depot).provide(:tcp) do
  desc 'Asks the server.'

  def exists?
    return true if resource.tags.any? { |tag| tag.start_with?('producer:') }

    said = Socket.tcp(resource[:host], resource[:port].to_i, :connect_timeout => 5, &:gets)
    Puppet.notice("depot at #{resource[:host]} says #{said.chomp}")
    true
  rescue SystemCallError
    false
  end

  def create
    raise Puppet::Error, "no depot answers at #{resource[:host]}:#{resource[:port]}"
  end
end
