"""Before a round: who takes part, who waits, who came and went, and by what policy it goes."""

import pytest

from tandem.clock import now
from tandem.models import ProfileState, Round
from tandem.services import policies, rounds
from tandem.services.matchmaking import rounds as matchmaking
from tandem.work import claim
from tests.support import pairs
from tests.support.counting import statements
from tests.support.pages import parse
from tests.support.solving import LEASE, solve

pytestmark = pytest.mark.usefixtures("policy")

MOST_STATEMENTS = 12


@pytest.fixture
def pair(make, programme):
    return make.mentor(programme), make.mentee(programme)


def prepare(staff, programme, round_):
    page = parse(staff.get(f"/{programme.slug}/rounds/{round_.key}?step=prepare").text)
    return {
        section.get("aria-labelledby"): " ".join("".join(section.itertext()).split())
        for section in page.iter("section")
    }


def close_without_tandems(session, make, programme, actor, times=1):
    for _ in range(times):
        round_ = make.round(programme)
        solve(session, round_, actor=actor)
        rounds.close_round(session, round_.key, programme=programme, actor=actor)


def test_everyone_who_is_in_is_named_with_the_way_to_their_page(staff, make, programme, pair):
    mentor, mentee = pair
    round_ = make.round(programme)
    said = prepare(staff, programme, round_)
    assert mentee.name in said["in-mentee"]
    assert mentor.name in said["in-mentor"]
    page = staff.get(f"/{programme.slug}/rounds/{round_.key}").text
    assert f'href="/{programme.slug}/people/{mentee.key}"' in page


def test_the_policy_is_said_in_words_with_the_way_to_try_another(staff, make, programme, pair):
    said = prepare(staff, programme, make.round(programme))["policy"]
    assert "version 1 of the policy" in said
    assert "Occupation 2,500" in said
    assert "Aim: As many tandems as possible" in said
    assert "They share a language well enough: level B1" in said
    assert "Try other weights, rules or aims" in said


def test_a_policy_that_the_round_tries_is_told_as_such(
    session, staff, make, programme, actor, pair
):
    round_ = make.round(programme)
    rounds.request_trial(
        session, round_.key, programme=programme, actor=actor, policy='aim = "fair"'
    )
    work = claim(session, Round, now=now(), lease=LEASE, only=Round.id == round_.id)
    task = matchmaking.begin(session, work, most_attempts=1)
    result = matchmaking.solve(task, lambda _step, _done, _total: None)
    matchmaking.publish(session, work, result)
    said = prepare(staff, programme, round_)["policy"]
    assert "version 2 of the policy, tried in this round only" in said
    assert "Aim: Nobody badly off" in said
    assert policies.current(session, programme).number == 1


def test_who_joined_and_who_left_since_the_round_was_solved_is_told(
    session, staff, make, programme, actor, pair
):
    _mentor, mentee = pair
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    assert "since" not in prepare(staff, programme, round_)
    late = make.mentee(programme)
    mentee.membership.account.disabled_at = mentee.membership.account.confirmed_at
    session.commit()
    said = prepare(staff, programme, round_)["since"]
    assert f"One person has joined {late.name}" in said
    assert f"One person is no longer in {mentee.name}" in said


def test_who_waited_is_told_the_longest_wait_first(session, staff, make, programme, actor, pair):
    _mentor, mentee = pair
    close_without_tandems(session, make, programme, actor)
    later = make.mentee(programme)
    close_without_tandems(session, make, programme, actor)
    said = prepare(staff, programme, make.round(programme))
    assert f"2 rounds (1) {mentee.name} 1 round (1) {later.name}" in said["waited"]
    assert "Having waited does not count in this policy." in said["waited"]


