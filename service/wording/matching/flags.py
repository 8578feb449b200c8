"""What each flag of a startup's profile is called, and the sentence that says what was set aside and why."""

from __future__ import annotations

from service.wording.pairs import table

NAMES = table("flags.names")
SENTENCES = table("flags.sentences")
