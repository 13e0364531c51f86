"""A round whose mentees have a choice, and how they are asked and answer."""

from functools import partial

import pytest

from tests.support import asking
from tests.support.solving import solve


@pytest.fixture
def mentors(make, programme):
    return [make.mentor(programme) for _ in range(4)]


@pytest.fixture
def mentees(make, programme):
    return [make.mentee(programme) for _ in range(2)]


@pytest.fixture
def solved(session, make, programme, actor, mentors, mentees):
    """A round whose mentees have a choice."""
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    return round_


@pytest.fixture
def ask(session, actor):
    return partial(asking.ask, session, actor=actor)


@pytest.fixture
def answer(session):
    return partial(asking.answer, session)
