module Puppet::Parser::Functions
  newfunction(:assert_private) do |args|
    unless lookupvar('module_name') == lookupvar('caller_module_name')
      kind = source.type == :hostclass ? 'Class' : 'Definition'
      given = args[0].is_a?(String) && args[0]
      raise Puppet::ParseError, given || "#{kind} #{source.name} is private"
    end
  end
end
