"""How long hypothesis searches where one example costs more than a blink."""

from hypothesis import settings

SOME = settings(max_examples=max(12, settings().max_examples // 5))
"""For laws that score profiles: 12 examples by default, more in the profile `search`."""

FEW = settings(max_examples=max(5, settings().max_examples // 12))
"""For laws that start something large for each example."""
