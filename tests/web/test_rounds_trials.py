"""Trials: what would change is shown pair by pair before it is taken or laid aside."""

from dataclasses import replace

import pytest

from tandem.models import ProfileState, Snapshot
from tandem.services import policies, proposals, rounds
from tests.support.counting import statements
from tests.support.pages import find_form, parse, values_of
from tests.support.solving import decide, publish, solve, solving


@pytest.fixture
def round_(session, make, programme, actor):
    """A round with two pairs and a mentee for whom there is no place."""
    for _ in range(2):
        make.mentor(programme)
    for _ in range(3):
        make.mentee(programme)
    round_ = make.round(programme, name="Autumn")
    solve(session, round_, actor=actor)
    return round_


def url(round_, programme, step=""):
    return f"/{programme.slug}/rounds/{round_.key}{step}"


def of_round(session, round_):
    session.expire_all()
    snapshot = rounds.solved_snapshot(session, round_)
    return proposals.list_proposals(session, snapshot).proposals


def try_again(session, round_, actor):
    """Solve the round again and leave the result waiting."""
    with solving(session, round_, actor=actor):
        pass


def swap(session, round_, programme, actor):
    """Pin the two mentees with each other's mentors, and try it."""
    one, other = of_round(session, round_)
    for mentor, mentee in ((other.mentor, one.mentee), (one.mentor, other.mentee)):
        rounds.pin(
            session, round_.key, mentor_key=mentor.key, mentee_key=mentee.key,
            programme=programme, actor=actor,
        )  # fmt: skip
    try_again(session, round_, actor)
    return one, other


def heading(text):
    return " ".join("".join(parse(text).find(".//h1").itertext()).split())


def test_what_would_change_is_shown_before_it_is_taken(session, staff, programme, actor, round_):
    one, other = swap(session, round_, programme, actor)
    page = staff.get(url(round_, programme, "/outcome"), follow_redirects=True).text
    assert heading(page) == "Autumn: what would change for 2 mentees"
    assert "Nothing is changed yet." in page
    rows = ["".join(row.itertext()) for row in parse(page).iter("tr")]
    moved = next(row for row in rows if one.mentee.name in row)
    assert moved.index(one.mentor.name) < moved.index(other.mentor.name)
    assert "pinned" in moved
    assert "the table below says the same" in page
    assert {each.state.value for each in of_round(session, round_)} == {"open"}


@pytest.mark.parametrize(("weights", "said"), [({"sector": 10_000}, False), (None, True)])
def test_points_of_two_weightings_are_not_compared(
    session, staff, programme, actor, round_, weights, said
):
    now = policies.terms(policies.current(session, programme))
    other = replace(now, weights=weights or now.weights, aim="best")
    policies.adopt(session, other, programme=programme, actor=actor, seen_number=1)
    swap(session, round_, programme, actor)
    page = staff.get(url(round_, programme, "/difference")).text
    lead = "".join(
        next(each for each in parse(page).iter("p") if each.get("class") == "t-lead").itertext()
    )
    assert ("points" in lead or "Costs nothing" in lead) is said
    assert ("As many tandems as now." in lead) is not said
    assert ("Points together" in page) is said
    assert ("are not the same measure" in page) is not said


def test_taking_it_makes_its_pairs_the_proposals(session, staff, programme, actor, round_):
    one, other = swap(session, round_, programme, actor)
    wanted = {(other.mentor_id, one.mentee_id), (one.mentor_id, other.mentee_id)}
    page = staff.submit(
        url(round_, programme, "/difference"), action=url(round_, programme, "/take")
    )
    assert "Taken." in page.text
    found = of_round(session, round_)
    assert {(each.mentor_id, each.mentee_id) for each in found} == wanted
    assert page.text.count("Pinned<") == 2


def test_laying_it_aside_changes_nothing(session, staff, programme, actor, round_):
    before = [each.id for each in of_round(session, round_)]
    swap(session, round_, programme, actor)
    page = staff.submit(
        url(round_, programme, "/difference"), action=url(round_, programme, "/drop")
    )
    assert "Discarded." in page.text
    assert [each.id for each in of_round(session, round_)] == before


