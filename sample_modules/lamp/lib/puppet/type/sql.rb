Puppet::Type.newtype :sql, :is_capability => true do
  @doc = <<-EOT
    A database that can be reached over the network, with an account that may use it.
    `lamp::db` produces it; whoever consumes it can log in.
  EOT

  newparam :name, :is_namevar => true do
    desc 'The title: unique among the databases of an environment.'
  end

  newparam :host do
    desc 'The host name or address on which the database server listens.'
  end

  newparam :port do
    desc 'The TCP port of the database server.'
    defaultto 3306
  end

  newparam :database do
    desc 'The name of the database on that server.'
  end

  newparam :user do
    desc 'The account.'
  end

  newparam :password do
    desc "The account's password."
  end
end
