"""A startup with outcomes never meets itself, and what is known of a pair is said, not recommended."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks.pasts import fold_of, group
from model.blocks.track_record import teacher
from model.decisions import DecisionAction
from model.domain import Outcome, OutcomeKind, Participation, ParticipationStatus, Program, Startup
from model.matching.known_pairs import UNKNOWN_KINDS, KnownPairs, KnownState
from model.matching.matcher import Matcher, Rules
from model.scoring.score import PAST
from model.vectors.corpus import Corpus
from tests.support import bundled, profiles
from tests.support.effort import FEW, SOME

LEARNED = ("learned_words", "learned_tags")
WITH_OUTCOMES = sorted({outcome.startup_id for outcome in bundled.small().outcomes})
DAY = date(2026, 11, 30)
STARTUPS = {startup.id: startup for startup in bundled.small().startups}
PROGRAMS = {program.id: program for program in bundled.small().programs}


@pytest.fixture(scope="module")
def corpus(text_cache) -> Corpus:
    return Corpus.of(bundled.small(), bundled.vocabularies(), seed=1, cache=text_cache)


def without(outcomes, *startups):
    return tuple(outcome for outcome in outcomes if outcome.startup_id not in startups)


def scored(matcher, startup):
    """The parts of a startup's scores with every fitted program, and the scores."""
    x = matcher.startup_pool([startup]).vectors
    found = matcher.scoring.scored(x, matcher.program_vectors, matcher.vectoriser.own_pasts(x, matcher.program_vectors))
    return {name: part[0].tolist() for name, part in found.parts.items()}, found.units()[0].tolist()


@pytest.mark.parametrize("startup_id", WITH_OUTCOMES[::9])
def test_a_startup_with_outcomes_scores_as_by_a_fit_without_them(corpus, startup_id):
    whole = Matcher.fit(corpus, bundled.small().outcomes)
    never_saw = Matcher.fit(corpus, without(bundled.small().outcomes, startup_id))
    others = [other for other in WITH_OUTCOMES if fold_of(other) == fold_of(startup_id)]
    fold = Matcher.fit(corpus, without(bundled.small().outcomes, *others))
    startup = STARTUPS[startup_id]

    parts, _ = scored(whole, startup)
    expected, _ = scored(never_saw, startup)

    assert {name: part for name, part in parts.items() if name not in LEARNED} == {
        name: part for name, part in expected.items() if name not in LEARNED
    }
    assert whole.scoring.spreads == never_saw.scoring.spreads
    for rows, name in ((whole.program_vectors, teacher(fold_of(startup_id))), (fold.program_vectors, teacher(-1))):
        assert (rows.learned_words[name] != fold.program_vectors.learned_words["whole"]).nnz == 0
        assert (rows.learned_tags[name] != fold.program_vectors.learned_tags["whole"]).nnz == 0
    # With the fold's words in place of its own, the fit without the startup gives its whole score to the unit.
    lent = replace(never_saw, program_vectors=replace(
        never_saw.program_vectors,
        learned_words={**never_saw.program_vectors.learned_words, "whole": fold.program_vectors.learned_words["whole"]},
        learned_tags={**never_saw.program_vectors.learned_tags, "whole": fold.program_vectors.learned_tags["whole"]},
    ))  # fmt: skip
    x = lent.fresh_startups([startup])
    assert lent.scoring.units(x, lent.program_vectors)[0].tolist() == scored(whole, startup)[1]


