"""The examples in the model's own documentation are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import model

MODULES = [module.name for module in pkgutil.walk_packages(model.__path__, "model.")]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_in_the_documentation_is_true(name):
    failed, _ = doctest.testmod(import_module(name))

    assert failed == 0


def test_the_model_s_arithmetic_has_examples():
    counts = {name: doctest.testmod(import_module(name)).attempted for name in MODULES}

    taught = ("model.scoring.score", "model.scoring.ranking", "model.text.analysis", "model.scoring.chance")
    assert all(counts[name] for name in taught)
