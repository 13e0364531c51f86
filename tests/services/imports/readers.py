"""Readers tried on single cells."""

from tandem.services.imports.asking import Asking
from tandem.services.imports.understood import Sure


def outcome(reader, text, **answers):
    return reader(text, Asking(answers.get("answers", {})))


def values(reader, text, answers=None):
    found = reader(text, Asking(answers or {})).values
    return {name: known.value for name, known in found.items()}


def value(reader, text, answers=None):
    [known] = reader(text, Asking(answers or {})).values.values()
    assert known.shown == text
    return known.value, known.sure.value


def asks(reader, text):
    asking = Asking({})
    found = reader(text, asking)
    keys = [key for known in found.values.values() for key in known.asks]
    assert sorted(keys) == sorted(question.key for question in asking.questions())
    assert all(known.sure is Sure.UNKNOWN for known in found.values.values() if known.asks)
    return keys