@pytest.mark.parametrize("startup_id", WITH_OUTCOMES[::20])
def test_a_firm_that_registers_again_meets_none_of_its_past(corpus, startup_id):
    first = replace(STARTUPS[startup_id], business_number="120-81-47521")
    again = replace(first, id="again", business_number="1208147521")
    mine = next(o for o in bundled.small().outcomes if o.startup_id == startup_id)
    also = replace(mine, startup_id="again", program_id=bundled.small().outcomes[-1].program_id)
    twice = replace(
        bundled.small(), startups=(*(s for s in bundled.small().startups if s.id != startup_id), first, again)
    )
    read = Corpus.of(twice, bundled.vocabularies(), seed=1)
    whole = Matcher.fit(read, (*twice.outcomes, also))
    never_saw = Matcher.fit(read, without(twice.outcomes, startup_id))

    parts = [scored(whole, one)[0] for one in (first, again, replace(first, id="registered-later"))]

    own = {name: part for name, part in scored(never_saw, first)[0].items() if name not in LEARNED}
    assert parts[0] == parts[1] == parts[2]
    assert {name: part for name, part in parts[0].items() if name not in LEARNED} == own


def test_an_unseen_startup_meets_the_whole_past(matcher):
    known = STARTUPS[WITH_OUTCOMES[0]]

    vectors = matcher.startup_pool([replace(known, id="nobody-knows-me"), known]).vectors

    assert vectors.contributor[0] == -1
    assert vectors.fold[0] == -1
    assert vectors.contributor[1] >= 0
    assert vectors.fold[1] == fold_of(known.id)


@SOME
@given(profiles.startups, st.sampled_from(profiles.REGIONS), st.sampled_from(profiles.REGIONS))
def test_where_a_firm_sits_counts_only_at_programs_that_name_regions(matcher, programs, startup, here, there):
    plane = matcher.plane(matcher.startup_pool([replace(startup, region=r) for r in (here, there)]), programs)

    silent = [column for column, program in enumerate(programs.profiles) if not program.regions]
    assert plane.units[0, silent].tolist() == plane.units[1, silent].tolist()


@SOME
@given(profiles.startups, profiles.startups)
def test_size_age_stage_and_form_count_only_where_a_program_names_them(matcher, programs, startup, other):
    copied = replace(startup, stage=other.stage, entity=other.entity, founded_on=other.founded_on, employees=7)
    plane = matcher.plane(matcher.startup_pool([startup, copied]), programs)

    silent = [column for column, program in enumerate(programs.profiles) if not program.stages]
    assert plane.units[0, silent].tolist() == plane.units[1, silent].tolist()


