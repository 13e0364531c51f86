"""Rows of a round that open, and what can be asked of the next solving there."""

import pytest

from tandem.models import Adjustment, AdjustmentKind, Look, RoundState
from tandem.services import proposals, rounds
from tests.support.counting import statements
from tests.support.pages import find_form, parse, values_of
from tests.support.solving import decide, solve


@pytest.fixture
def actor(make, programme):
    return make.coordinator(programme, first_name="Wiebke", last_name="Thode")


@pytest.fixture
def round_(session, make, programme, actor):
    """A round with two pairs: either mentee could have the other's mentor."""
    for _ in range(2):
        make.mentor(programme)
        make.mentee(programme)
    round_ = make.round(programme, name="Autumn")
    solve(session, round_, actor=actor)
    return round_


@pytest.fixture
def pair(session, round_):
    snapshot = rounds.solved_snapshot(session, round_)
    return proposals.list_proposals(session, snapshot).proposals[0]


def url(round_, programme, step=""):
    return f"/{programme.slug}/rounds/{round_.key}{step}"


def row(pair, programme):
    return f"/{programme.slug}/proposals/{pair.key}/row"


def adjust(staff, pair, programme, kind, **data):
    """Open the row and press one of its buttons."""
    part = parse(f"<!doctype html><main>{staff.get(row(pair, programme)).text}</main>")
    form = next(
        each for each in part.iter("form") if each.find(".//input[@name='reason']") is not None
    )
    sent = values_of(form) | {"kind": kind} | data
    return staff.post(form.get("action"), data=sent, follow_redirects=True)


def in_force(session, round_):
    session.expire_all()
    return [each.kind for each in rounds.list_adjustments(session, round_)]


def test_a_row_opens_to_the_pair_side_by_side_with_what_instead(staff, programme, pair):
    text = staff.get(row(pair, programme)).text
    assert "<html" not in text
    for said in ("Why these two", "Who could come instead", "Costs nothing.", "of 2,500"):
        assert said in text
    for button in ("pin", "forbid", "set_aside_mentee", "set_aside_mentor", "pin_and_solve"):
        assert f'value="{button}"' in text


def test_opening_a_row_is_noted_as_a_look(session, staff, programme, pair):
    """A7: the two can see who looked at what they said about themselves."""
    staff.get(row(pair, programme))
    assert {look.proposal_id for look in session.query(Look)} == {pair.id}
    assert session.query(Look).count() == 2


def test_a_row_asks_at_most_twelve_times(session, staff, programme, pair):
    session.commit()
    staff.before_each = lambda: None
    address = row(pair, programme)
    session.commit()
    with statements(session) as seen:
        assert staff.get(address).status_code == 200
    assert len(seen) <= 12, seen


def test_a_decided_pair_can_be_read_but_not_adjusted(session, staff, programme, actor, pair):
    decide(session, pair, actor=actor)
    text = staff.get(row(pair, programme)).text
    assert "Why these two" in text
    assert "<form" not in text


@pytest.mark.parametrize(
    ("button", "kind"),
    [
        ("pin", AdjustmentKind.PIN),
        ("forbid", AdjustmentKind.FORBID),
        ("set_aside_mentee", AdjustmentKind.SET_ASIDE),
        ("set_aside_mentor", AdjustmentKind.SET_ASIDE),
    ],
)
def test_what_is_asked_shows_to_everybody_with_name_and_reason(
    session, sign_in, make, staff, programme, round_, pair, button, kind
):
    page = adjust(staff, pair, programme, button, reason="They know each other.").text
    assert "It counts when you solve again." in page
    assert in_force(session, round_) == [kind]
    colleague = sign_in(make.coordinator(programme))
    page = colleague.get(url(round_, programme)).text
    assert "What your team asks of the next solving" in page
    assert "They know each other." in page
    assert "Wiebke Thode" in page
    assert "&lt;bdi&gt;" not in page


def test_back_at_the_row_after_adjusting(staff, programme, round_, pair):
    page = parse(adjust(staff, pair, programme, "pin", page="1", name="a").text)
    opened = [each.get("id") for each in page.iter("tr") if each.get("data-open") is not None]
    assert opened == [f"row-{pair.key}"]
    assert "Pinned" in "".join(page.find(f".//tr[@id='row-{pair.key}']").itertext())


def test_an_adjustment_is_undone_by_anybody_of_the_team(
    session, sign_in, make, staff, programme, round_, pair
):
    adjust(staff, pair, programme, "pin")
    colleague = sign_in(make.coordinator(programme))
    undo = url(round_, programme, "/undo")
    form = values_of(find_form(parse(colleague.get(url(round_, programme)).text), undo))
    page = colleague.post(undo, data=form, follow_redirects=True)
    assert "Undone." in page.text
    assert in_force(session, round_) == []
    late = colleague.post(undo, data=form, follow_redirects=True)
    assert "Somebody undid this before you." in late.text


def test_pins_that_contradict_each_other_are_refused_with_the_reason(
    session, staff, programme, round_, pair
):
    adjust(staff, pair, programme, "pin")
    for button in ("forbid", "set_aside_mentee"):
        page = adjust(staff, pair, programme, button).text
        assert "The mentee is pinned already." in page
        assert "Pinned: " in page
        assert "by Wiebke Thode" in " ".join("".join(parse(page).itertext()).split())
    assert in_force(session, round_) == [AdjustmentKind.PIN]


@pytest.mark.parametrize("data", [{"kind": "all"}, {"kind": "pin", "reason": "x" * 201}])
def test_what_cannot_be_read_changes_nothing(session, staff, programme, round_, pair, data):
    page = adjust(staff, pair, programme, **data)
    assert page.status_code == 422
    assert "One entry is missing or not right yet" in page.text
    assert session.query(Adjustment).count() == 0


def test_trying_an_alternative_pins_it_and_solves_again(session, staff, programme, round_, pair):
    other = next(
        each
        for each in proposals.list_proposals(
            session, rounds.solved_snapshot(session, round_)
        ).proposals
        if each.id != pair.id
    )
    page = adjust(staff, pair, programme, "pin_and_solve", mentor=other.mentor.key)
    assert "is being solved" in page.text
    session.expire_all()
    assert round_.state is RoundState.QUEUED
    [pinned] = rounds.list_adjustments(session, round_)
    assert (pinned.mentor_id, pinned.mentee_id) == (other.mentor_id, pair.mentee_id)


def test_a_person_of_another_programme_cannot_be_pinned(session, staff, make, programme, pair):
    stranger = make.mentor(make.programme())
    page = adjust(staff, pair, programme, "pin", mentor=stranger.key)
    assert page.status_code == 404
    assert session.query(Adjustment).count() == 0


def test_proposals_are_found_by_name(staff, programme, round_, pair):
    page = staff.get(url(round_, programme, f"?name={pair.mentee.name[:6]}")).text
    assert f"row-{pair.key}" in page
    assert "Nobody of this name" in staff.get(url(round_, programme, "?name=Zzz")).text
    assert staff.get(url(round_, programme, "?name=" + "x" * 161)).status_code == 422
