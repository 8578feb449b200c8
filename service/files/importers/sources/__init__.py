"""Answers and notices of other bodies, each in its own form."""
