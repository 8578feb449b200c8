"""How long hypothesis searches where one example costs more than a blink."""

from hypothesis import settings

SOME = settings(max_examples=max(10, settings().max_examples // 3))
"""For laws that score profiles: 20 examples by default, more in the profile `search`."""

FEW = settings(max_examples=max(5, settings().max_examples // 8))
"""For laws that start something large for each example."""
