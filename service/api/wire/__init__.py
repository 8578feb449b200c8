"""What only concerns HTTP and tables, over HTTP."""
