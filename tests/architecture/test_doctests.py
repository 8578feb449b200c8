"""The examples in the docstrings are true."""

import doctest
from importlib import import_module

import pytest

from tests.architecture import source

WITH_EXAMPLES = [
    module.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for module in source.modules("model", "training", "service", "benchmarks", "docs")
    if ">>> " in module.text
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_of_a_docstring_are_true(module):
    result = doctest.testmod(import_module(module))

    assert result.attempted > 0
    assert result.failed == 0
