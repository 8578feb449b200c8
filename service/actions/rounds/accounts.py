"""The exposure account over several rounds: who received how much attention since when, against who could have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.rounds.exposure import Account, account
from service.actions.rounds.run_round import RunRound
from service.caches import Memo
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage.rounds.rounds import StoredRound

MOST = 50
"""Rounds of one account; each is reproduced, which takes its time."""
_TOTALS = Memo[tuple[tuple[str, str | None], ...], Account](4, long=True)


@dataclass(frozen=True, slots=True)
class Cumulated:
    """The rounds that an account is of, oldest first, and the account."""

    rounds: tuple[StoredRound, ...]
    account: Account


def cumulated(rounds: RunRound, wanted: Sequence[str], actor: Actor) -> Cumulated:
    """Cumulate the accounts of the rounds named, each once; none named are the newest ones.

    Raises ServiceError `round_not_found` and `too_many_rounds`.
    """
    newest = (stored.id for stored in rounds.page(after="", limit=MOST, actor=actor).items)
    ids = tuple(dict.fromkeys(wanted or newest))
    if len(ids) > MOST:
        raise ServiceError(Problem.TOO_MANY_ROUNDS, limit=MOST)
    by_id = sorted((rounds.stored(identifier, actor) for identifier in ids), key=lambda each: each.id, reverse=True)
    stored = sorted(by_id, key=lambda each: each.created_at)  # the order of the list of rounds, from its end
    key = tuple((each.id, each.present) for each in stored)
    total = _TOTALS(key, lambda: sum((account(rounds.one(each.id, actor).outcome) for each in stored), Account()))
    return Cumulated(tuple(stored), total)
