"""Lists of matches from both sides, with what is near a startup and how far data have drifted from a fit."""
