"""Selection rounds, in the database."""
