"""Words of the report for a day: its tables, their columns, and what each of them counts."""

from __future__ import annotations

from service.wording.pairs import table

TABLES = table("reports.tables")
COLUMNS = table("reports.columns")
DIMENSIONS = table("reports.dimensions")
AGES = table("reports.ages")
WORDS = table("reports.words")
ABOUT = table("reports.about")
"""What each table counts, in one sentence that stands on the sheet."""
