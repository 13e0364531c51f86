"""The review of a round: it names who has waited, and notices what colleagues do."""

import pytest

from tandem.models import ProposalState
from tandem.services import rounds
from tests.support.counting import statements
from tests.support.pages import parse
from tests.support.solving import decide, solve, solving

pytestmark = pytest.mark.usefixtures("policy")

MOST_STATEMENTS = 5
"""Three for who asks, as on every page, the round, and the mark."""


@pytest.fixture
def three(make, programme):
    return make.mentor(programme), make.mentee(programme), make.mentee(programme)


def url(round_, programme, step=""):
    return f"/{programme.slug}/rounds/{round_.key}{step}"


def leave_everyone_waiting(session, make, programme, actor):
    """Close a round in which nobody got a tandem."""
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)


def test_who_is_left_over_is_told_with_the_rounds_waited_and_the_longest_wait_above(
    session, staff, make, programme, actor, three
):
    for _ in range(2):
        leave_everyone_waiting(session, make, programme, actor)
    round_ = make.round(programme)
    newcomer = make.mentee(programme)
    [proposal] = solve(session, round_, actor=actor)
    waited = [mentee for mentee in three[1:] if mentee.id != proposal.mentee_id]
    everyone = {mentee.name: True for mentee in waited}
    if proposal.mentee_id != newcomer.id:
        everyone[newcomer.name] = False
    page = parse(staff.get(url(round_, programme)).text)
    panel = next(
        each for each in page.iter("section") if each.get("aria-labelledby") == "left-mentees"
    )
    assert "The longest wait among them is 2 rounds." in "".join(panel.itertext())
    listed = parse(staff.get(url(round_, programme, "?left=mentees")).text)
    said = {
        "".join(entry.find("h2/a").itertext()): "has waited" in "".join(entry.itertext())
        for entry in listed.iter("li")
        if entry.find("h2/a") is not None
    }
    assert said == everyone


def mark_of(staff, round_, programme):
    page = parse(staff.get(url(round_, programme)).text)
    [noticing] = [each for each in page.iter("div") if each.get("data-standing")]
    assert noticing.get("data-standing") == url(round_, programme, "/mark")
    return staff.get(url(round_, programme, "/mark")).headers["ETag"]


def look(staff, round_, programme, mark):
    headers = {"If-None-Match": mark}
    return staff.get(url(round_, programme, "/mark"), headers=headers).status_code


def pin(session, round_, programme, three, *, actor):
    return rounds.pin(
        session,
        round_.key,
        mentor_key=three[0].key,
        mentee_key=three[2].key,
        programme=programme,
        actor=actor,
    )


@pytest.fixture
def colleague(make, programme):
    return make.coordinator(programme)


def test_a_page_on_which_nothing_has_changed_hears_so(
    session, staff, make, programme, actor, three
):
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    mark = mark_of(staff, round_, programme)
    assert [look(staff, round_, programme, mark) for _ in range(2)] == [304, 304]


def test_what_a_colleague_does_is_noticed_each_time(
    session, staff, make, programme, actor, three, colleague
):
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=actor)
    marks = [mark_of(staff, round_, programme)]

    def noticed():
        assert look(staff, round_, programme, marks[-1]) == 200
        marks.append(mark_of(staff, round_, programme))
        assert look(staff, round_, programme, marks[-1]) == 304

    pinned = pin(session, round_, programme, three, actor=colleague)
    noticed()
    rounds.undo(session, pinned.key, programme=programme, actor=colleague)
    noticed()
    with solving(session, round_, actor=colleague):
        pass
    noticed()
    trial = rounds.pending(session, round_)
    rounds.drop(
        session, round_.key, snapshot_number=trial.number, programme=programme, actor=colleague
    )
    noticed()
    decide(session, proposal, "rejected", actor=colleague)
    assert proposal.state is ProposalState.REJECTED
    noticed()
    assert len(set(marks)) == len(marks)


def test_looking_asks_the_database_next_to_nothing(session, staff, make, programme, actor, three):
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    mark = mark_of(staff, round_, programme)
    staff.before_each = lambda: None
    address = url(round_, programme, "/mark")
    session.commit()
    with statements(session) as seen:
        assert staff.get(address, headers={"If-None-Match": mark}).status_code == 304
    assert len(seen) <= MOST_STATEMENTS, seen


def test_a_closed_round_is_not_watched(session, staff, make, programme, actor, three):
    round_ = make.round(programme)
    solve(session, round_, actor=actor)
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    assert "data-standing" not in staff.get(url(round_, programme)).text
