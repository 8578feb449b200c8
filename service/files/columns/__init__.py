"""What a column is called and what its cells hold, wherever a table of ours is read or written."""
