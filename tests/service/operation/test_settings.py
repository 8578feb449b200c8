"""Settings come from the environment, and only from names that are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import ServiceError
from service.settings import Settings, from_environment


def test_a_variable_without_the_prefix_changes_nothing() -> None:
    found = from_environment({"HOME": "/root", "PORT": "1", "LANGUAGE": "xx", "IEUM_WORKERS": "1"})

    assert found == Settings(workers=1)


def test_an_empty_value_counts_as_absent() -> None:
    assert from_environment({"IEUM_PORT": ""}).port == Settings().port


@pytest.mark.parametrize("bad", ["x", "-1", "65536", "1.5", "８０００", "0x50"])
def test_a_port_that_is_none_is_refused_by_name(bad: str) -> None:
    with pytest.raises(ServiceError) as refused:
        from_environment({"IEUM_PORT": bad})

    assert refused.value.code == "bad_setting"
    assert "IEUM_PORT" in refused.value.explained("ko").what


def test_the_database_stands_in_the_home_unless_it_is_named() -> None:
    assert from_environment({"IEUM_HOME": "there"}).database == f"sqlite:///{Path('there/ieum.db')}"
    assert from_environment({"IEUM_DATABASE_URL": "postgresql://db/ieum"}).database == "postgresql://db/ieum"
