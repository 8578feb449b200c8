"""Find participants: which startups that a program took before are most like a startup, with what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from model.blocks.pasts import group
from model.domain import Outcome, OutcomeKind, Program, Startup
from model.matching import likeness
from model.matching.known_pairs import number_of
from service.actions.matching.match import Run
from service.errors import Problem, ServiceError
from service.identity import Actor
from service.storage.repositories import Catalogue

MOST_COMPARED = 100
"""Participants of a line that are set beside a startup, the most alike."""
TAKEN = (OutcomeKind.SELECTED, OutcomeKind.COMPLETED, OutcomeKind.CONTRACTED)


@dataclass(frozen=True, slots=True)
class Participant:
    """A startup that took part in a program or in its line of years; likeness is 0-1, `shared` (block, term)."""

    startup: Startup
    program: Program
    outcome: OutcomeKind
    on: date | None
    likeness: float
    shared: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ParticipantGroup:
    """How many took part in a program's line, which of them are alike, and which of these the reader may see."""

    count: int
    alike: Sequence[Participant]
    named: Sequence[Participant]


class FindParticipants:
    """Looks among the stored outcomes, as far as the reader's programs go."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(
        self, run: Run, program_ids: Iterable[str], actor: Actor, limit: int = 1
    ) -> Mapping[str, tuple[Participant, ...]]:
        """For each of some programs that has any, up to `limit` participants that are most like the run's startup.

        One that has nothing in common with it is left out.
        """
        groups = {program_id: group(run.programs[program_id]) for program_id in program_ids}
        lines = set(groups.values())
        related = [program for program in run.programs.values() if group(program) in lines]
        readable = {program.id for program in related if not actor.is_bound_away_from(program.id)}
        taken = self._taken(run, readable)
        nearest = {program_id: _nearest(run, taken[line], limit) for program_id, line in groups.items() if taken[line]}
        return {program_id: participants for program_id, participants in nearest.items() if participants}

    def of_line(self, run: Run, program_id: str, actor: Actor, limit: int) -> ParticipantGroup:
        """All that took part in a program's line, whoever reads, with up to `limit` of the reader's programs by name.

        Raises ServiceError `program_not_found`.
        """
        if program_id not in run.programs:
            raise ServiceError(Problem.PROGRAM_NOT_FOUND, id=program_id)
        line = group(run.programs[program_id])
        taken = self._taken(run, [program.id for program in run.programs.values() if group(program) == line])[line]
        alike = _nearest(run, taken, MOST_COMPARED)
        named = [participant for participant in alike if not actor.is_bound_away_from(participant.program.id)]
        return ParticipantGroup(len(taken), alike, named[:limit])

    def _taken(self, run: Run, program_ids: Iterable[str]) -> Mapping[str, list[Outcome]]:
        """What had come of other firms that are still stored by the run's day, by line of programs, one a startup."""
        assert isinstance(run.subject, Startup)
        number = number_of(run.subject)
        with self._catalogue.database.reading() as connection:
            outcomes = self._catalogue.outcomes.of_programs(connection, program_ids, TAKEN)
        latest: dict[tuple[str, str], Outcome] = {}
        for outcome in outcomes:
            if outcome.on is None or outcome.on <= run.on:
                latest[group(run.programs[outcome.program_id]), outcome.startup_id] = outcome
        by_line: dict[str, list[Outcome]] = defaultdict(list)
        for (line, startup_id), outcome in latest.items():
            other = run.startups.get(startup_id)
            if other and startup_id != run.subject.id and not (number and number_of(other) == number):
                by_line[line].append(outcome)
        return by_line


def _nearest(run: Run, outcomes: Sequence[Outcome], limit: int) -> tuple[Participant, ...]:
    pool, matcher = run.prepared.ranked.pool, run.prepared.matcher
    assert isinstance(run.subject, Startup)
    is_ranked = pool.profiles[pool.row_of[run.subject.id]] is run.subject if run.subject.id in pool.row_of else False
    ours = pool.part([run.subject.id]) if is_ranked else matcher.startup_pool([run.subject])
    outcome_at = {pool.row_of[each.startup_id]: each for each in outcomes if each.startup_id in pool.row_of}
    participants = []
    for near in likeness.nearest(matcher.vectoriser, ours, pool, list(outcome_at), limit):
        outcome = outcome_at[near.row]
        startup, program = run.startups[outcome.startup_id], run.programs[outcome.program_id]
        if near.likeness > 0:
            participants.append(Participant(startup, program, outcome.outcome, outcome.on, near.likeness, near.shared))
    return tuple(participants)