def test_scores_as_of_a_day_rest_on_what_was_known_then(corpus, matcher, startups, programs):
    day = sorted(o.on for o in bundled.small().outcomes)[len(bundled.small().outcomes) // 2]
    earlier = Matcher.fit(corpus, tuple(o for o in bundled.small().outcomes if o.on <= day))

    then = matcher.as_of(day)
    for name in PAST[:2]:
        x, y = startups.vectors, then.vectoriser.remembering(programs.vectors)
        parts = then.scoring.scored(x, y, then.vectoriser.own_pasts(x, y)).parts[name]
        before = earlier.startup_pool(startups.profiles).vectors
        own = earlier.vectoriser.own_pasts(before, earlier.program_pool(programs.profiles).vectors)
        expected = earlier.scoring.scored(before, earlier.program_pool(programs.profiles).vectors, own).parts[name]
        assert np.array_equal(parts, expected)
    assert matcher.as_of(DAY) is matcher


def test_the_same_day_twice_and_two_days_in_turn_give_the_same_scores(matcher, startups, programs):
    days = [date(2026, 1, 5), date(2026, 6, 1)]
    first = {day: matcher.plane(startups, programs, on=day).units.tolist() for day in days}

    assert {day: matcher.plane(startups, programs, on=day).units.tolist() for day in days} == first
    assert first[days[0]] != first[days[1]]


@FEW
@given(st.sampled_from(WITH_OUTCOMES), st.sampled_from([date(2026, 2, 2), DAY]))
def test_no_family_of_which_something_is_known_is_recommended(matcher, programs, startup_id, on):
    startup = STARTUPS[startup_id]
    own = {
        group(PROGRAMS[o.program_id])
        for o in bundled.small().outcomes
        if o.startup_id == startup_id and o.outcome not in UNKNOWN_KINDS
    } | {part.program_family for part in startup.history}

    served = matcher.programs_for(startup, programs, on=on, limit=100, rules=Rules.INCLUDE_INELIGIBLE)
    every = matcher.programs_for(
        startup, programs, on=on, limit=100, rules=Rules.INCLUDE_INELIGIBLE, include_known=True
    )
    said = matcher.judged(matcher.known_programs(startup, programs.profiles), on=on)

    assert not {group(PROGRAMS[m.program_id]) for m in served} & own
    assert {m.program_id for m in every} == {m.program_id for m in served} | {m.program_id for m in said}
    assert {m.known.family for m in said} <= own
    assert all(m.checks for m in said)


@FEW
@given(st.sampled_from([program for program in bundled.small().programs if program.is_ranked]))
def test_candidates_of_which_something_is_known_stand_apart(matcher, startups, program):
    served = matcher.startups_for(program, startups, on=DAY, limit=1_000, rules=Rules.INCLUDE_INELIGIBLE)
    said = matcher.judged(matcher.known_startups(program, startups.profiles), on=DAY)

    assert {m.startup_id for m in served} | {m.startup_id for m in said} == set(startups.ids)
    assert not {m.startup_id for m in served} & {m.startup_id for m in said}


PAIR = (Program("p-2025", family="p", year=2025), Program("p-2026", family="p", year=2026), Program("q", year=2026))


def of(*told):
    return KnownPairs.of([Outcome("s", *each) for each in told], PAIR)


@given(st.sampled_from(OutcomeKind))
def test_seen_or_written_to_is_still_a_question(kind):
    asked = of(("p-2025", kind, None)).questions([Startup("s"), Startup("t")], PAIR).tolist()

    assert asked == [[kind in UNKNOWN_KINDS] * 2 + [True], [True] * 3]


@given(st.permutations([
    ("p-2025", OutcomeKind.APPLIED, date(2025, 3, 1)),
    ("p-2025", OutcomeKind.REJECTED, date(2025, 4, 1)),
    ("p-2026", OutcomeKind.APPLIED, date(2026, 3, 1)),
]))  # fmt: skip
def test_the_latest_state_is_said_in_whatever_order_it_came(told):
    known = of(*told).at(Startup("s"))["p"]

    assert (known.state, known.on, known.year) == (KnownState.APPLIED, date(2026, 3, 1), 2026)


@given(st.sampled_from(ParticipationStatus))
def test_a_profile_s_own_history_is_known_too(status):
    startup = Startup("t", history=(Participation("p", 2024, status),))

    known = of(("q", OutcomeKind.SELECTED, DAY - timedelta(1))).at(startup)

    assert known["p"].state == status.value
    assert known["p"].year == 2024
    assert "q" not in known


@pytest.mark.parametrize(
    ("number", "is_known"), [("1208147521", True), ("120-81-47521", True), ("2148600002", False), (None, False)]
)
def test_a_firm_that_registers_again_is_known_by_its_business_number_alone(number, is_known):
    first = Startup("s", name="이음", founded_on=DAY, business_number="120-81-47521")
    again = Startup("t", name="이음", founded_on=DAY, business_number=number)

    known = of(("p-2025", OutcomeKind.SELECTED, DAY)).among([first, again])

    assert ("p" in known.at(again)) is is_known
    assert "p" in known.at(first)


def test_an_outcome_without_a_day_is_of_its_program_s_year():
    assert of(("p-2025", OutcomeKind.SELECTED, None)).at(Startup("s"))["p"].year == 2025


def test_every_kind_and_status_that_makes_a_pair_known_has_a_state():
    told = {kind.value for kind in OutcomeKind if kind not in UNKNOWN_KINDS} | {s.value for s in ParticipationStatus}

    assert told | {DecisionAction.RESERVE.value} == {state.value for state in KnownState}
