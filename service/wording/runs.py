"""What a past run rested on and is gone, in words."""

from __future__ import annotations

from service.wording.pairs import table

GONE = table("runs.gone")
"""What a run rested on that is gone: `artifact`, `rules`, `subject`, `erased`, `inputs` or `program`."""
