"""What holds for every startup, program and day, whatever the facts."""

from dataclasses import fields, replace
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from model.domain import Check, Confidence, Entity, Program, Result, Startup, Verdict
from model.eligibility import RULES, VERDICTS, JudgedSide, Ledger, Setting, verdict
from model.eligibility.calendar import last_founding_day
from model.eligibility.sweep import CODE, worst
from model.eligibility.unlocking import ACTIONS, WAITING, Case, carried_out
from model.eligibility.unlocking import CODES as UNLOCKS
from tests.model.eligibility.strategies import (
    CODES,
    EMPTY,
    FACTS,
    REGIONS,
    TRADES,
    UNKNOWN,
    businesses,
    consistent,
    days,
    entries,
    hours,
    programs,
    startups,
)

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
WEIGHED = [rule for rule in RULES if rule.weigh]
BY_NAME = {rule.name: rule for rule in RULES}
AT = st.one_of(st.none(), hours)


def of_rule(rule, startup, program, on, at=None, catalogue=()):
    found = Ledger(CODES, catalogue).checks(startup, program, on=on, at=at)
    return tuple(check for check in found if check.rule == rule)


class Watched:
    """Stands in for a record and remembers which of its fields were looked at."""

    def __init__(self, record: object) -> None:
        self.record, self.seen = record, set[str]()

    def __getattr__(self, name: str) -> object:
        self.seen.add(name)
        return getattr(self.record, name)


def test_every_fact_that_a_rule_reads_of_a_startup_is_drawn():
    assert {name for rule in RULES for name in rule.reads} <= FACTS.keys()


def test_every_fact_that_a_rule_asks_of_a_program_is_drawn():
    plain, drawn = Program("x"), set[str]()

    @given(programs())
    def draw(program: Program) -> None:
        drawn.update(
            field.name for field in fields(Program) if getattr(program, field.name) != getattr(plain, field.name)
        )

    draw()

    assert {name for rule in RULES for name in rule.asks} <= drawn


@EVERY_RULE
@given(startup=startups, program=programs(), on=days, at=AT)
def test_no_rule_reads_a_field_that_it_does_not_name(rule, startup, program, on, at):
    who, what = Watched(startup), Watched(program)

    checks = rule.judge(who, what, Setting(on, CODES, at))

    assert who.seen <= set(rule.reads)
    assert what.seen <= set(rule.asks)
    assert {check.field for check in checks} <= {*rule.reads, *rule.asks}


@pytest.mark.parametrize("rule", WEIGHED, ids=[rule.name for rule in WEIGHED])
@given(entry=entries, program=programs(), on=days)
def test_weighing_an_entry_reads_no_field_that_the_rule_does_not_name(rule, entry, program, on):
    what = Watched(program)

    rule.weigh(what, Setting(on, CODES).naming)(entry)

    assert what.seen <= set(rule.asks)


@given(startup=startups, program=programs(), on=days, at=AT, data=st.data())
def test_adding_a_fact_never_turns_a_fail_into_needs_check(startup, program, on, at, data):
    unknown = [name for name in FACTS if getattr(startup, name) == EMPTY.get(name) and name != "kind"]
    assume(unknown)
    name = data.draw(st.sampled_from(unknown))
    known = replace(startup, **{name: data.draw(FACTS[name])})

    before = [worst(rule.judge(startup, program, Setting(on, CODES, at))) for rule in RULES]
    after = [worst(rule.judge(known, program, Setting(on, CODES, at))) for rule in RULES]

    assert (CODE[Result.FAIL], CODE[Result.NEEDS_CHECK]) not in set(zip(before, after, strict=True))


@given(startup=startups, program=programs(), on=days, entry=entries, language=st.sampled_from(["ko", "en", "ja"]))
def test_adding_to_a_list_never_turns_a_fail_into_needs_check(startup, program, on, entry, language):
    more = replace(startup, history=(*startup.history, entry), languages=(*startup.languages, language))
    setting = Setting(on, CODES)

    before = [worst(rule.judge(startup, program, setting)) for rule in RULES]
    after = [worst(rule.judge(more, program, setting)) for rule in RULES]

    assert (CODE[Result.FAIL], CODE[Result.NEEDS_CHECK]) not in set(zip(before, after, strict=True))


