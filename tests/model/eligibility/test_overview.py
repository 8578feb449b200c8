"""The whole explained: what is one step away, what a rule shuts out, and who finds nobody."""

from dataclasses import replace
from datetime import date, time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.domain import Entity, Participation, ParticipationStatus, Program, Result, Role, Stage, Startup
from model.eligibility import Ledger
from model.eligibility.overview import (
    IntakeState,
    exclusions,
    hour_that_decides,
    intakes,
    one_step_away,
    reach,
    survey,
)
from tests.model.eligibility.strategies import CODES, days, programs, startups

ON = date(2026, 7, 1)
LEDGER = Ledger(CODES)
OPEN = {"always_open": True}
FIRM = Startup("s", entity=Entity.CORPORATION, stage=Stage.SEED, region="11680", languages=("ko",))


def distinct(records):
    return list({record.id: record for record in records}.values())


people = st.lists(startups, max_size=6).map(
    lambda drawn: [Startup(f"s-{i}", **{n: getattr(s, n) for n in FACT_NAMES}) for i, s in enumerate(drawn)]
)
FACT_NAMES = ["kind", "stage", "entity", "founded_on", "region", "industry", "languages", "history"]


def test_the_soonest_step_comes_first_and_a_deed_without_a_day_last():
    calls = [
        Program("deed", **OPEN, stages=(Stage.SERIES_A,)),
        Program("later", opens_on=date(2026, 9, 3), closes_on=date(2026, 9, 30)),
        Program("sooner", opens_on=date(2026, 8, 1), closes_on=date(2026, 9, 30)),
        Program("now", **OPEN, industries=("62",)),
    ]

    steps = one_step_away(LEDGER, FIRM, calls, on=ON)

    assert [(step.program_id, step.day) for step in steps] == [
        ("now", ON),
        ("sooner", date(2026, 8, 1)),
        ("later", date(2026, 9, 3)),
        ("deed", None),
    ]


def test_an_eligible_a_hopeless_and_a_two_step_program_are_not_one_step_away():
    calls = [
        Program("eligible", **OPEN),
        Program("closed", closes_on=date(2026, 6, 30)),
        Program("two", **OPEN, stages=(Stage.SERIES_A,), languages=("en",)),
        Program("reference", **OPEN, role=Role.REFERENCE),
    ]

    assert one_step_away(LEDGER, FIRM, calls, on=ON) == ()


@given(
    people=people,
    calls=st.lists(programs(), max_size=4).map(distinct),
    on=days,
    hours=st.lists(st.sampled_from([time(10), time(15), time(16, 30)]), min_size=4, max_size=4),
    at=st.times(),
)
def test_the_hour_that_decides_decides_as_the_present_hour_does(people, calls, on, hours, at):
    calls = [replace(call, closes_on=on, closes_at=hour) for call, hour in zip(calls, hours, strict=False)]

    now = survey(LEDGER, people, calls, on=on, at=at)

    assert survey(LEDGER, people, calls, on=on, at=hour_that_decides(calls, on, at)) == now


def test_a_call_that_closed_an_hour_ago_is_closed_in_the_overview():
    call = Program("p", opens_on=date(2026, 6, 1), closes_on=ON, closes_at=time(15))

    at = {hour: reach(LEDGER, [FIRM], [call], on=ON, at=hour)[0] for hour in (time(15), time(15, 1), None)}

    assert [(r.is_closed, r.eligible, r.needs_check) for r in at.values()] == [
        (False, 1, 0),
        (True, 0, 0),
        (False, 0, 1),
    ]


def test_a_call_takes_applications_or_not_or_its_notice_leaves_it_open():
    calls = {
        Program("always", **OPEN): IntakeState.OPEN,
        Program("last-day", opens_on=date(2026, 6, 1), closes_on=ON, closes_at=time(15)): IntakeState.OPEN,
        Program("over", closes_on=date(2026, 6, 30)): IntakeState.SHUT,
        Program("ahead", opens_on=date(2026, 8, 1), closes_on=date(2026, 9, 30)): IntakeState.SHUT,
        Program("spent", **OPEN, budget_exhausted=True): IntakeState.SHUT,
        Program("silent"): IntakeState.UNKNOWN,
        Program("between", opens_in="2026-06", closes_in="2026-08"): IntakeState.OPEN,
        Program("this-month", opens_in="2026-07", closes_in="2026-08"): IntakeState.UNKNOWN,
        Program("to-confirm", **OPEN, manual_checks=("tax_arrears",)): IntakeState.OPEN,
    }

    assert dict(zip(calls, intakes(LEDGER, list(calls), on=ON, at=time(10)), strict=True)) == calls


def test_what_only_the_notice_can_tell_is_no_step():
    call = Program("p", opens_in="2026-09", closes_in="2026-10")

    assert one_step_away(LEDGER, FIRM, [call], on=ON) == ()


