"""What is needed to reach nodes: host keys, key files, credentials, and what the user must be asked."""
