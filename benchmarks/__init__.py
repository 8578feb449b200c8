"""Speed and quality against named peers, each one command."""
