# The facts that come with a catalog: nobody asks for them.
require 'puppet/node/facts'
require 'puppet/indirector/code'

class Puppet::Node::Facts::StandIn < Puppet::Indirector::Code
  desc "Keeps no facts."

  def find(_request)
    nil
  end

  def save(_request)
  end
end
