"""What the screens ask for and have done, and how a session of the program gives it."""
