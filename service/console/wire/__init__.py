"""What only concerns HTTP and tables, on the console's pages."""