NAMING_PROGRAMS = [rule for rule in RULES if rule.reads == ("history",)]
LESS_OF_A_BUSINESS = ["industry", "opened_on", "closed_on", "bankrupt"]


@given(startup=startups, program=programs(), name=st.sampled_from(UNKNOWN), entry=entries, on=days, data=st.data())
def test_a_program_that_is_not_known_never_leads_to_a_pass(startup, program, name, entry, on, data):
    unknown = replace(entry, program_family=name)
    place = data.draw(st.integers(0, len(startup.history)))
    person = replace(startup, history=(*startup.history[:place], unknown, *startup.history[place:]))
    ledger = Ledger(CODES, [program, Program("q", family="around-x", year=2026, exclusive_group="group")])

    checks = ledger.checks(person, program, on=on)

    about = [check for check in checks if check.rule in {rule.name for rule in NAMING_PROGRAMS}]
    assert [check for check in about if check.result is Result.PASS] == []
    assert all(any(name in fact for fact in check.fact) for check in about)


@given(startup=startups, program=programs(), entry=entries, on=days)
def test_a_year_that_has_not_begun_never_leads_to_a_pass(startup, program, entry, on):
    ahead = replace(entry, year=max(on.year, program.year or 0) + 1)
    person, setting = replace(startup, history=(*startup.history, ahead)), Setting(on, CODES)

    checks = [check for rule in NAMING_PROGRAMS for check in rule.judge(person, program, setting)]

    assert [check for check in checks if check.result is Result.PASS] == []


@given(startup=startups, program=programs(), business=businesses, on=days, name=st.sampled_from(LESS_OF_A_BUSINESS))
def test_an_earlier_business_of_which_less_is_known_never_lets_the_firm_pass(startup, program, business, on, name):
    setting, others = Setting(on, CODES), startup.previous_businesses
    whole = replace(startup, previous_businesses=(business, *others))
    vague = replace(startup, previous_businesses=(replace(business, **{name: None}), *others))

    known = [worst(rule.judge(whole, program, setting)) for rule in RULES]
    less = [worst(rule.judge(vague, program, setting)) for rule in RULES]

    assert [rule.name for rule, a, b in zip(RULES, known, less, strict=True) if b < min(a, 1)] == []


@given(startup=startups, program=programs(), entry=entries, on=days)
def test_adding_a_participation_never_turns_a_fail_into_a_pass(startup, program, entry, on):
    more = replace(startup, history=(*startup.history, entry))
    setting = Setting(on, CODES)

    before = [worst(rule.judge(startup, program, setting)) for rule in NAMING_PROGRAMS]
    after = [worst(rule.judge(more, program, setting)) for rule in NAMING_PROGRAMS]

    assert (CODE[Result.FAIL], CODE[Result.PASS]) not in set(zip(before, after, strict=True))


@given(startup=startups, program=programs(), entry=entries, catalogue=st.lists(programs(), max_size=3), on=days)
def test_adding_a_participation_never_makes_a_refused_firm_eligible(startup, program, entry, catalogue, on):
    ledger, more = Ledger(CODES, catalogue), replace(startup, history=(*startup.history, entry))

    before = {check.rule: check.result for check in ledger.checks(startup, program, on=on)}
    after = {check.rule: check.result for check in ledger.checks(more, program, on=on)}

    refused = [name for name, result in before.items() if result is Result.FAIL]
    assert [name for name in refused if after[name] is not Result.FAIL] == []


UNSTATED = ["entity", "founded_on", "region", "industry", "languages", "history", "stage"]
"""Facts without which a rule that asks for them can't be passed; others are silent where nothing is stated."""