def test_one_change_that_settles_two_rules_is_one_step():
    call = Program("p", **OPEN, industries=("62",), excluded_industries=("56211",))

    (step,) = one_step_away(LEDGER, FIRM, [call], on=ON)

    assert [check.rule for check in step.settles] == ["industry", "excluded_industry"]
    assert (step.unlock.code, step.unlock.value) == ("state", "industry")


def test_what_a_person_must_confirm_is_told_beside_the_step():
    call = Program("p", **OPEN, stages=(Stage.PRE_A,), manual_checks=("tax_arrears",))

    (step,) = one_step_away(LEDGER, FIRM, [call], on=ON)

    assert [unlock.value for unlock in step.confirmations] == ["tax_arrears"]


def test_a_wait_that_outlives_the_age_limit_is_no_step():
    firm = Startup("s", entity=Entity.CORPORATION, founded_on=date(2019, 7, 15))
    call = Program("p", opens_on=date(2026, 8, 1), always_open=True, max_age_years=7)

    assert one_step_away(LEDGER, firm, [call], on=ON) == ()


@given(startup=startups, calls=st.lists(programs(), max_size=5), on=days)
def test_a_step_settles_every_check_that_is_not_left_to_a_person(startup, calls, on):
    calls = distinct(calls)

    for step in one_step_away(LEDGER, startup, calls, on=on):
        call = next(call for call in calls if call.id == step.program_id)
        left = [c for c in LEDGER.checks(startup, call, on=on) if c.result is not Result.PASS and c not in step.settles]
        assert {check.unlock for check in left} <= set(step.confirmations)
        assert {check.unlock for check in step.settles} == {step.unlock}


@given(call=programs(), crowd=people, on=days)
def test_relaxing_a_rule_admits_those_whom_it_alone_shuts_out(call, crowd, on):
    found = exclusions(LEDGER, call, crowd, on=on)

    failing = {s.id: {c.rule for c in LEDGER.checks(s, call, on=on) if c.result is Result.FAIL} for s in crowd}
    for exclusion in found:
        assert set(exclusion.admitted) == {who for who, rules in failing.items() if rules == {exclusion.rule}}
        assert exclusion.fails == sum(exclusion.rule in rules for rules in failing.values())
        assert exclusion.clear <= len(exclusion.admitted) <= exclusion.fails


@given(calls=st.lists(programs(), max_size=4), crowd=people, on=days)
def test_every_startup_is_counted_once_in_its_region(calls, crowd, on):
    found = survey(LEDGER, crowd, calls, on=on)[0]

    assert sum(region.startups for region in found) == len(crowd)
    for region in found:
        assert region.startups == region.with_eligible + region.only_needs_check + len(region.without_any)


@given(calls=st.lists(programs(), max_size=4), crowd=people, on=days)
def test_a_programs_reach_adds_up_over_the_regions(calls, crowd, on):
    ranked = [call for call in distinct(calls) if call.is_ranked]

    found = {row.program_id: row for row in reach(LEDGER, crowd, ranked, on=on)}

    verdicts = LEDGER.verdicts(crowd, ranked, on=on)
    for column, call in enumerate(ranked):
        row, totals = found[call.id], np.bincount(verdicts[:, column], minlength=3)
        assert (row.eligible, row.needs_check) == (totals[0], totals[1])
        assert sum(eligible for eligible, _ in row.by_region.values()) == row.eligible


def test_the_program_with_the_fewest_startups_comes_first():
    calls = [Program("open", **OPEN), Program("narrow", **OPEN, regions=("26",))]

    found = reach(LEDGER, [FIRM], calls, on=ON)

    assert [(row.program_id, row.eligible) for row in found] == [("narrow", 0), ("open", 1)]


def test_a_startup_without_any_program_is_named_in_its_region():
    found = survey(LEDGER, [FIRM, Startup("t")], [Program("p", **OPEN, regions=("26",))], on=ON)[0]

    assert [(row.region, row.without_any, row.only_needs_check) for row in found] == [("", (), 1), ("11", ("s",), 0)]


def test_old_and_new_codes_of_a_region_are_counted_together():
    firms = [Startup("old", region="42110"), Startup("new", region="51110"), Startup("merged", region="29200")]

    found = survey(LEDGER, firms, [Program("p", **OPEN)], on=ON)[0]

    assert [(row.region, row.startups) for row in found] == [("12", 1), ("51", 2)]


def test_a_ledger_that_knows_the_catalogue_tells_the_members_of_a_group():
    call = Program("p", **OPEN, family="nup", year=2026, exclusive_group="g")
    other = Program("q", **OPEN, family="jungle", year=2026, exclusive_group="g")
    firm = Startup("s", history=(Participation("jungle", 2026, ParticipationStatus.APPLIED),))

    alone, knowing = LEDGER.checks(firm, call, on=ON), LEDGER.knowing([call, other]).checks(firm, call, on=ON)

    assert [c.result for c in alone if c.rule == "exclusive_group"] == [Result.NEEDS_CHECK]
    assert [c.result for c in knowing if c.rule == "exclusive_group"] == [Result.FAIL]
