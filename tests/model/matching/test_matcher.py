"""Laws of the matcher: one score for a pair, exact reasons, and nothing counts that should not."""

import unicodedata
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.domain import FULL_SCORE_UNITS, Program, Startup, Verdict
from model.matching.matcher import INELIGIBLE, Pool, Rules
from model.scoring import score
from model.scoring.score import BLOCK_OF, BLOCKS, LIMITS_BY_LENGTH, LONG_TEXT
from model.text.analysis import MOST_CHARACTERS
from tests.support import bundled, profiles
from tests.support.effort import FEW, SOME

ON = date(2026, 3, 2)
EVERYTHING = {"on": ON, "limit": 10_000, "rules": Rules.IGNORE, "include_known": True}
TEXTS = ("summary", "summary_en")


def row(matcher, startup, programs):
    """The startup's scores with every program, by id."""
    units = matcher.plane(matcher.startup_pool([startup]), programs, on=ON).units[0]
    return dict(zip(programs.ids, units.tolist(), strict=True))


def listed(matches):
    return [(match.startup_id, match.program_id, match.units) for match in matches]


def test_scales_that_were_kept_with_a_text_are_those_of_whoever_says_it(matcher):
    known = [startup for startup in bundled.small().startups if matcher.contributor(startup) >= 0][:20]
    texts = [replace(startup, summary=f"{startup.summary} 로봇") for startup in known]
    strangers = [replace(startup, id=f"stranger-{i}", business_number=None) for i, startup in enumerate(texts)]
    kept = matcher.read(strangers)

    pool = matcher.startup_pool([*texts, *strangers], lambda some: kept.rows(np.arange(len(some)) % len(texts)))

    expected = matcher.scoring.scales(pool.vectors, matcher.program_vectors)
    assert pool.vectors.fold[: len(texts)].max() >= 0 > pool.vectors.fold[len(texts) :].max()
    assert {name: scale.tolist() for name, scale in pool.vectors.scales.items()} == {
        name: scale.tolist() for name, scale in expected.items()
    }


@SOME
@given(profiles.startups, profiles.programs)
def test_both_sides_see_the_same_score(matcher, startup, program):
    startup = replace(startup, id="s")
    mine, theirs = matcher.startup_pool([startup]), matcher.program_pool([program])

    from_the_plane = int(matcher.plane(mine, theirs, on=ON).units[0, 0])

    assert [m.units for m in matcher.programs_for(startup, theirs, **EVERYTHING)] == [from_the_plane]
    assert [m.units for m in matcher.startups_for(program, mine, **EVERYTHING)] == [from_the_plane]
    assert sum(share.units for share in matcher.shares(startup, program, on=ON)) == from_the_plane
    assert matcher.pair(startup, program, on=EVERYTHING["on"]).units == from_the_plane


@SOME
@given(profiles.startups)
def test_reasons_add_up_to_the_score_in_every_entry_of_a_list(matcher, programs, startup):
    matches = matcher.programs_for(startup, programs, **EVERYTHING)
    scores = row(matcher, startup, programs)

    assert all(
        sum(share.units for share in match.reasons) == match.units == scores[match.program_id] for match in matches
    )


@SOME
@given(profiles.startups)
def test_a_score_lies_between_0_and_100_points(matcher, programs, startup):
    scores = row(matcher, startup, programs).values()

    assert all(0 <= units < FULL_SCORE_UNITS for units in scores)


@SOME
@given(profiles.startups, profiles.programs)
def test_reasons_are_positive_named_once_and_largest_first(matcher, startup, program):
    shares = matcher.shares(startup, program)

    assert all(share.units > 0 for share in shares)
    assert len({share.block for share in shares}) == len(shares)
    assert {share.block for share in shares} <= set(BLOCKS)
    assert shares == tuple(sorted(shares, key=lambda share: -share.units))


@SOME
@given(profiles.startups)
def test_evidence_adds_up_to_the_share_that_it_stands_behind(matcher, programs, startup):
    matches = matcher.programs_for(startup, programs, **EVERYTHING)

    shares = [share for match in matches for share in match.reasons if share.evidence]
    assert all(evidence.units > 0 for share in shares for evidence in share.evidence)
    assert all(sum(evidence.units for evidence in share.evidence) == share.units for share in shares)


