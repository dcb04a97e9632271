# Waits until a service answers: ruby reach.rb HOST PORT TIMEOUT INTERVAL [URL CODES]
# Ruby is on every node that has Puppet. Exit 4, with the reason on stderr, if it does not answer in time.
require 'socket'
require 'net/http'
require 'openssl'

host, port, timeout, interval, url, codes = ARGV
deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + timeout.to_f
begin
  if url.to_s.empty?
    Socket.tcp(host, port.to_i, connect_timeout: [interval.to_f, 1].max, &:close)
  else
    uri = URI(url)
    http = Net::HTTP.new(uri.host, uri.port, nil)
    http.use_ssl = uri.scheme == 'https'
    http.verify_mode = OpenSSL::SSL::VERIFY_NONE
    http.open_timeout = http.read_timeout = [interval.to_f, 5].max
    code = http.get(uri.request_uri).code
    raise "status #{code}" unless codes.split(',').include?(code)
  end
rescue StandardError => e
  if Process.clock_gettime(Process::CLOCK_MONOTONIC) >= deadline
    warn e.message
    exit 4
  end
  sleep interval.to_f
  retry
end
