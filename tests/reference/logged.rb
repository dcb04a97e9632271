# What Puppet logs, kept to be looked at.
class Logged
  KEPT = %w[warning err notice].freeze
  # What every case would have, and what says nothing about the case.
  IGNORED = /\A(Application orchestration is deprecated|GettextSetup is not available|EVAL APP|Check |Looking up capability)|Use of the application-orchestration/

  def initialize(writer)
    @writer = writer
    @entries = entries = []
    Puppet::Util::Log.newdesttype(:reference) do
      match 'Logged::Destination'
      define_method(:initialize) { |_destination| }
      define_method(:handle) { |entry| entries << entry }
    end
    Puppet::Util::Log.newdestination(Destination.new)
  end

  class Destination; end

  def drain
    kept = @entries.select { |entry| KEPT.include?(entry.level.to_s) && entry.message.to_s !~ IGNORED }
    @entries.clear
    kept.map do |entry|
      written = { 'level' => entry.level.to_s, 'message' => @writer.without_paths(entry.message),
                  'file' => entry.file && @writer.without_paths(entry.file), 'line' => entry.line }
      written.compact
    end
  end
end
