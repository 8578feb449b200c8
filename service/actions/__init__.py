"""The ministry's verbs, one file each: each checks, does, records; none knows HTTP."""
