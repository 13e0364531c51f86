"""What a policy would make of the people of now: the same as a round, and nothing is kept."""

from dataclasses import replace

import pytest

from tandem.errors import NotAllowed
from tandem.models import ProfileState, Round, Snapshot
from tandem.services import policies, rounds
from tandem.services.matchmaking import previews
from tests.support.solving import decide, solve

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def terms(session, programme):
    return policies.terms(policies.current(session, programme))


@pytest.fixture
def people(make, programme):
    near = make.mentor(programme, topics=["network"])
    fits = make.mentee(programme, topics=["network"], sectors=["86"])
    other = make.mentee(programme, topics=["interview"], sectors=["43"], occupation="222")
    return near, fits, other


def gather(session, programme, actor, round_=None):
    return rounds.gather(session, round_, programme=programme, actor=actor)


def look(gathering, terms):
    return previews.preview(gathering.content, policies.write_terms(terms, number=0), seed=0)


def test_a_preview_pairs_people_under_their_own_keys(session, programme, actor, people, terms):
    near, fits, other = people
    outcome = look(gather(session, programme, actor), terms)
    assert outcome.pairs == {fits.key: near.key}
    assert (outcome.tandems, outcome.asked, outcome.coverage) == (1, 2, 50)
    assert outcome.points == outcome.mean == outcome.scores[outcome.weakest]
    by_sector = look(gather(session, programme, actor), replace(terms, weights={"sector": 10_000}))
    assert (by_sector.pairs, by_sector.points) == ({other.key: near.key}, 10_000)


def test_a_preview_is_what_a_round_then_finds(session, make, programme, actor, people, terms):
    round_ = make.round(programme)
    outcome = look(gather(session, programme, actor, round_), terms)
    [proposal] = solve(session, round_, actor=actor)
    assert outcome.pairs == {proposal.mentee.key: proposal.mentor.key}
    assert outcome.points == proposal.score


def test_a_preview_keeps_nothing(session, programme, actor, people, terms):
    look(gather(session, programme, actor), terms)
    assert not session.new
    assert not session.dirty
    assert session.query(Snapshot).count() == session.query(Round).count() == 0


def test_it_says_for_whom_it_would_be_otherwise_losses_first(
    session, programme, actor, people, terms
):
    near, fits, other = people
    gathering = gather(session, programme, actor)
    before = look(gathering, terms)
    after = look(gathering, replace(terms, weights={"sector": 10_000}))
    assert previews.compare(before, after) == [
        previews.Change(mentee=fits.key, before=near.key, after=None),
        previews.Change(mentee=other.key, before=None, after=near.key),
    ]
    assert previews.compare(before, before) == []


def test_who_paused_or_was_rejected_or_set_aside_is_heeded(
    session, make, programme, actor, people, terms
):
    near, fits, other = people
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, "rejected", actor=actor)
    outcome = look(gather(session, programme, actor, round_), terms)
    assert outcome.pairs == {other.key: near.key}
    assert look(gather(session, programme, actor), terms).pairs == {fits.key: near.key}
    rounds.set_aside(session, round_.key, person_key=other.key, programme=programme, actor=actor)
    assert look(gather(session, programme, actor, round_), terms).pairs == {}
    fits.membership.account.disabled_at = fits.membership.account.confirmed_at
    session.commit()
    assert fits.key not in gather(session, programme, actor).people


def test_a_pin_against_a_rule_of_the_policy_is_refused(session, make, programme, actor, terms):
    mentor = make.mentor(programme, languages={"de": "C2"})
    mentee = make.mentee(programme, languages={"de": "B1"})
    round_ = make.round(programme)
    rounds.pin(
        session,
        round_.key,
        mentor_key=mentor.key,
        mentee_key=mentee.key,
        programme=programme,
        actor=actor,
    )
    gathering = gather(session, programme, actor, round_)
    assert look(gathering, terms).pairs == {mentee.key: mentor.key}
    strict = replace(terms, rules={**terms.rules, "language_floor": "C1"})
    with pytest.raises(previews.NotSolved):
        look(gathering, strict)


def test_without_people_there_is_nothing_to_match(session, make, programme, actor, terms):
    assert not gather(session, programme, actor).can_be_matched
    make.mentor(programme)
    make.mentee(programme, state=ProfileState.PAUSED)
    gathering = gather(session, programme, actor)
    assert not gathering.can_be_matched
    outcome = look(gathering, terms)
    assert (outcome.tandems, outcome.coverage, outcome.mean, outcome.weakest) == (
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("mentors", "mentees", "aims", "quick"),
    [
        (300, 500, ["most", "best"], True),
        (300, 500, ["most", "fair"], False),
        (100, 100, ["fair"], True),
        (1_000, 1_000, ["most"], False),
        (0, 40_000, ["fair"], True),
    ],
)
def test_only_so_many_pairs_are_quick_enough_for_a_page(mentors, mentees, aims, quick):
    content: dict[str, list] = {"mentors": [{}] * mentors, "mentees": [{}] * mentees}
    assert previews.is_quick(content, aims) is quick


def test_strangers_gather_nobody(session, make, programme):
    with pytest.raises(NotAllowed):
        gather(session, programme, make.coordinator())
    with pytest.raises(NotAllowed):
        rounds.open_round_of(session, programme, actor=make.coordinator())
