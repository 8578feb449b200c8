"""What was taken from a program's text is set aside, what a startup says of itself is kept, and both are told."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.attacks import added
from model.blocks.honesty import MOST_REPEATS, RULES, Honesty
from model.blocks.reading import program_text, startup_text
from model.domain import FlagCode, Startup
from model.vectors.corpus import honest
from tests.support import bundled, profiles
from tests.support.effort import SOME

MOST_FLAGGED = 0.02
LONG = [program for program in bundled.whole().programs if len(program_text(program).split()) >= 60]
startups = st.sampled_from(bundled.whole().startups)
programs = st.sampled_from(LONG)


@pytest.fixture(scope="module")
def honesty() -> Honesty:
    """What is learned from the whole sample."""
    return honest(bundled.whole(), bundled.vocabularies())


def codes(flags):
    return {flag.code for flag in flags}


def words(text):
    return text.split()


def test_nearly_all_honest_startups_are_read_as_they_stand(honesty):
    flagged = [startup for startup in bundled.whole().startups if honesty.read(startup_text(startup)).flags]

    assert len(flagged) <= MOST_FLAGGED * len(bundled.whole().startups)


@SOME
@given(profiles.texts.map(lambda told: startup_text(Startup("s", summary=told))))
def test_a_text_without_a_flag_is_kept_to_the_letter(honesty, told):
    kept = honesty.read(told)

    assert kept.flags or kept.text == told


@SOME
@given(profiles.texts.map(lambda told: startup_text(Startup("s", summary=told))), programs)
def test_nothing_is_put_into_a_text_and_its_words_keep_their_order(honesty, told, program):
    told = f"{told} {program_text(program)}"

    kept = honesty.read(told).text

    rest = iter(told)
    assert all(letter in rest for letter in kept if not letter.isspace())


@SOME
@given(startups, programs)
def test_a_pasted_program_is_set_aside_and_the_own_text_is_left(honesty, startup, program):
    told = startup_text(startup)

    kept = honesty.read(startup_text(added(startup, program_text(program))))

    assert FlagCode.COPIED in codes(kept.flags)
    assert len(words(kept.text)) <= len(words(told)) + 0.1 * len(words(program_text(program)))


@SOME
@given(startups, programs, st.integers(0, 1_000))
def test_the_order_of_a_programs_words_hides_nothing(honesty, startup, program, seed):
    taken = words(program_text(program))
    Random(seed).shuffle(taken)

    assert FlagCode.COPIED in codes(honesty.read(startup_text(added(startup, " ".join(taken)))).flags)


@SOME
@given(startups, programs, st.sampled_from("\u200b\u00ad\u202e\u3164\ufeff"))
def test_hidden_characters_hide_nothing(honesty, startup, program, hidden):
    open_text = honesty.read(startup_text(added(startup, program_text(program))))

    assert honesty.read(startup_text(added(startup, hidden.join(program_text(program))))) == open_text


@SOME
@given(startups)
def test_what_is_said_a_third_time_adds_nothing(honesty, startup):
    told = startup_text(startup)
    assume(len(words(told)) >= 5)
    assume(not honesty.read(told).flags)

    often = honesty.read(" ".join([told] * 5))

    assert FlagCode.REPEATED in codes(often.flags)
    assert len(words(often.text)) <= MOST_REPEATS * len(words(told))


@SOME
@given(startups, st.integers(0, 40))
def test_a_list_of_technologies_is_too_long_beyond_the_limit(honesty, startup, count):
    flags = honesty.technologies(count)

    assert bool(flags) == (count > honesty.limits.technologies)


def test_of_a_list_that_is_too_long_only_what_the_text_names_counts(matcher):
    everything = tuple(dict.fromkeys(t for program in bundled.whole().programs for t in program.technologies))
    startup = Startup("s", summary="공장 설비의 이상을 찾아내는 인공지능을 만든다.")

    [greedy] = matcher.vectoriser.reader.startups([replace(startup, technologies=everything)])

    [plain] = matcher.vectoriser.reader.startups([startup])
    assert greedy.tags == plain.tags
    assert codes(matcher.flags(replace(startup, technologies=everything))) == {FlagCode.TECHNOLOGIES}


def test_a_flag_says_more_than_the_limit_was_found(honesty):
    everything = "\n".join(map(program_text, bundled.whole().programs))

    flags = honesty.read(startup_text(Startup("s", summary=everything))).flags

    assert codes(flags) >= {FlagCode.COPIED}
    assert all(flag.measured >= flag.limit for flag in flags)


def test_limits_learned_from_nobody_are_the_least():
    limits = Honesty.fit([], [], []).limits

    assert limits.rows == {rule.code: rule.least for rule in RULES}


def test_a_text_is_read_without_any_program():
    assert Honesty.fit([], [], []).read("로봇을 만든다.").text == "로봇을 만든다."
