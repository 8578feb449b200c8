"""What the API says of eligibility as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from rich.table import Table

from service.wording.overview import HEADINGS
from service.wording.pairs import said

Values: TypeAlias = dict[str, Any]
Tables: TypeAlias = Iterator[Table]

_REGION = ("region", "startups", "with_eligible", "only_needs_check", "without_any")


def of_startup(answer: Values, language: str) -> Tables:
    """Every open call with what stands in the way, then what is one step away."""
    title = f"{_name(answer['startup'], language)} · {said(HEADINGS, 'as_of', language)} {answer['on']}"
    calls = [
        (entry["verdict_label"], _name(entry["program"], language), *_barriers(entry)) for entry in answer["programs"]
    ]
    yield _table("startup", ("verdict", "program", "open_rules", "way_in"), calls, language, title)
    steps = [
        (
            (str(step["day"]) if step["day"] else said(HEADINGS, "open_day", language)),
            _name(step["program"], language),
            step["sentence"],
            step["confirmations_count"],
        )
        for step in answer["unlocks"]
    ]
    yield _table("unlocks", ("day", "program", "way_in", "confirmations"), steps, language)


def of_program(answer: Values, language: str) -> Tables:
    """Whom each rule shuts out, and whom relaxing it would let in."""
    title = f"{_name(answer['program'], language)} · {said(HEADINGS, 'as_of', language)} {answer['on']}"
    counted = ("fails", "needs_check", "admitted", "clear")
    rules = [(rule["label"], *(rule[name] for name in counted)) for rule in answer["rules"]]
    yield _table("exclusions", ("rule", *counted), rules, language, title)


def of_catalogue(answer: Values, language: str) -> Tables:
    """How the startups of each region fare, then the calls that are not closed, the fewest eligible startups first."""
    title = f"{said(HEADINGS, 'as_of', language)} {answer['on']}"
    regions = [(region["name"], *(region[name] for name in _REGION[1:])) for region in answer["regions"]]
    yield _table("regions", _REGION, regions, language, title)
    calls = [row for row in answer["programs"] if not row["is_closed"]]
    programs = [(_name(row["program"], language), row["eligible"], row["needs_check"]) for row in calls]
    yield _table("reach", ("program", "eligible", "needs_check"), programs, language)


def _table(
    title: str, columns: Iterable[str], entries: Iterable[tuple[object, ...]], language: str, about: str = ""
) -> Table:
    table = Table(title=" · ".join(filter(None, (said(HEADINGS, title, language), about))), title_justify="left")
    for column in columns:
        table.add_column(said(HEADINGS, column, language), overflow="fold")
    for entry in entries:
        table.add_row(*map(str, entry))
    return table


def _barriers(entry: Values) -> tuple[str, str]:
    """Name the rules that make the verdict what it is, and say what would change that."""
    wanted = "fail" if entry["verdict"] == "ineligible" else "needs_check"
    checks = [check for check in entry["checks"] if check["result"] == wanted]
    ways = [check["unlock"]["sentence"] for check in checks if check["unlock"]]
    return ", ".join(dict.fromkeys(check["label"] for check in checks)), " ".join(dict.fromkeys(ways))


def _name(record: Values, language: str) -> str:
    korean, english = record["name"], record["name_en"]
    name = (korean or english) if language == "ko" else (english or korean)
    return f"{name} ({record['id']})" if name else str(record["id"])