def test_everybody_sees_the_trial_that_waits_and_the_slower_one_learns_of_it(
    session, sign_in, make, staff, programme, actor, round_
):
    """E1, E3: the same trial for all; who comes second is told, and nothing is done twice."""
    swap(session, round_, programme, actor)
    action = url(round_, programme, "/take")
    page = parse(staff.get(url(round_, programme, "/difference")).text)
    mine = values_of(find_form(page, action))
    colleague = sign_in(make.coordinator(programme))
    assert "the result waits for you" in colleague.get(url(round_, programme)).text
    colleague.submit(url(round_, programme, "/difference"), action=action)
    late = sign_in(actor)
    form = mine | {"csrf_token": token(late, programme)}
    page = late.post(action, data=form, follow_redirects=True)
    assert "already taken or discarded" in page.text
    assert session.query(Snapshot).filter(Snapshot.taken_at.is_not(None)).count() == 2


def token(client, programme):
    page = parse(client.get(f"/{programme.slug}/rounds/").text)
    return page.find(".//input[@name='csrf_token']").get("value")


def test_a_trial_that_knows_nothing_of_a_decision_is_not_taken(
    session, staff, programme, actor, round_
):
    """E5: no wrong tandem comes of it."""
    try_again(session, round_, actor)
    action = url(round_, programme, "/take")
    form = values_of(
        find_form(parse(staff.get(url(round_, programme, "/difference")).text), action)
    )
    decide(session, of_round(session, round_)[0], actor=actor)
    page = staff.post(action, data=form, follow_redirects=True)
    assert "Meanwhile somebody decided or adjusted something" in page.text
    assert "Take it" not in page.text
    assert "Solve again" in page.text


def test_nothing_changed_is_said_as_well(session, staff, programme, actor, round_):
    try_again(session, round_, actor)
    page = staff.get(url(round_, programme, "/difference")).text
    assert heading(page) == "Autumn: nothing would change"
    assert "Every pair stays as it is" in page


def test_who_joined_or_left_is_named(session, staff, make, programme, actor, round_):
    joined = make.mentee(programme)
    left = of_round(session, round_)[0].mentee
    profile = of_round(session, round_)[0].mentee_profile
    profile.state = ProfileState.PAUSED
    make.save(profile)
    try_again(session, round_, actor)
    page = staff.get(url(round_, programme, "/difference")).text
    assert joined.name in page.partition("New in the round")[2]
    assert left.name in page.partition("No longer in the round")[2]


def test_the_smallest_change_is_tried_but_cannot_be_taken(session, staff, programme, actor, round_):
    page = staff.get(url(round_, programme)).text
    assert "accompanies one mentee more, and works with" in page
    assert "It costs nobody anything." in page
    action = url(round_, programme, "/suppose")
    form = find_form(parse(page), action)
    button = form.find(".//button[@name='kind']")
    sent = values_of(form) | {"kind": button.get("value")}
    assert "is being solved" in staff.post(action, data=sent, follow_redirects=True).text
    publish(session, round_)
    page = staff.get(url(round_, programme, "/difference")).text
    assert heading(page) == "Autumn: just suppose"
    assert "first whether there is time for one mentee more" in page
    assert "gets a proposal" in page
    assert f'action="{url(round_, programme, "/take")}"' not in page
    assert (
        "Discarded"
        in staff.submit(
            url(round_, programme, "/difference"), action=url(round_, programme, "/drop")
        ).text
    )


def test_what_cannot_be_supposed_is_refused_with_the_reason(
    session, make, staff, programme, round_
):
    one = of_round(session, round_)[0]
    far = make.mentee(programme, postal_code="80331")
    page = staff.post(
        url(round_, programme, "/suppose"),
        data={
            "csrf_token": token(staff, programme), "kind": "same_gender",
            "mentor": one.mentor.key, "mentee": far.key,
        },
        follow_redirects=True,
    )  # fmt: skip
    assert "The rules keep the two apart" in page.text


@pytest.mark.parametrize("step", ["take", "drop", "suppose", "undo"])
def test_a_form_that_says_nothing_changes_nothing(staff, programme, round_, step):
    data = {"csrf_token": token(staff, programme)}
    answer = staff.post(url(round_, programme, f"/{step}"), data=data)
    assert answer.status_code == 422
    assert "missing or not right yet" in answer.text


def test_the_difference_asks_at_most_twelve_times(session, staff, programme, actor, round_):
    swap(session, round_, programme, actor)
    address = url(round_, programme, "/difference")
    session.commit()
    staff.before_each = lambda: None
    with statements(session) as seen:
        assert staff.get(address).status_code == 200
    assert len(seen) <= 12, seen