@given(startup=consistent, program=programs(), on=days, at=AT, name=st.sampled_from(UNSTATED))
def test_a_firm_of_which_less_is_known_never_passes_where_the_whole_firm_does_not(startup, program, on, at, name):
    vague = replace(startup, **{name: EMPTY.get(name)})
    setting = Setting(on, CODES, at)

    known = [worst(rule.judge(startup, program, setting)) for rule in RULES]
    less = [worst(rule.judge(vague, program, setting)) for rule in RULES]

    assert [rule.name for rule, a, b in zip(RULES, known, less, strict=True) if b < min(a, 1)] == []


@given(startup=startups, day=days, program=programs(), on=days, at=AT)
def test_a_pre_founder_who_states_a_founding_passes_only_where_both_would(startup, day, program, on, at):
    setting, both = Setting(on, CODES, at), replace(startup, entity=Entity.PRE_FOUNDER, founded_on=day)
    unfounded = replace(both, founded_on=None, founding_basis_on=None, previous_businesses=())
    founded = replace(both, entity=None)

    answers = [worst(BY_NAME["business_age"].judge(one, program, setting)) for one in (both, unfounded, founded)]

    assert answers[0] == (answers[1] or answers[2])


LESS_KNOWN = {
    "closes_at": lambda p: replace(p, closes_at=None),
    "closing day": lambda p: replace(p, closes_on=None, closes_at=None, closes_in=f"{p.closes_on:%Y-%m}"),
    "closing": lambda p: replace(p, closes_on=None, closes_at=None),
    "opening": lambda p: replace(p, opens_on=None, opens_in=f"{p.opens_on:%Y-%m}"),
    "closing year": lambda p: replace(p, closes_on=None, closes_at=None, closes_in=f"{p.closes_on:%Y}"),
    "opening year": lambda p: replace(p, opens_on=None, opens_in=f"{p.opens_on:%Y}"),
    "whole window": lambda p: replace(p, opens_on=None, closes_on=None, closes_at=None),
    "notice": lambda p: replace(p, notice_on=None),
    "notice and opening": lambda p: replace(p, notice_on=None, opens_on=None),
    "group's source": lambda p: replace(p, exclusive_group_confidence=Confidence.UNSURE),
    "founding range": lambda p: replace(p, founded_from=None, founded_until=None),
    "year": lambda p: replace(p, year=None),
    "confidence": lambda p: replace(
        p, not_together_with=tuple(replace(c, confidence=Confidence.UNSURE) for c in p.not_together_with)
    ),
}
"""Ways in which less may be known of a call whose every day is known."""


@pytest.mark.parametrize("less", LESS_KNOWN.values(), ids=LESS_KNOWN)
@given(startup=startups, program=programs(), notice=st.dates(date(2024, 2, 1), date(2026, 12, 1)), on=days, at=AT)
def test_a_row_with_less_known_never_gives_a_pass_that_the_whole_row_does_not(less, startup, program, notice, on, at):
    opens, closes = notice + timedelta(days=3), notice + timedelta(days=40)
    whole = replace(
        program,
        year=opens.year,
        notice_on=notice,
        opens_on=opens,
        closes_on=closes,
        closes_at=time(15),
        opens_in=None,
        closes_in=None,
        always_open=None,
        age_counted=None,
        age_counted_on=None,
        min_age_years=None,
        max_age_years=7,
        max_age_years_new_industry=None,
        founded_from=last_founding_day(notice, 7) + timedelta(days=1),
        founded_until=notice,
    )

    known = [worst(rule.judge(startup, whole, Setting(on, CODES, at))) for rule in RULES]
    vague = [worst(rule.judge(startup, less(whole), Setting(on, CODES, at))) for rule in RULES]

    assert [rule.name for rule, a, b in zip(RULES, known, vague, strict=True) if b < min(a, 1)] == []


