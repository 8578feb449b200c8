"""The house's style holds in every module, and each check sees what it is there to see."""

import pytest

from tests.architecture import source
from tests.architecture.source import LONGEST_FILE, Module

EVERYWHERE = source.modules()


def test_every_module_opens_with_one_sentence():
    assert [place for module in EVERYWHERE for place in source.without_sentence(module)] == []


def test_no_file_is_longer_than_four_hundred_lines():
    assert [module.name for module in EVERYWHERE if module.text.count("\n") > LONGEST_FILE] == []


def test_no_room_has_a_name_that_says_nothing():
    assert [place for module in EVERYWHERE for place in source.empty_names(module)] == []


def test_nothing_that_is_read_is_executed():
    assert [place for module in EVERYWHERE for place in source.executing_calls(module)] == []


def test_the_model_is_handed_the_day_and_the_settings():
    assert [place for module in source.modules("model") for place in source.outside_facts(module)] == []


def test_every_exception_to_a_rule_carries_its_reason():
    assert [place for module in EVERYWHERE for place in source.bare_exceptions(module)] == []


@pytest.mark.parametrize("text", ["x = 1", '"""No sentence"""', ""])
def test_a_module_without_an_opening_sentence_is_seen(text):
    assert source.without_sentence(Module("m.py", text)) == ["m.py"]


def test_a_long_body_is_counted_without_its_docstring():
    body = "\n".join(["    x = 1"] * 41)

    assert source.body_lengths(Module("m.py", f'def f():\n    """One."""\n{body}\n')) == [("m.py:1 f", 41)]


@pytest.mark.parametrize("name", ["model/utils.py", "service/common/text.py", "training/base.py"])
def test_a_name_that_says_nothing_is_seen(name):
    assert source.empty_names(Module(name, "")) == [name]


@pytest.mark.parametrize(
    "call", ["eval(x)", "joblib.load(p)", "np.load(p, allow_pickle=True)", "np.load(p, allow_pickle=flag)"]
)
def test_a_call_that_executes_data_is_seen(call):
    assert len(source.executing_calls(Module("m.py", call))) == 1


def test_opening_an_array_without_pickles_is_fine():
    assert source.executing_calls(Module("m.py", "np.load(p, mmap_mode='r', allow_pickle=False)")) == []


@pytest.mark.parametrize("text", ["date.today()", "datetime.datetime.now()", "os.environ['X']"])
def test_reading_the_clock_or_the_environment_is_seen(text):
    assert len(source.outside_facts(Module("m.py", text))) == 1


@pytest.mark.parametrize("line", ["x = 1  # noqa", "x = 1  # noqa: S105", "x = 1  # type: ignore[arg-type]"])
def test_an_exception_without_a_reason_is_seen(line):
    assert source.bare_exceptions(Module("m.py", line)) == ["m.py:1"]


def test_an_exception_with_a_reason_is_fine():
    assert source.bare_exceptions(Module("m.py", "x = 1  # noqa: S105 - a verdict, not a secret")) == []
