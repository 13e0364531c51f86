import pytest

from tandem.models import ProfileState, ProposalState, Round, RoundState, Snapshot
from tandem.services import rounds
from tandem.services.matchmaking import rounds as matchmaking
from tests.support.counting import statements
from tests.support.pages import parse
from tests.support.solving import decide, queue, solve

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def round_(make, programme):
    return make.round(programme, name="Autumn")


@pytest.fixture
def pair(make, programme):
    return make.mentor(programme), make.mentee(programme)


def url(round_, programme, step=""):
    return f"/{programme.slug}/rounds/{round_.key}{step}"


def test_a_round_is_opened_from_the_list(session, staff, programme):
    page = staff.submit(f"/{programme.slug}/rounds/", {"name": "  Autumn 2026 "})
    assert "Autumn 2026: who takes part" in page.text
    assert session.query(Round).one().name == "Autumn 2026"


def test_a_round_needs_a_name(session, staff, programme):
    page = staff.submit(f"/{programme.slug}/rounds/", {"name": " "})
    assert page.status_code == 422
    assert session.query(Round).count() == 0


def test_a_second_round_is_neither_offered_nor_opened(session, staff, programme, round_):
    page = staff.get(f"/{programme.slug}/rounds/")
    assert "Go to the round" in page.text
    assert "Open the round" not in page.text
    late = token(staff, programme) | {"name": "Twice"}
    assert staff.post(f"/{programme.slug}/rounds/", data=late).status_code == 409
    assert session.query(Round).count() == 1


def test_closed_rounds_are_listed_below(session, staff, make, programme, actor, round_):
    rounds.close_round(session, round_.key, programme=programme, actor=actor)
    page = staff.get(f"/{programme.slug}/rounds/")
    assert "Closed rounds" in page.text
    assert "before it proposed anything" in staff.get(url(round_, programme)).text


def test_preparing_tells_who_is_in_and_who_is_not(staff, make, programme, round_, pair):
    make.mentee(programme, state=ProfileState.PAUSED)
    make.mentor(programme, capacity=0)
    make.mentee(programme, level=None)
    page = staff.get(url(round_, programme)).text
    assert "Taking a break" in page
    assert "All places taken" in page
    assert "Level of qualification" in page
    assert "Solve the round" in page


def test_a_round_with_one_side_empty_has_no_button(staff, make, programme, round_):
    make.mentor(programme)
    page = staff.get(url(round_, programme)).text
    assert "There is nobody to bring together yet" in page
    assert "Solve the round" not in page


def test_solving_shows_progress_until_the_proposals_are_there(
    session, staff, programme, round_, pair
):
    page = staff.submit(url(round_, programme), action=url(round_, programme, "/solve"))
    assert "Waiting for its turn" in page.text
    assert '<meta http-equiv="refresh"' in page.text
    heard = staff.get(url(round_, programme, "/progress")).json
    assert heard == {
        "solving": True, "step": "Waiting for its turn", "number": 0, "done": 0, "total": 0,
        "insights": False,
    }  # fmt: skip


def test_asking_twice_does_no_harm(session, staff, programme, round_, pair):
    for _ in range(2):
        answer = staff.post(url(round_, programme, "/solve"), data=token(staff, programme))
        assert answer.status_code == 303
    assert session.query(Snapshot).count() == 1


def token(staff, programme):
    """Return the token of the form that signs out, which every page has."""
    page = parse(staff.get(f"/{programme.slug}/rounds/").text)
    return {"csrf_token": page.find(".//input[@name='csrf_token']").get("value")}


def test_nobody_to_match_is_said(staff, programme, round_):
    page = staff.post(
        url(round_, programme, "/solve"), data=token(staff, programme), follow_redirects=True
    )
    assert "There must be at least one mentor and one mentee." in page.text


def test_solving_can_be_cancelled(session, staff, programme, actor, round_, pair):
    queue(session, round_, actor=actor)
    page = staff.submit(url(round_, programme), action=url(round_, programme, "/cancel"))
    assert "Solving was cancelled" in page.text
    again = staff.post(
        url(round_, programme, "/cancel"), data=token(staff, programme), follow_redirects=True
    )
    assert "finished before it could be cancelled" in again.text


def test_a_failed_round_says_so(session, staff, programme, actor, round_, pair):
    work = queue(session, round_, actor=actor)
    matchmaking.fail(session, work, "refuted")
    assert "Solving did not work" in staff.get(url(round_, programme)).text


