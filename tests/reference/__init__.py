"""What Puppet 5.5 itself, which has the orchestration language, makes of environments."""
