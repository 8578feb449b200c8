"""What a file is and what stands in it, before anybody asks what it means."""
