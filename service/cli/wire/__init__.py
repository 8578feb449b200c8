"""What commands share: who acts, how refusals and tables are printed."""
