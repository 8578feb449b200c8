"""`ieum import` and `ieum export`: files into the catalogue, and the catalogue as files."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from service.actions.catalogue.export import Export, Purpose
from service.actions.catalogue.imports import File, ImportFiles, Said
from service.actions.catalogue.map_headings import MapHeadings
from service.cli.wire import opening
from service.cli.wire.actors import operator
from service.cli.wire.refusals import environment
from service.errors import Problem, ServiceError
from service.files.importers import files
from service.settings import now
from service.storage.catalogue.imports import Import


class RecordKind(StrEnum):
    """What a file holds."""

    STARTUPS = "startups"
    PROGRAMS = "programs"
    OUTCOMES = "outcomes"
    APPLICATIONS = "applications"


As = Annotated[RecordKind | None, typer.Option("--as", help="파일에 든 것 · what the files hold")]
Sheet = Annotated[str | None, typer.Option(help="엑셀 시트 이름 · name of the sheet")]
Institution = Annotated[str, typer.Option(help="대응표를 쓸 기관 · whose heading map is used")]
Form_ = Annotated[str, typer.Option("--form", help="대응표를 쓸 서식 · form of that map")]
OfProgram = Annotated[str, typer.Option("--program", help="신청 목록의 프로그램 · program of an applicants' list")]
GoodRows = Annotated[bool, typer.Option("--good-rows", help="오류 없는 줄만 · only the rows without faults")]
Preview = Annotated[bool, typer.Option("--preview", help="바꾸지 않고 보여 주기만 · only show what would change")]
IfEmpty = Annotated[bool, typer.Option("--if-empty", help="비어 있을 때만 · only into an empty catalogue")]


def import_(
    paths: list[Path],
    kind: As = None,
    sheet: Sheet = None,
    *,
    institution: Institution = "",
    form: Form_ = "",
    program: OfProgram = "",
    good_rows: GoodRows = False,
    preview: Preview = False,
    if_empty: IfEmpty = False,
) -> None:
    """파일이나 폴더의 자료를 모두 가져온다 · Bring files or folders into the catalogue, all or nothing."""
    with environment() as settings:
        catalogue = opening.catalogue(settings)
        importing = ImportFiles(catalogue, now)
        if if_empty and not importing.is_empty():
            print("nothing imported: the catalogue is not empty")
            return
        mapped = MapHeadings(catalogue, now).mapped(institution, form, kind) if form else {}
        plan = importing.preview(_read(importing, paths, Said("", kind, sheet, mapped, program)), operator())
        if plan.faults and not good_rows:
            raise ServiceError(Problem.BAD_DATA, faults=plan.faults)
        if not preview:
            plan = importing.commit(plan.id, operator(), good_rows_only=good_rows)
        _report(plan, settings.language)


class Taken(StrEnum):
    """What is exported."""

    STARTUPS = "startups"
    PROGRAMS = "programs"


class Form(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


As_ = Annotated[Form, typer.Option("--format", help="형식 · form")]
Reason = Annotated[str, typer.Option(help="내보내는 사유. 기록에 남는다 · why; it is recorded")]


def export(
    kind: Taken,
    out: Annotated[Path | None, typer.Argument()] = None,
    form: As_ = Form.JSONL,
    reason: Reason = "명령줄 · command line",
) -> None:
    """목록을 파일로 내보낸다 · Write startups or programs to a file or the screen, as JSON lines, CSV or XLSX."""
    with environment() as settings:
        catalogue = opening.catalogue(settings)
        purpose = Purpose(reason, form, settings.language)
        content = Export(catalogue, now).profiles(kind, purpose, operator()).content
        if out:
            out.write_bytes(content)
        else:
            sys.stdout.buffer.write(content)


def _read(importing: ImportFiles, paths: list[Path], said: Said) -> list[File]:
    """Read every file, with a bar for each long one on a terminal."""
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bars:
        return [_watched(importing, path, said, bars) for path in files.input_files(paths)]


def _watched(importing: ImportFiles, path: Path, said: Said, bars: Progress) -> File:
    bar = bars.add_task(path.name, total=None)
    return importing.read_own(path, said, lambda done, total: bars.update(bar, completed=done, total=total))


def _report(plan: Import, language: str) -> None:
    counts = plan.counts
    print(f"{plan.state} {plan.id}")
    for source in plan.sources:
        about = " ".join(filter(None, (source.format, source.encoding, source.sheet)))
        print(f"  {source.name}: {source.rows} {source.kind} ({about})")
        for column in source.columns:
            print(
                f"    {column['place']} {column['heading']} → {column['field'] or '-'}  {', '.join(column['samples'])}"
            )
    for mark, faults in (("x", plan.faults), ("!", plan.notes)):
        for fault in faults:
            place = ":".join(filter(None, (fault.file, str(fault.line or ""), fault.field)))
            print(f"  {mark} {place} {fault.value!r} {fault.sentence(language)}")
    print(f"{counts.added} new, {counts.changed} changed, {counts.same} as before, {counts.faulty} faulty")
