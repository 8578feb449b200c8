"""Selection rounds, what the service does."""
