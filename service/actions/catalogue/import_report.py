"""The report of an import as a workbook: every faulty line with what was found and what to do."""

from __future__ import annotations

from functools import partial

from service.actions.catalogue.export import Exported
from service.files.columns.names import columns
from service.files.exporters import results, workbook
from service.files.exporters.table import About
from service.storage.catalogue.imports import Import
from service.wording import exports

COLUMNS = ("file", "line", "field", "value", "code", "message", "advice")


def exported(preview: Import, language: str) -> Exported:
    """The faults, then the notes, in `ko` or `en`; whoever brought the file may have them without a reason."""
    word = partial(exports.word, language=language)
    own = columns(preview.sources[0].kind if preview.sources else "startups").by_field
    rows = []
    for fault in (*preview.faults, *preview.notes):
        column = own.get(fault.field)
        message, advice = fault.sentences(language)
        label = column.label(language) if column else fault.field
        rows.append((fault.file, fault.line, label, fault.value, fault.code, message, advice))
    lines = [(word("file"), source.name or source.sha256) for source in preview.sources]
    lines.append((word("rows"), f"{preview.counts.rows} ({preview.counts.faulty})"))
    about = About(word("about"), tuple(lines), preview.created_at)
    content = workbook.written([results.listed(word("report"), COLUMNS, rows, word)], about)
    return Exported(content, f"ieum-import-{preview.id}.xlsx")
