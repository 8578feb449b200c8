"""What the caller can act upon, in Korean and English: one module for each kind of failure."""
