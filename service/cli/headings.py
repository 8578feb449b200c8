"""`ieum headings`: heading maps by institution and form, shown, set and removed."""

from __future__ import annotations

from typing import Annotated

import typer

from service.actions.catalogue.map_headings import MapHeadings
from service.cli.transfer import RecordKind
from service.cli.wire import opening
from service.cli.wire.actors import operator
from service.cli.wire.refusals import environment
from service.settings import now

headings = typer.Typer(help="열 제목 대응표 · Heading maps", no_args_is_help=True, add_completion=False)

Pairs = Annotated[list[str], typer.Argument(help="제목=항목 · heading=field; 제목= · heading= (not read)")]


@headings.command("list")
def listed() -> None:
    """대응표를 모두 보인다 · List every heading map."""
    with environment() as settings:
        for heading_map in MapHeadings(opening.catalogue(settings), now).every():
            print(heading_map.id, heading_map.institution, heading_map.form, heading_map.kind, sep="\t")
            for heading, field in heading_map.columns.items():
                print(f"  {heading}\t{field or '-'}")


@headings.command("set")
def set_(institution: str, form: str, kind: RecordKind, pairs: Pairs) -> None:
    """제목마다 항목을 정한다 · Say which field each heading names."""
    with environment() as settings:
        mapped = {heading.strip(): field.strip() for heading, _, field in (pair.rpartition("=") for pair in pairs)}
        print(
            MapHeadings(opening.catalogue(settings), now).keep((institution, form, kind.value), mapped, operator()).id
        )


@headings.command("remove")
def remove(identifier: str) -> None:
    """대응표를 지운다 · Remove a heading map."""
    with environment() as settings:
        MapHeadings(opening.catalogue(settings), now).remove(identifier, operator())