def test_a_round_can_be_opened_for_those_who_wait_only(
    session, staff, make, programme, actor, pair
):
    _mentor, mentee = pair
    close_without_tandems(session, make, programme, actor)
    new = make.mentee(programme)
    staff.submit(f"/{programme.slug}/rounds/", {"name": "Second try", "who": "waiting"})
    round_ = session.query(Round).filter_by(name="Second try").one()
    assert round_.waiting_only
    said = prepare(staff, programme, round_)
    assert mentee.name in said["in-mentee"]
    assert f"Has not been left without a tandem before (1) {new.name}" in said["out-mentee"]
    assert "only for those who wait" in staff.get(f"/{programme.slug}/rounds/").text
    [proposal] = solve(session, round_, actor=actor)
    assert proposal.mentee_id == mentee.id


def test_a_round_is_opened_for_everyone_unless_somebody_says_otherwise(session, staff, programme):
    staff.submit(f"/{programme.slug}/rounds/", {"name": "Autumn"})
    assert not session.query(Round).one().waiting_only


def test_whom_a_round_is_for_must_be_one_of_the_choices(session, staff, programme):
    page = staff.submit(f"/{programme.slug}/rounds/", {"name": "Autumn", "who": "men"})
    assert page.status_code == 422
    assert session.query(Round).count() == 0


def test_when_nobody_waits_a_round_for_those_who_wait_has_nobody(staff, make, programme, pair):
    round_ = make.round(programme, waiting_only=True)
    said = prepare(staff, programme, round_)
    assert "No mentee with a profile in force waits" in said["in-mentee"]
    page = staff.get(f"/{programme.slug}/rounds/{round_.key}").text
    assert "There is nobody to bring together yet" in page


def test_whom_the_round_would_set_aside_for_a_gap_stands_first(
    session, staff, make, programme, pair
):
    make.mentee(programme, level=None)
    mute = make.mentee(programme)
    pairs.in_force(session, mute).language_skills = []
    session.commit()
    said = prepare(staff, programme, make.round(programme))["gaps"]
    assert said.index(mute.name) < said.index("Level of qualification")
    assert "the round sets this person aside" in said


def test_gaps_are_counted_on_top_and_named_as_each_side_calls_them(staff, make, programme):
    make.mentee(programme, topics=[], occupation=None)
    make.mentor(programme, topics=[])
    round_ = make.round(programme)
    said = prepare(staff, programme, round_)["gaps"]
    assert "Occupation, Needs" in said
    assert "Offers" in said
    page = staff.get(f"/{programme.slug}/rounds/{round_.key}").text
    assert '<dd><a class="t-link" href="#gaps">2</a></dd>' in page


def test_whom_a_coordinator_set_aside_is_not_in_and_told_so(
    session, staff, make, programme, actor, pair
):
    _mentor, mentee = pair
    round_ = make.round(programme)
    rounds.set_aside(session, round_.key, person_key=mentee.key, programme=programme, actor=actor)
    said = prepare(staff, programme, round_)
    assert f"You set them aside for this round (1) {mentee.name}" in said["out-mentee"]


def test_many_names_are_folded_and_the_rest_is_found_among_the_people(
    staff, make, programme, monkeypatch
):
    monkeypatch.setattr("tandem.web.rounds.preparing._MOST", 14)
    for _ in range(16):
        make.mentee(programme, state=ProfileState.PAUSED)
    said = prepare(staff, programme, make.round(programme))["out-mentee"]
    assert "Taking a break (16)" in said
    assert "4 more" in said
    assert "Find 2 more among the people" in said


@pytest.mark.slow
def test_preparing_asks_the_database_the_same_whatever_the_number_of_rows(
    session, staff, make, programme, actor, pair
):
    close_without_tandems(session, make, programme, actor)
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    for _ in range(40):
        make.mentee(programme, state=ProfileState.PAUSED)
        make.mentee(programme, level=None)
    address = f"/{programme.slug}/rounds/{round_.key}?step=prepare"
    staff.before_each = lambda: None
    session.commit()
    with statements(session) as seen:
        assert staff.get(address).status_code == 200
    assert len(seen) <= MOST_STATEMENTS, seen
