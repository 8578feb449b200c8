"""The fields of startups, programs and outcomes, each declared once: in the dataclass its type, in a table the rest.

Rows, schemas, columns of files, labels of the console and the reference page are derived from what stands here.
"""

from __future__ import annotations

from model.fields.codes import CODES, CodeName
from model.fields.declared import FIELDS, RECORDS, Field, Holds, fields_of, label

__all__ = ["CODES", "FIELDS", "RECORDS", "CodeName", "Field", "Holds", "fields_of", "label"]
