# Answers every caller, until the host goes down.
require 'socket'
server = TCPServer.new('0.0.0.0', ARGV[0].to_i)
Process.daemon
loop do
  caller = server.accept
  caller.puts 'depot'
  caller.close
end
