import doctest
import importlib
import inspect
import pkgutil
import types

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


def functions_that_a_user_calls():
    """Every public function, and every public method and property of a public class."""
    for name in matching.__all__:
        public = getattr(matching, name)
        if inspect.isfunction(public):
            yield name, public
        elif inspect.isclass(public) and not getattr(public, "_is_protocol", False):
            for method, what in vars(public).items():
                if not method.startswith("_") and isinstance(what, METHODS):
                    yield f"{name}.{method}", what


METHODS = (types.FunctionType, classmethod, staticmethod, property)


@pytest.mark.parametrize(
    "function", [pytest.param(what, id=name) for name, what in functions_that_a_user_calls()]
)
def test_what_a_user_calls_has_an_example(function):
    assert ">>> " in function.__doc__
