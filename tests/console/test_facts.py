"""A page lists every declared field that belongs on it, whatever it holds."""

import pytest
from flask import Flask, g
from hypothesis import given

from model.fields import Holds, fields_of, label
from service.console.wire.facts import _WORDS, facts
from service.console.wire.names import VocabularyNames
from tests.support import records
from tests.support.bundled import vocabularies


def test_whatever_a_field_may_hold_has_words():
    assert set(_WORDS) == set(Holds)


@pytest.mark.parametrize("language", ["ko", "en"])
@given(startup=records.startups(), program=records.programs())
def test_every_field_of_the_page_is_listed_with_its_name(language, startup, program):
    with Flask("test").test_request_context():
        g.language = language
        for record in (startup, program):
            listed = facts(record, VocabularyNames(vocabularies(), language))

            on_page = [field for field in fields_of(type(record)) if field.is_on_page]
            assert [fact.label for fact in listed] == [label(type(record), field.name, language) for field in on_page]
