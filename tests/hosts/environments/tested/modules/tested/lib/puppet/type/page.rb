Puppet::Type.newtype(:page, :is_capability => true) do
  @doc = 'A web page that must answer.'
  newparam(:name, :namevar => true)
  newparam(:host)
  newparam(:port)
  newparam(:path)
  newparam(:status_codes)
  newparam(:ping_interval)
  newparam(:timeout)
end
