"""What a reading takes over from the one before (docs/decisions/0011)."""
