"""What a node is sent in apply mode: its part of the environment, and a manifest of its components."""
