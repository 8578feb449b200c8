"""Each field is declared once: the dataclass has its type, one table everything else."""

from dataclasses import fields

import pytest

from model.domain import Program, Startup
from model.fields import CODES, FIELDS, Holds, fields_of
from model.vocabulary.codes import Codes
from tests.support.bundled import DATA

VOCABULARY = Codes.from_folder(DATA / "vocabularies")


@pytest.mark.parametrize("record", FIELDS, ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_declared(record):
    assert set(FIELDS[record]) == {field.name for field in fields(record)}


@pytest.mark.parametrize("record", [Startup, Program], ids=lambda record: record.__name__)
def test_no_two_fields_have_the_same_label(record):
    labels = [field.label(language) for field in fields_of(record) for language in ("ko", "en")]

    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("record", FIELDS, ids=lambda record: record.__name__)
def test_every_choice_names_the_list_of_codes_that_its_type_allows(record):
    for field in fields_of(record):
        if field.holds in (Holds.CHOICE, Holds.CHOICES):
            listed = CODES[field.codes] if field.codes in CODES else getattr(VOCABULARY, field.codes).by_code
            assert field.choices is None or set(listed) == set(field.choices)