def played_through(case: Case, check: Check) -> list[Case]:
    """The ways to carry out an unlock: to every region or industry that it may mean, or just the one way."""
    value = check.unlock.value if check.unlock else None
    listed = value if isinstance(value, tuple) else ()
    offices = [*listed, "26"] if check.unlock and check.unlock.code == "move_head_office" else [""]
    trades = [*listed, "62010", "26111", "01110"] if check.unlock and check.unlock.code == "change_industry" else [""]
    ways = [carried_out(case, check, head_office=o, industry=t) for o in offices for t in trades]
    return [way for way in ways if way is not None]


LAPSING = Startup(
    "s",
    founding_basis_on=date(2026, 5, 4),
    founding_certificate="제202608-00000-0000000호",
    founding_certificate_until=date(2026, 6, 30),
)


@given(startup=startups, program=programs(), on=days, at=AT)
@example(LAPSING, Program("p", always_open=True, min_age_years=1), date(2026, 5, 30), None)
def test_an_unlock_carried_out_turns_the_rule_to_pass(startup, program, on, at):
    case = Case(startup, program, on, at)
    checks = Ledger(CODES).checks(startup, program, on=on, at=at)

    for check in checks:
        if check.unlock and check.unlock.code in ACTIONS | WAITING:
            after = [
                of_rule(check.rule, way.startup, way.program, way.on, way.at) for way in played_through(case, check)
            ]
            assert any(all(c.result is Result.PASS for c in found) for found in after), (check, after)


STATED = ["state", "state_district", "state_full_code", "correct_number"]
EXAMPLES = {
    "region": REGIONS,
    "industry": [*TRADES, "01110"],
    "languages": [("ko",), ("en",), ("ja",)],
    "founded_on": [date(year, month, 1) for year in range(2010, 2029) for month in (1, 6)],
    "business_number": ["124-81-00998"],
    "corporate_number": ["130111-0006246"],
    "representatives": [1],
    "representatives_qualify": [True],
    "entity": [*FACTS["entity"].elements],
    "stage": [*FACTS["stage"].elements],
}


@given(startup=startups, program=programs(REGIONS, TRADES), on=days)
def test_a_fact_that_is_asked_for_can_turn_the_rule_to_pass(startup, program, on):
    startup = replace(
        startup, previous_businesses=(), founding_basis_on=None
    )  # these may leave open since when it counts
    program = replace(program, languages=tuple(w for w in program.languages if w != "바른말"))
    program = replace(program, max_age_years=7, min_age_years=None, always_open=True, notice_on=None)
    program = replace(program, founded_from=None, founded_until=None, age_counted=None, age_counted_on=None)
    checks = Ledger(CODES).checks(startup, program, on=on)

    for check in checks:
        if check.unlock and check.unlock.code in STATED and check.field in EXAMPLES:
            tried = [replace(startup, **{check.field: value}) for value in EXAMPLES[check.field]]
            found = [of_rule(check.rule, person, program, on) for person in tried]
            assert any(c[0].result is Result.PASS for c in found if c) or check.rule == "excluded_industry", check


@given(startup=startups, program=programs(), on=days)
def test_a_startup_of_which_nothing_is_known_is_never_passed_or_failed_for_it(startup, program, on):
    checks = Ledger(CODES).checks(Startup("s", kind=startup.kind), program, on=on)

    own = [check for check in checks if BY_NAME[check.rule].reads and check.rule != "kind"]
    assert {check.result for check in own} <= {Result.NEEDS_CHECK}


@given(startup=startups, program=programs(), on=days, at=AT)
def test_every_check_that_does_not_pass_says_what_would_change_it(startup, program, on, at):
    checks = Ledger(CODES).checks(startup, program, on=on, at=at)

    assert all((check.unlock is None) == (check.result is Result.PASS) for check in checks)
    assert {check.unlock.code for check in checks if check.unlock} <= UNLOCKS


