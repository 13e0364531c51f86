"""The record of a round: its page and its document."""

import pytest

from tandem.services import rounds
from tests.support.counting import statements
from tests.support.pages import parse
from tests.support.solving import decide, solve

pytestmark = pytest.mark.usefixtures("policy")

ARABIC = "مريم"


@pytest.fixture
def actor(make, programme):
    return make.coordinator(programme, first_name="Maren", last_name="Voss")


@pytest.fixture
def round_(session, make, programme, actor):
    """A round with one decided pair, one open one, and two people left out."""
    mentors = [
        make.mentor(programme, account=make.account(first_name="Jens", last_name=f"Ohm{number}"))
        for number in range(3)
    ]
    mentees = [
        make.mentee(programme, account=make.account(first_name=ARABIC, last_name=f"Nour{number}"))
        for number in range(2)
    ]
    make.mentee(
        programme,
        account=make.account(first_name="Far", last_name="Away"),
        postal_code="80331",
    )
    round_ = make.round(programme, name="Autumn")
    rounds.pin(
        session,
        round_.key,
        mentor_key=mentors[0].key,
        mentee_key=mentees[0].key,
        reason="They know each other",
        programme=programme,
        actor=actor,
    )
    found = solve(session, round_, actor=actor)
    decide(session, found[0], actor=actor)
    return round_


def url(round_, programme, end="record"):
    return f"/{programme.slug}/rounds/{round_.key}/{end}"


def test_the_record_tells_the_whole_round(staff, programme, round_):
    text = staff.get(url(round_, programme)).text
    for part in ("Autumn", "Jens Ohm0", ARABIC, "Far Away", "Maren Voss", "were pinned"):
        assert part in text
    assert "It is proved that no other combination" in text
    assert "1 proposal was decided on" in text or "One proposal was decided on" in text
    assert "They know each other" in text


def test_pairs_are_numbered_from_one_though_others_were_decided_before(
    session, staff, programme, actor, round_
):
    solve(session, round_, actor=actor)
    page = parse(staff.get(url(round_, programme)).text)
    numbers = [
        "".join(cell.itertext()) for cell in page.iter("td") if cell.get("data-label") == "No."
    ]
    assert numbers[:1] == ["1"]


def test_without_names_nobody_can_be_told(staff, programme, round_):
    text = staff.get(url(round_, programme, "record?people=pseudonyms")).text
    for part in ("Jens", "Ohm", ARABIC, "Nour", "Away"):
        assert part not in text
    assert "Mentee 3" in text
    assert "Mentor 3" in text
    assert "Maren Voss" in text, "who decided stays on record"


def test_the_document_is_tagged_and_handed_out_as_a_file(staff, programme, round_):
    answer = staff.get(url(round_, programme, "record.pdf?people=pseudonyms"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"/StructTreeRoot" in answer.data
    again = staff.get(url(round_, programme, "record.pdf?people=pseudonyms"))
    assert again.data == answer.data


def test_there_is_no_record_before_there_is_a_result(staff, make, programme):
    fresh = make.round(programme, name="Fresh")
    assert staff.get(url(fresh, programme)).status_code == 404
    assert staff.get(url(fresh, programme, "record.pdf")).status_code == 404


def test_whoever_was_erased_stands_there_as_such(session, staff, programme, round_):
    snapshot = rounds.solved_snapshot(session, round_)
    left = snapshot.result["unmatched"]["mentees"][0]["id"]
    person = next(each for each in snapshot.people if each.key == left)
    person.profile_id = None
    session.commit()
    text = staff.get(url(round_, programme)).text
    assert "Far Away" not in text
    assert ", erased" in text


def test_the_page_takes_few_statements(session, staff, programme, round_):
    staff.get(url(round_, programme))
    session.commit()
    staff.before_each = lambda: None
    with statements(session) as seen:
        staff.get(url(round_, programme))
    assert len(seen) <= 12
