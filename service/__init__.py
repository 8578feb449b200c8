"""The ministry's service: matches over HTTP and in the console."""