@given(startup=startups, program=programs(), on=days, at=AT)
def test_a_check_that_needs_a_look_is_never_beyond_change(startup, program, on, at):
    checks = Ledger(CODES).checks(startup, program, on=on, at=at)

    open_ = [check for check in checks if check.result is Result.NEEDS_CHECK]
    assert [check for check in open_ if check.unlock and check.unlock.code == "nothing"] == []


@given(
    people=st.lists(startups, max_size=6),
    calls=st.lists(programs(), max_size=4),
    catalogue=st.lists(programs(), max_size=3),
    on=days,
    at=AT,
)
def test_verdicts_of_many_pairs_equal_those_pair_by_pair(people, calls, catalogue, on, at):
    ledger = Ledger(CODES, catalogue)

    swept = ledger.verdicts(people, calls, on=on, at=at)

    one_by_one = [[VERDICTS.index(verdict(ledger.checks(s, p, on=on, at=at))) for p in calls] for s in people]
    assert swept.tolist() == one_by_one
    for program in calls:
        checker = ledger.checker(program, on=on, at=at)
        assert [checker(s) for s in people] == [ledger.checks(s, program, on=on, at=at) for s in people]
    assert swept.shape == (len(people), len(calls))
    assert swept.dtype == "int8"


@given(people=st.lists(startups, max_size=6), calls=st.lists(programs(), max_size=4), days=st.lists(days, max_size=3))
def test_a_side_that_is_judged_again_and_again_gets_the_same_verdicts(people, calls, days):
    ledger, kept, offers = Ledger(CODES), JudgedSide(people), JudgedSide(calls)

    again = [ledger.verdicts(kept, offers, on=on).tolist() for on in days]

    assert again == [ledger.verdicts(people, calls, on=on).tolist() for on in days]


LISTS = ["applicants", "stages", "entities", "regions", "industries", "excluded_industries", "languages"]


@given(startup=startups, program=programs(), on=days, catalogue=st.lists(programs(), max_size=3))
def test_verdicts_do_not_depend_on_the_order_of_input(startup, program, on, catalogue):
    turned = {name: getattr(program, name)[::-1] for name in [*LISTS, "not_together_with", "manual_checks"]}
    person = replace(startup, history=startup.history[::-1], languages=startup.languages[::-1])

    as_given = Ledger(CODES, catalogue).checks(startup, program, on=on)
    reversed_ = Ledger(CODES, catalogue[::-1]).checks(person, replace(program, **turned), on=on)

    assert sorted((c.rule, c.result) for c in as_given) == sorted((c.rule, c.result) for c in reversed_)


@given(program=programs(), on=days, later=st.integers(1, 2000), at=AT)
def test_a_day_later_never_makes_a_closed_program_open(program, on, later, at):
    closed = of_rule("window", Startup("s"), program, on, at)
    assume(closed[0].result is Result.FAIL and closed[0].unlock.code == "nothing")

    after = of_rule("window", Startup("s"), program, on + timedelta(days=later), at)

    assert after[0].result is Result.FAIL


@given(checks=st.lists(st.sampled_from(Result), max_size=5))
def test_the_verdict_is_the_worst_of_the_checks(checks):
    found = verdict(Check("rule", result, "field") for result in checks)

    expected = {Result.FAIL: Verdict.INELIGIBLE, Result.NEEDS_CHECK: Verdict.NEEDS_CHECK, Result.PASS: Verdict.ELIGIBLE}
    assert found is expected[max(checks, key=CODE.__getitem__, default=Result.PASS)]


def test_rules_have_names_of_their_own_and_read_fields_that_exist():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {name for rule in RULES for name in rule.reads} <= {field.name for field in fields(Startup)}
    assert {name for rule in RULES for name in rule.asks} <= {field.name for field in fields(Program)}


def test_a_program_that_states_nothing_but_an_open_window_is_eligible():
    checks = Ledger(CODES).checks(Startup("s"), Program("p", always_open=True), on=date(2026, 7, 1))

    assert verdict(checks) is Verdict.ELIGIBLE
    assert [check.rule for check in checks] == ["window", "kind"]