@SOME
@given(profiles.startups)
def test_a_side_that_was_explained_before_gives_the_same_reasons(matcher, programs, startup):
    warm = matcher.programs_for(startup, programs, **EVERYTHING)
    cold = matcher.programs_for(startup, Pool(programs.profiles, programs.vectors), **EVERYTHING)

    assert warm == cold


@SOME
@given(profiles.startups, st.integers(1, 12), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_a_list_holds_the_best_that_no_rule_excludes(matcher, programs, startup, limit, on):
    verdicts = matcher.ledger.verdicts([startup], programs.profiles, on=on)[0]
    everything = matcher.programs_for(startup, programs, on=on, limit=len(programs), rules=Rules.IGNORE)
    allowed = [match.program_id for match in everything if verdicts[programs.row_of[match.program_id]] != INELIGIBLE]

    matches = matcher.programs_for(startup, programs, on=on, limit=limit)

    assert [match.program_id for match in matches] == allowed[:limit]


@SOME
@given(profiles.startups, st.randoms(use_true_random=False))
def test_the_order_of_the_programs_changes_nothing(matcher, programs, startup, random):
    shuffled = matcher.program_pool(random.sample(programs.profiles, len(programs)))

    assert listed(matcher.programs_for(startup, shuffled, **EVERYTHING)) == listed(
        matcher.programs_for(startup, programs, **EVERYTHING)
    )


@SOME
@given(profiles.open_calls, st.randoms(use_true_random=False))
def test_the_order_of_the_startups_changes_nothing(matcher, startups, program, random):
    shuffled = matcher.startup_pool(random.sample(startups.profiles, len(startups)))

    assert listed(matcher.startups_for(program, shuffled, **EVERYTHING)) == listed(
        matcher.startups_for(program, startups, **EVERYTHING)
    )


@SOME
@given(profiles.startups, st.lists(profiles.programs, max_size=3))
def test_other_programs_and_duplicates_change_nothing_for_the_rest(matcher, programs, startup, others):
    others = [replace(program, id=f"other-{place}") for place, program in enumerate(others)]
    crowd = matcher.program_pool([*others, *programs.profiles, *programs.profiles])

    scores = matcher.plane(matcher.startup_pool([startup]), crowd, on=ON).units[0, len(others) :].tolist()

    assert scores == [*row(matcher, startup, programs).values()] * 2


@SOME
@given(profiles.startups, st.lists(profiles.startups, max_size=3))
def test_other_startups_change_nothing_for_the_rest(matcher, programs, startup, others):
    together = matcher.plane(matcher.startup_pool([*others, startup, startup]), programs, on=ON).units

    alone = [*row(matcher, startup, programs).values()]
    assert together[-2:].tolist() == [alone, alone]


@FEW
@given(st.lists(profiles.startups, min_size=2, max_size=6), st.lists(profiles.programs, min_size=2, max_size=4))
def test_a_batch_gives_the_scores_of_one_by_one(fitted, some_startups, some_programs):
    batch = fitted.plane(fitted.startup_pool(some_startups), fitted.program_pool(some_programs)).units

    single = [
        [int(fitted.plane(fitted.startup_pool([s]), fitted.program_pool([p])).units[0, 0]) for p in some_programs]
        for s in some_startups
    ]
    assert batch.tolist() == single


def test_stored_startups_score_as_the_same_profiles_unseen(fitted, matcher, startups, programs):
    unseen = replace(startups, vectors=fitted.fresh_startups(startups.profiles))

    assert np.array_equal(matcher.plane(unseen, programs).units, matcher.plane(startups, programs).units)


def test_stored_programs_score_as_the_same_programs_unseen(fitted, matcher, startups, programs):
    unseen = replace(programs, vectors=fitted.vectoriser.programs(programs.profiles))

    assert np.array_equal(matcher.plane(startups, unseen).units, matcher.plane(startups, programs).units)


@SOME
@given(st.sampled_from(bundled.small().startups))
def test_a_stored_profile_is_looked_up_whatever_its_name(matcher, startup):
    renamed = replace(startup, name="다른 이름", name_en="Another")

    found = replace(matcher, vectoriser=None).startup_pool([renamed]).vectors

    assert np.array_equal(found.meaning, matcher.startup_pool([startup]).vectors.meaning)


@SOME
@given(profiles.startups, profiles.free_texts, profiles.free_texts)
def test_names_and_numbers_of_a_startup_are_no_features(matcher, programs, startup, name, name_en):
    # Drawn profiles may bear the number of a firm with a past, which then is their own: that is another law's concern.
    unnumbered = replace(startup, business_number=None)
    renamed = replace(startup, name=name, name_en=name_en, business_number="220-81-62517")

    assert row(matcher, renamed, programs) == row(matcher, unnumbered, programs)


@SOME
@given(profiles.startups)
def test_ids_of_startups_of_which_nothing_is_known_are_no_features(matcher, programs, startup):
    one, other = replace(startup, id="z-9"), replace(startup, id="drawn")

    assert row(matcher, one, programs) == row(matcher, other, programs)


@SOME
@given(profiles.open_calls, profiles.free_texts)
def test_the_names_of_a_program_are_no_features(matcher, startups, program, name):
    renamed = replace(program, name=name, name_en=name, partner=name, operator=name, track=name, url=name, year=2030)

    scores = matcher.plane(startups, matcher.program_pool([program, renamed])).units

    assert np.array_equal(scores[:, 0], scores[:, 1])


@SOME
@given(profiles.startups)
def test_composed_and_decomposed_letters_give_the_same_scores(matcher, programs, startup):
    def told(form):
        written = {name: unicodedata.normalize(form, getattr(startup, name) or "") or None for name in TEXTS}
        listed = tuple(unicodedata.normalize(form, word) for word in startup.technologies)
        return replace(startup, **written, technologies=listed)

    assert row(matcher, told("NFD"), programs) == row(matcher, told("NFC"), programs)


@SOME
@given(profiles.startups, st.sampled_from("\u200b\u00ad\u202e\u3164\ufeff"))
def test_hidden_characters_give_the_same_scores(matcher, programs, startup, hidden):
    littered = replace(startup, summary=hidden.join(startup.summary or "") or None)

    assert row(matcher, littered, programs) == row(matcher, startup, programs)


@SOME
@given(profiles.startups, profiles.programs, st.sampled_from("ㆍ・･‧•∙\u119e"))
def test_every_dot_between_words_gives_the_same_scores(matcher, startup, program, dot):
    def written(profile, mark):
        summary = f"제조{mark}서비스{mark}유통 {mark} AI{mark}로봇. {mark.join((profile.summary or '').split(' '))}"
        return replace(profile, summary=summary, technologies=(*profile.technologies, f"드론{mark}물류"))

    theirs = [matcher.program_pool([written(program, mark)]) for mark in ("·", dot)]
    mine = [written(startup, mark) for mark in ("·", dot)]

    scores = {row(matcher, startup, programs)[program.id] for startup in mine for programs in theirs}

    assert len(scores) == 1


def test_shared_words_and_topics_may_add_more_where_both_texts_are_long(matcher):
    def parts(startup_letters, program_letters):
        x = replace(matcher.startup_vectors, length=np.full(len(matcher.startup_vectors), startup_letters))
        y = replace(matcher.program_vectors, length=np.full(len(matcher.program_vectors), program_letters))
        return matcher.scoring.scored(x, y).parts

    short, one_long, long = parts(1.0, 1.0), parts(LONG_TEXT, 1.0), parts(LONG_TEXT, LONG_TEXT)

    for name in LIMITS_BY_LENGTH:
        assert np.array_equal(short[name], one_long[name])
        assert (long[name] >= short[name]).all()
        assert (long[name] > short[name]).any()


@SOME
@given(profiles.startups, profiles.programs, st.data())
def test_adding_a_technology_that_the_program_has_never_lowers_the_score(matcher, startup, program, data):
    assume(program.technologies)
    added = data.draw(st.sampled_from(program.technologies))
    theirs = matcher.program_pool([program])

    before = row(matcher, startup, theirs)[program.id]
    after = row(matcher, replace(startup, technologies=(*startup.technologies, added)), theirs)[program.id]

    assert after >= before


@SOME
@given(profiles.startups, st.sampled_from(["needs", "languages", "stage"]), profiles.open_calls)
def test_a_fact_that_the_program_asks_for_never_lowers_the_score_when_it_was_unknown(matcher, startup, fact, program):
    asked = {"needs": program.support, "languages": program.languages, "stage": program.stages}[fact]
    assume(asked)
    unknown = replace(startup, **{fact: None if fact == "stage" else ()})
    known = replace(startup, **{fact: asked[0] if fact == "stage" else asked})
    theirs = matcher.program_pool([program])

    assert row(matcher, known, theirs)[program.id] >= row(matcher, unknown, theirs)[program.id]


@SOME
@given(profiles.startups)
def test_the_order_and_doubling_of_listed_values_change_nothing(matcher, programs, startup):
    turned = replace(
        startup,
        technologies=startup.technologies[::-1] * 2,
        needs=startup.needs[::-1] * 2,
        languages=startup.languages[::-1] * 2,
    )

    assert row(matcher, turned, programs) == row(matcher, startup, programs)


@SOME
@given(profiles.startups, st.sampled_from(Rules))
def test_a_reference_is_never_ranked(matcher, programs, startup, rules):
    references = {program.id for program in programs.profiles if not program.is_ranked}

    matches = matcher.programs_for(startup, programs, on=ON, limit=10_000, rules=rules)

    assert references
    assert references.isdisjoint({match.program_id for match in matches})


@pytest.mark.parametrize("rules", Rules)
def test_a_reference_has_no_candidates(matcher, startups, rules):
    reference = next(program for program in bundled.small().programs if not program.is_ranked)

    assert matcher.startups_for(reference, startups, on=ON, rules=rules) == ()


@SOME
@given(profiles.startups, st.permutations(["c", "a", "b", "A", "10", "9"]))
def test_equal_scores_stand_in_the_order_of_their_ids(matcher, startup, ids):
    program = bundled.small().programs[0]
    twins = matcher.program_pool([replace(program, id=key, family="one") for key in ids])

    matches = matcher.programs_for(startup, twins, **EVERYTHING)

    assert [match.program_id for match in matches] == sorted(ids)


@SOME
@given(profiles.startups, st.integers(0, 40), st.integers(0, 40), st.sampled_from(Rules))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(matcher, programs, startup, one, other, rules):
    short, long = sorted((one, other))

    longer = matcher.programs_for(startup, programs, on=ON, limit=long, rules=rules)

    assert longer[:short] == matcher.programs_for(startup, programs, on=ON, limit=short, rules=rules)


@SOME
@given(profiles.open_calls, st.integers(0, 70), st.integers(0, 70), st.sampled_from(Rules))
def test_a_shorter_list_of_candidates_is_the_beginning_of_a_longer_one(matcher, startups, program, one, other, rules):
    short, long = sorted((one, other))

    longer = matcher.startups_for(program, startups, on=ON, limit=long, rules=rules)

    assert longer[:short] == matcher.startups_for(program, startups, on=ON, limit=short, rules=rules)


@SOME
@given(profiles.startups)
def test_ranks_count_from_1_and_scores_fall(matcher, programs, startup):
    matches = matcher.programs_for(startup, programs, **EVERYTHING)

    assert [match.rank for match in matches] == [*range(1, len(matches) + 1)]
    assert [m.units for m in matches] == sorted((m.units for m in matches), reverse=True)


@SOME
@given(profiles.startups)
def test_rules_take_pairs_out_and_move_no_score(matcher, programs, startup):
    everything = matcher.programs_for(startup, programs, **{**EVERYTHING, "rules": Rules.INCLUDE_INELIGIBLE})

    left = matcher.programs_for(startup, programs, on=ON, limit=100, include_known=True)

    assert listed(left) == listed(m for m in everything if m.verdict is not Verdict.INELIGIBLE)
    assert listed(everything) == listed(matcher.programs_for(startup, programs, **EVERYTHING))


@pytest.mark.parametrize("rows", [1, 7, 1_000])
def test_however_many_rows_are_summed_at_once_the_scores_are_the_same(matcher, startups, programs, rows, monkeypatch):
    own = matcher.vectoriser.own_pasts(startups.vectors, programs.vectors)
    whole = matcher.scoring.scored(startups.vectors, programs.vectors, own).units()
    monkeypatch.setattr(score, "TILE", rows * len(programs))

    found = matcher.plane(startups, programs).units

    assert np.array_equal(found, whole)


@pytest.mark.parametrize("block", BLOCKS)
@FEW
@given(startup=profiles.startups)
def test_leaving_a_block_out_takes_its_part_and_no_other(matcher, programs, block, startup):
    x = matcher.startup_pool([startup]).vectors
    whole, rest = (m.scoring.scored(x, programs.vectors).parts for m in (matcher, matcher.without(block)))

    assert all(
        not part.any() if BLOCK_OF[name] == block else np.array_equal(part, whole[name]) for name, part in rest.items()
    )


@FEW
@given(profiles.startups, profiles.open_calls, st.sampled_from(BLOCKS))
def test_a_block_that_is_left_out_gives_no_reason_and_never_adds_points(matcher, startup, program, block):
    whole, rest = matcher.shares(startup, program), matcher.without(block).shares(startup, program)

    assert block not in {share.block for share in rest}
    assert sum(share.units for share in rest) <= sum(share.units for share in whole)


@SOME
@given(profiles.startups)
def test_without_outcomes_there_is_no_track_record(beginner, startup):
    matches = beginner.programs_for(startup, beginner.program_pool(bundled.small().programs), **EVERYTHING)

    assert all(share.block != "track_record" for match in matches for share in match.reasons)
    assert all(match.chance is None for match in matches)


def test_with_outcomes_past_participants_count(matcher, startups, programs):
    blocks = [
        s.block
        for startup in startups.profiles
        for m in matcher.programs_for(startup, programs, **EVERYTHING)
        for s in m.reasons
    ]

    assert "track_record" in blocks


EMPTY = [
    Startup("s"),
    Startup("s", summary=""),
    Startup("s", summary=" \u200b "),
    Startup("s", summary="🙂 … !!!", technologies=("",)),
    Startup("s", summary="漢字かな عربى", region="", industry="", languages=("",)),
]


@pytest.mark.parametrize("startup", EMPTY)
def test_a_profile_that_says_nothing_is_scored(matcher, programs, startup):
    matches = matcher.programs_for(startup, programs, **EVERYTHING)

    assert len(matches) == sum(program.is_ranked for program in programs.profiles)
    assert all(0 <= match.units < FULL_SCORE_UNITS for match in matches)


def test_a_program_that_says_nothing_is_scored(matcher, startups):
    matches = matcher.startups_for(Program("p"), startups, **EVERYTHING)

    assert len(matches) == len(startups)


def test_empty_pools_give_empty_lists(matcher):
    assert matcher.programs_for(Startup("s"), matcher.program_pool([]), on=ON) == ()
    assert matcher.startups_for(Program("p"), matcher.startup_pool([]), on=ON) == ()
    assert matcher.plane(matcher.startup_pool([]), matcher.program_pool([])).units.shape == (0, 0)


def test_a_text_of_fifty_pages_is_scored_by_what_is_read_of_it(matcher, programs):
    sentences = profiles.KOREAN + profiles.ENGLISH
    pages = " ".join(sentences * (150_000 // len(" ".join(sentences)) + 1))[:150_000]

    scores = row(matcher, Startup("s", summary=pages), programs)

    assert scores == row(matcher, Startup("s", summary=pages[: MOST_CHARACTERS + 1_000]), programs)


def test_a_long_text_is_read_alike_in_composed_and_decomposed_letters(matcher, programs):
    pages = " ".join(profiles.KOREAN * 3)[:30_000]

    found = [row(matcher, Startup("s", summary=unicodedata.normalize(f, pages)), programs) for f in ("NFC", "NFD")]

    assert found[0] == found[1]


def test_a_korean_profile_finds_its_english_program_and_the_reverse(matcher):
    korean = "병원 영상에서 폐암을 찾아내는 인공지능 진단 소프트웨어를 개발한다."
    english = "We look for startups with AI software that detects lung cancer in hospital images."
    other = "We look for startups that grow strawberries and lettuce in vertical farms."
    pool = matcher.program_pool([Program("farm", summary_en=other), Program("hospital", summary_en=english)])

    [best, _] = matcher.programs_for(Startup("s", summary=korean), pool, **EVERYTHING)

    assert best.program_id == "hospital"
