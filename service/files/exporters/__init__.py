"""Tables to files that people open: CSV and XLSX, safe to open and the same when read back."""
