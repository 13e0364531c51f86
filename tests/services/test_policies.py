from dataclasses import replace
from fractions import Fraction

import pytest

from tandem.errors import NotAllowed, NotFound
from tandem.models import AuditEvent, PolicyVersion
from tandem.services import policies


@pytest.fixture
def programme(session, make):
    programme = make.programme()
    policies.add_default(session, programme, actor=None)
    return programme


@pytest.fixture
def in_force(session, programme):
    return policies.terms(policies.current(session, programme))


def adopt(session, programme, actor, draft, seen_number=1):
    return policies.adopt(session, draft, programme=programme, actor=actor, seen_number=seen_number)


def test_a_programme_begins_with_the_default_policy_of_the_engine(session, make):
    programme = make.programme()
    added = policies.add_default(session, programme, actor=None)
    assert policies.current(session, programme) is added
    assert sum(policies.weights(added).values()) == 10_000
    assert policies.weights(added)["occupation"] == 2500


def test_who_added_it_is_written_down(session, make):
    programme = make.programme()
    actor = make.coordinator(programme)
    added = policies.add_default(session, programme, actor=actor)
    event = session.query(AuditEvent).filter_by(action="add_policy").one()
    assert (event.subject_id, event.account_id) == (added.id, actor.id)


def test_an_adopted_policy_is_in_force_under_the_next_number(session, programme, actor, in_force):
    draft = replace(in_force, weights={"needs": 4000, "sector": 6000}, aim="fair", reach_km=40)
    adopted = adopt(session, programme, actor, draft)
    assert policies.current(session, programme) is adopted
    assert policies.terms(adopted) == draft
    assert (adopted.number, adopted.account_id, adopted.is_trial) == (2, actor.id, False)
    assert "version = 2" in adopted.content
    event = session.query(AuditEvent).filter_by(action="adopt_policy").one()
    assert (event.subject_id, event.account_id) == (adopted.id, actor.id)


def test_what_is_in_force_already_is_not_written_again(session, programme, actor, in_force):
    assert adopt(session, programme, actor, in_force).number == 1
    assert session.query(PolicyVersion).filter_by(programme_id=programme.id).count() == 1


def test_a_policy_that_was_changed_meanwhile_is_not_overwritten(
    session, programme, actor, in_force
):
    """TRUST E17."""
    adopt(session, programme, actor, replace(in_force, aim="fair"))
    with pytest.raises(policies.PolicyChanged):
        adopt(session, programme, actor, replace(in_force, aim="best"))
    assert policies.terms(policies.current(session, programme)).aim == "fair"


def test_a_policy_that_was_only_tried_is_not_in_force(session, programme, actor, in_force):
    content = policies.write_terms(replace(in_force, aim="best"), number=99)
    tried = policies.add_trial(session, content, programme=programme, actor=actor)
    assert (tried.number, tried.is_trial) == (2, True)
    assert policies.current(session, programme).number == 1
    again = policies.add_trial(session, content, programme=programme, actor=actor)
    assert again is tried


def test_a_tried_policy_can_be_adopted(session, programme, actor, in_force):
    draft = replace(in_force, aim="best")
    content = policies.write_terms(draft, number=0)
    policies.add_trial(session, content, programme=programme, actor=actor)
    adopted = adopt(session, programme, actor, draft)
    assert (adopted.number, policies.current(session, programme).number) == (3, 3)


def test_trying_what_is_in_force_makes_no_version(session, programme, actor, in_force):
    content = policies.write_terms(in_force, number=7)
    assert policies.add_trial(session, content, programme=programme, actor=actor).number == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {"needs": 9_999}},
        {"weights": {"needs": 10_001}},
        {"weights": {"needs": 11_000, "sector": -1_000}},
        {"weights": {"needs": float("nan")}},
        {"weights": {}},
        {"weights": {"nationality": 10_000}},
        {"aim": "cheapest"},
        {"floor": 10_001},
        {"floor": -1},
        {"reach_km": float("nan")},
        {"reach_km": float("inf")},
        {"reach_km": -1},
        {"rules": {"language_floor": "D7"}},
        {"rules": {"level_floor": 9}},
        {"rules": {"origin": True}},
    ],
)
def test_what_is_no_valid_policy_is_refused(session, programme, actor, in_force, wrong):
    with pytest.raises(policies.PolicyRefused):
        adopt(session, programme, actor, replace(in_force, **wrong))
    assert policies.current(session, programme).number == 1


@pytest.mark.parametrize("content", ["[weights]\nneeds = 1", "weights = 3", "aim = 'nan", "x = 1"])
def test_a_trial_that_is_no_policy_is_refused(session, programme, actor, content):
    with pytest.raises(policies.PolicyRefused):
        policies.add_trial(session, content, programme=programme, actor=actor)


def test_shares_of_any_sum_become_weights_of_ten_thousand():
    thirds = {name: Fraction(1) for name in ("sector", "needs", "language")}
    weights = policies.scale(thirds)
    assert sum(weights.values()) == 10_000
    assert set(weights.values()) == {3333, 3334}
    shares = {"occupation": Fraction(25), "needs": Fraction(75), "reach": Fraction(0)}
    assert policies.scale(shares) == {"occupation": 2500, "needs": 7500}
    assert policies.scale({"needs": Fraction(1, 100)}) == {"needs": 10_000}


def test_a_policy_in_which_nothing_counts_is_refused():
    with pytest.raises(policies.NothingCounts):
        policies.scale({"needs": Fraction(0)})


def test_versions_are_listed_newest_first_and_found_by_number(session, programme, actor, in_force):
    adopt(session, programme, actor, replace(in_force, aim="fair"))
    listed = policies.list_versions(session, programme, actor=actor, most=9)
    assert [version.number for version in listed] == [2, 1]
    assert listed[0].account is actor
    found = policies.get_version(session, 1, programme=programme, actor=actor)
    assert found is listed[1]
    with pytest.raises(NotFound):
        policies.get_version(session, 3, programme=programme, actor=actor)


def test_only_coordinators_of_the_programme_may_touch_its_policy(
    session, make, programme, in_force
):
    stranger = make.coordinator()
    with pytest.raises(NotAllowed):
        adopt(session, programme, stranger, in_force)
    with pytest.raises(NotAllowed):
        policies.list_versions(session, programme, actor=stranger, most=9)
    with pytest.raises(NotAllowed):
        policies.add_trial(session, "aim = 'fair'", programme=programme, actor=stranger)
    with pytest.raises(NotAllowed):
        policies.get_version(session, 1, programme=programme, actor=stranger)
