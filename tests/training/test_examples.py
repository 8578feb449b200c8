"""Every example in a docstring of the training rooms is true."""

import doctest
import importlib
import pkgutil

import pytest

import training

MODULES = sorted(module.name for module in pkgutil.walk_packages(training.__path__, "training."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_metric_shows_an_example():
    public = [name for name in vars(importlib.import_module("training.metrics")) if name.islower() and name[0] != "_"]
    tests = doctest.DocTestFinder().find(importlib.import_module("training.metrics"))
    shown = {test.name.rpartition(".")[2] for test in tests if test.examples}
    functions = {n for n in public if getattr(getattr(training.metrics, n), "__module__", "") == "training.metrics"}

    assert functions <= shown
