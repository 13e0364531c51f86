import doctest
import importlib
import pkgutil

import numpy as np
import pytest

import matching

MODULES = sorted(
    found.name for found in pkgutil.walk_packages(matching.__path__, prefix="matching.")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    module = importlib.import_module(name)
    found = doctest.testmod(module, extraglobs={"np": np}, optionflags=doctest.ELLIPSIS)
    assert found.failed == 0


def test_there_are_examples():
    modules = map(importlib.import_module, MODULES)
    assert sum(doctest.testmod(module, extraglobs={"np": np}).attempted for module in modules) > 8


def test_every_public_name_is_there_and_explained():
    for name in matching.__all__:
        public = getattr(matching, name)
        assert not callable(public) or public.__doc__
