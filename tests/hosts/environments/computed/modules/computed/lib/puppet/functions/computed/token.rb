require 'digest'

# A text that hangs on a file of the node.
Puppet::Functions.create_function(:'computed::token') do
  dispatch :token do
    param 'String', :word
  end

  def token(word)
    "#{word}-#{Digest::SHA256.hexdigest(File.read('/etc/seed') + word)[0, 12]}"
  end
end