def test_the_review_shows_proposals_and_what_is_proved(
    session, staff, programme, actor, round_, pair
):
    mentor, mentee = pair
    [proposal] = solve(session, round_, actor=actor)
    page = staff.get(url(round_, programme)).text
    assert "Autumn: one proposal to review" in page
    assert mentee.name in page
    assert mentor.company.name in page
    assert f"/{programme.slug}/proposals/{proposal.key}" in page
    assert "no other combination of these people makes more tandems" in page
    assert "Everyone has a proposal." in page


def test_people_without_a_proposal_are_named_with_the_reason(
    session, staff, make, programme, actor, round_, pair
):
    for _ in range(9):
        make.mentee(programme, languages={"ar": "C2"})
    make.mentee(programme, same_gender=True, gender="f")
    make.mentor(programme, languages={"fr": "C2"})
    solve(session, round_, actor=actor)
    page = staff.get(url(round_, programme)).text
    assert "2 mentors share no language with this person well enough." in page
    assert "11 mentees share no language" in page
    assert "Show 5 more" in page
    assert 'href="#left-mentees">10 mentees without a proposal</a>' in page
    page = staff.get(url(round_, programme, "?left=mentees&page=7")).text
    assert "10 mentees without a proposal" in page
    assert "2 mentors are not of the gender wished for." in page
    assert (
        "One mentor without a proposal" in staff.get(url(round_, programme, "?left=mentors")).text
    )


def test_who_was_set_aside_is_named_with_what_is_wrong(
    session, staff, make, programme, actor, round_, pair
):
    bad = make.mentee(programme, topics=["<script>alert(1)</script>"])
    solve(session, round_, actor=actor)
    page = staff.get(url(round_, programme)).text
    assert "To be corrected: Needs" in page
    assert bad.name in page
    assert "<script>alert" not in page


def test_after_the_last_decision_the_round_can_be_closed(
    session, staff, programme, actor, round_, pair
):
    [proposal] = solve(session, round_, actor=actor)
    decide(session, proposal, actor=actor)
    page = staff.get(url(round_, programme)).text
    assert "Autumn: everything is decided" in page
    assert "We talked to both." in page
    closed = staff.submit(url(round_, programme), action=url(round_, programme, "/close"))
    assert "Autumn is closed." in closed.text
    assert "Autumn: closed" in staff.get(url(round_, programme)).text


def test_solving_again_tells_first_what_it_replaces(session, staff, programme, actor, round_, pair):
    [proposal] = solve(session, round_, actor=actor)
    page = staff.submit(
        url(round_, programme, "?step=prepare"), action=url(round_, programme, "/solve")
    )
    assert "is being solved" in page.text
    kept = staff.submit(url(round_, programme), action=url(round_, programme, "/cancel"))
    assert "What was proposed before still stands." in kept.text
    session.refresh(proposal)
    assert proposal.state is ProposalState.OPEN


def test_a_result_without_proposals_says_why(session, staff, make, programme, actor, round_):
    make.mentor(programme, languages={"fr": "C2"})
    make.mentee(programme)
    solve(session, round_, actor=actor)
    page = staff.get(url(round_, programme)).text
    assert "Autumn: no proposal" in page
    assert "1 mentor shares no language" in page


def test_only_coordinators_reach_rounds(sign_in, programme, round_, pair):
    mentor, _ = pair
    assert sign_in(mentor.membership.account).get(url(round_, programme)).status_code == 403
    assert sign_in(None).get(url(round_, programme)).status_code == 303


def test_a_round_of_another_programme_is_not_found(staff, make, programme):
    foreign = make.round(make.programme())
    assert staff.get(url(foreign, programme)).status_code == 404


@pytest.mark.slow
def test_the_pages_ask_the_database_the_same_whatever_the_number_of_rows(
    session, app, staff, make, programme, actor, round_
):
    company = make.company(programme)
    for _ in range(3):
        make.mentor(programme, company=company, capacity=20)
    for number in range(55):
        make.mentee(programme, languages={"de": "B2"} if number % 9 else {"fr": "C1"})
    first, *_ = solve(session, round_, actor=actor)
    decide(session, first, actor=actor)
    assert session.get(Round, round_.id).state is RoundState.READY
    addresses = [url(round_, programme, step) for step in ("", "?page=2", "?left=mentees")]
    addresses += [url(round_, programme, "?step=prepare"), url(round_, programme, "?name=a&page=9")]
    for address in addresses:
        session.commit()
        staff.before_each = lambda: None
        with statements(session) as seen:
            assert staff.get(address).status_code == 200
        assert len(seen) <= 12, (address, seen)
