"""The exposure account: attention received against eligibility, drawn and in figures, for one round or several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from model.rounds.exposure import FIELDS, Account, unfair_lists
from service.actions.rounds.accounts import MOST, cumulated
from service.auth.access import actor
from service.auth.policy import policy
from service.console.rounds import labels
from service.console.rounds.labels import RecordNames
from service.console.rounds.result import reproduce
from service.console.wire.language import gettext, language
from service.console.wire.names import names
from service.console.wire.pages import ask_for, page
from service.wired import wired
from service.wording import rounds as words
from service.wording.pairs import said

blueprint = Blueprint("exposure", __name__)


@dataclass(frozen=True, slots=True)
class ExposureLine:
    """One value of a field: counts, and shares of 0-1; a program's are its places and those that were given."""

    name: str
    first: int
    second: int
    first_share: float
    second_share: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """One field's lines, drawn and in a table."""

    field: str
    title: str
    lines: tuple[ExposureLine, ...]


@blueprint.get("/exposure")
@policy("rounds")
def together() -> Response:
    """Show the account over several rounds: those that the address names, else the newest."""
    rounds, reader = wired().rounds, actor()
    newest = rounds.page(after="", limit=MOST, actor=reader).items
    wanted = request.args.getlist("round") or [stored.id for stored in newest]
    cumulated_account = ask_for(gettext("여러 회차의 배정 형평성"), lambda: cumulated(rounds, wanted, reader))
    record_names = RecordNames()
    return page(
        "rounds/accounts.html",
        cumulated=cumulated_account,
        account=cumulated_account.account,
        charts=charts(cumulated_account.account, record_names),
    )


@blueprint.get("/<string:round_id>/exposure")
@policy("rounds")
def one(round_id: str) -> Response:
    """Show a round's account, with lists that begin unfairly and what each rule cost in score."""
    ran, record_names = reproduce(round_id), RecordNames()
    rounds, reader = wired().rounds, actor()
    of_round = ask_for(ran.stored.name, lambda: cumulated(rounds, [round_id], reader)).account
    rules = [effect for effect in ran.outcome.effects if effect.kind in ("quota", "bonus")]
    facts: dict[str, Any] = {
        "charts": charts(of_round, record_names),
        "unfair": list(unfair_lists(ran.outcome)),
        "effects": [(labels.effect_name(effect, record_names), effect) for effect in rules],
        "record_names": record_names,
    }
    return page("rounds/exposure.html", ran=ran, account=of_round, view="exposure", **facts)


def charts(account_of_rounds: Account, record_names: RecordNames) -> list[Chart]:
    """A chart for each field of startups, and one for programs."""
    by_field = [
        Chart(field, said(words.FIELDS, field, language()), tuple(_values(account_of_rounds, field)))
        for field in FIELDS
    ]
    return [
        *by_field,
        Chart(
            "program", said(words.HEADINGS, "program", language()), tuple(_programs(account_of_rounds, record_names))
        ),
    ]


def _values(account_of_round: Account, field: str) -> Iterator[ExposureLine]:
    codes = names().codes
    for e in account_of_round.exposures(field):
        name = words.value(field, e.value, codes, language())
        yield ExposureLine(name, e.eligible, e.places, e.eligible_share, e.place_share, e.ratio)


def _programs(account_of_round: Account, record_names: RecordNames) -> Iterator[ExposureLine]:
    """A program's part of all places beside its part of those that were given."""
    all_given = sum(places for _, places, _ in account_of_round.programs) or 1
    all_room = sum(room for _, _, room in account_of_round.programs) or 1
    for program, places, room in account_of_round.programs:
        shares = (room / all_room, places / all_given)
        yield ExposureLine(
            record_names.program(program), room, places, *shares, shares[1] / shares[0] if shares[0] else None
        )
