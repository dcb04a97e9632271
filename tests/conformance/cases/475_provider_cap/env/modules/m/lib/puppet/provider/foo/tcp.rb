Puppet::Type.type(:foo).provide(:tcp) do
end
