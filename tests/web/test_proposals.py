from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from tandem.clock import now
from tandem.models import Decision, ProfileState, Proposal, ProposalState, SnapshotPerson, Tandem
from tandem.services import looks, policies, rounds
from tandem.web.proposals import wording
from tests.support.pages import parse
from tests.support.solving import decide, solve

TIMES_ALONE = {"availability": 10_000}
REASON = "She wants to work in a small company."


@pytest.fixture
def proposal(session, make, programme, actor):
    make.mentor(programme, job_title="Master electrician", about="Thirty years of wires.")
    make.mentee(programme)
    [proposal] = solve(session, make.round(programme, name="Autumn"), actor=actor)
    return proposal


def url(proposal, programme, step=""):
    return f"/{programme.slug}/proposals/{proposal.key}{step}"


def submit(staff, proposal, programme, **data):
    return staff.submit(url(proposal, programme), data, action=url(proposal, programme, "/decide"))


def state_of(session, proposal):
    session.expire_all()
    return session.get(Proposal, proposal.id).state


def test_a_pair_is_shown_side_by_side_with_its_points(staff, programme, proposal):
    page = staff.get(url(proposal, programme)).text
    assert f"Should {proposal.mentee.name} and {proposal.mentor.name} meet?" in strip(page)
    assert "Master electrician" in page
    assert "Thirty years of wires." in page
    assert "Why these two" in page
    assert "Proposal 1 of 1, 0 decided" in page
    assert "of 2,500" in page


def test_the_times_of_both_stand_side_by_side(session, staff, make, programme, actor):
    policies.add_default(session, programme, actor=None)
    terms = replace(policies.terms(policies.current(session, programme)), weights=TIMES_ALONE)
    policies.adopt(session, terms, programme=programme, actor=actor, seen_number=1)
    make.mentor(programme, slots=["mo-eve", "fr-am"])
    make.mentee(programme, slots=[f"{day}-eve" for day in ("mo", "tu", "we", "th", "fr", "sa")])
    [proposal] = solve(session, make.round(programme), actor=actor)
    page = staff.get(url(proposal, programme)).text
    assert "Monday evening and Friday morning" in page
    assert "6 times of the week" in page


def test_how_stable_the_pair_is_stands_beside_its_points(session, staff, programme, proposal):
    said = "This pair stays in 94% of the weightings tried."
    assert said not in staff.get(url(proposal, programme)).text
    [key] = [each["mentee"] for each in proposal.snapshot.result["proposals"]]
    proposal.snapshot.insights = {
        "problem": None, "draws": 100, "stability": {key: 0.94}, "groups": [], "recruit": [],
    }  # fmt: skip
    session.commit()
    assert said in staff.get(url(proposal, programme)).text


def strip(html):
    """Return the text of the heading."""
    return " ".join("".join(parse(html).find(".//h1").itertext()).split())


def test_confirming_with_a_reason_asks_both(session, staff, programme, proposal):
    page = submit(staff, proposal, programme, reason=REASON)
    assert "Both are being asked by e-mail now." in page.text
    assert REASON in page.text
    assert state_of(session, proposal) is ProposalState.CONFIRMED
    assert session.query(Tandem).count() == 1


def test_rejecting_with_a_reason_asks_nobody(session, staff, programme, proposal):
    page = submit(staff, proposal, programme, verdict="rejected", reason=REASON)
    assert "not proposed to each other again" in page.text
    assert state_of(session, proposal) is ProposalState.REJECTED
    assert session.query(Tandem).count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"reason": "  "},
        {"reason": "x" * 501},
        {"reason": REASON, "verdict": "all"},
        {"usual": "far", "verdict": "confirmed"},
        {"usual": "work", "verdict": "rejected", "reason": REASON},
        {"usual": "nothing"},
        {"usual": "work", "reason": "x" * 490},
    ],
)
def test_a_decision_without_reason_or_verdict_is_asked_for_again(
    session, staff, programme, proposal, data
):
    page = submit(staff, proposal, programme, **data)
    assert page.status_code == 422
    assert session.query(Decision).count() == 0
    assert state_of(session, proposal) is ProposalState.OPEN


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"usual": "work"}, "Their fields of work fit."),
        ({"usual": "work", "reason": REASON}, f"Their fields of work fit. {REASON}"),
        (
            {"usual": "far", "verdict": "rejected"},
            "The way to each other is too long.",
        ),
    ],
)
def test_a_frequent_reason_is_kept_as_the_sentence_that_was_chosen(
    session, staff, programme, proposal, data, kept
):
    submit(staff, proposal, programme, **data)
    assert session.query(Decision).one().reason == kept


def test_no_page_decides_on_several_at_once(app, staff, programme, proposal):
    """There is no "confirm all": one address, one proposal, one decision."""
    deciding = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and rule.endpoint.startswith("proposals.")
    }
    assert deciding == {"/<slug>/proposals/<key>/decide"}
    data = form_of(staff, proposal, programme)
    twice = [*data.items(), ("reason", REASON), ("verdict", "confirmed")]
    answer = staff.post(url(proposal, programme, "/decide"), data=MultiDict(twice))
    assert answer.status_code == 400


def test_opening_a_proposal_is_noted_for_both_people_once_a_minute(
    session, staff, actor, programme, proposal
):
    """A7: who looked at a profile can be seen."""
    for _ in range(2):
        staff.get(url(proposal, programme))
    for person in (proposal.mentor, proposal.mentee):
        [look] = looks.list_looks(session, person)
        assert (look.account_id, look.proposal_id) == (actor.id, proposal.id)


def test_the_last_decision_shows_how_it_was_decided(staff, programme, proposal):
    assert "How it was decided" not in staff.get(url(proposal, programme)).text
    page = submit(staff, proposal, programme, verdict="rejected", reason=REASON)
    assert "How it was decided" in page.text
    assert "100%" in page.text
    assert "1 rejected" in page.text
    assert "median of 1" in page.text


def test_a_second_decision_learns_who_was_faster_and_why(
    session, staff, make, programme, actor, proposal
):
    """E3: the second of two clicks changes nothing and says what happened."""
    form = form_of(staff, proposal, programme)
    colleague = make.coordinator(programme, first_name="Tjark", last_name="Ellerkoog")
    decide(session, proposal, "rejected", actor=colleague)
    page = staff.post(url(proposal, programme, "/decide"), data=form | {"reason": REASON})
    assert page.status_code == 409
    assert "Your decision came too late" in page.text
    assert "Tjark Ellerkoog" in page.text
    assert "We talked to both." in page.text
    assert REASON in page.text
    assert session.query(Decision).count() == 1


def form_of(staff, proposal, programme):
    """Return what the form on the page would send."""
    page = parse(staff.get(url(proposal, programme)).text)
    names = ("csrf_token", "version")
    form = next(each for each in page.iter("form") if each.get("action", "").endswith("/decide"))
    hidden = {name: form.find(f".//input[@name='{name}']").get("value") for name in names}
    return hidden | {"verdict": "confirmed"}


def test_who_took_the_mentor_is_named(session, staff, make, programme, actor):
    """E1: one wins, the other gets a page that says who took it."""
    mentor = make.mentor(programme, capacity=2)
    for _ in range(2):
        make.mentee(programme)
    first, second = solve(session, make.round(programme), actor=actor)
    form = form_of(staff, second, programme)
    mentor.capacity = 1
    make.save(mentor)
    decide(session, first, actor=actor)
    page = staff.post(url(second, programme, "/decide"), data=form | {"reason": REASON})
    assert page.status_code == 409
    assert "Already taken" in page.text
    assert first.mentee.name in page.text
    assert actor.name in page.text
    assert "Already taken" in staff.get(url(second, programme)).text


def test_a_proposal_whose_profile_changed_is_no_longer_possible(
    session, staff, make, programme, proposal
):
    form = form_of(staff, proposal, programme)
    profile = proposal.mentee_profile
    profile.state = ProfileState.PAUSED
    make.save(profile)
    shown = staff.get(url(proposal, programme)).text
    assert "This proposal is no longer possible" in shown
    assert "Record the decision" not in shown
    page = staff.post(url(proposal, programme, "/decide"), data=form | {"reason": REASON})
    assert page.status_code == 409
    assert "a profile has changed" in page.text
    assert "This proposal is no longer possible" in staff.get(url(proposal, programme)).text


def test_nobody_is_offered_to_decide_on_themselves(session, sign_in, make, programme):
    actor = make.coordinator(programme)
    make.mentor(programme, account=actor)
    make.mentee(programme)
    [proposal] = solve(session, make.round(programme), actor=actor)
    staff = sign_in(actor)
    page = staff.get(url(proposal, programme)).text
    assert "Please ask a colleague to decide." in page
    assert "Record the decision" not in page
    token = parse(page).find(".//input[@name='csrf_token']").get("value")
    data = {"csrf_token": token, "version": "1", "verdict": "confirmed", "reason": REASON}
    assert staff.post(url(proposal, programme, "/decide"), data=data).status_code == 403
    assert session.query(Decision).count() == 0


def test_alternatives_say_their_price_and_who_would_move(session, staff, make, programme, actor):
    make.mentor(programme, occupation="741", sectors=["43"])
    make.mentor(programme, occupation="512", sectors=["56"])
    make.mentee(programme, occupation="741", sectors=["43"])
    make.mentee(programme, occupation="512", past_occupation=None, sectors=["56"])
    first, second = solve(session, make.round(programme), actor=actor)
    page = staff.get(url(first, programme)).text
    assert second.mentor.name in page
    assert "points, but no tandem." in page
    assert f"<bdi>{second.mentee.name}</bdi> would go to <bdi>{first.mentor.name}</bdi>." in page
    assert "To the next proposal" in page


def test_an_erased_person_shows_as_such(session, staff, make, programme, actor):
    for _ in range(2):
        make.mentor(programme)
        make.mentee(programme)
    first, second = solve(session, make.round(programme), actor=actor)
    erased = [second.mentor_profile_id, second.mentee_profile_id]
    session.query(SnapshotPerson).filter(SnapshotPerson.profile_id.in_(erased)).update(
        {"profile_id": None}
    )
    page = staff.get(url(first, programme)).text
    assert "A person who is no longer here" in page
    assert "someone who is no longer here would go to" in page


def test_only_coordinators_of_the_programme_see_a_proposal(sign_in, make, programme, proposal):
    mentor = proposal.mentor.membership.account
    assert sign_in(mentor).get(url(proposal, programme)).status_code == 403
    other = make.programme()
    stranger = sign_in(make.coordinator(other))
    assert stranger.get(url(proposal, programme)).status_code == 404
    assert stranger.get(url(proposal, other)).status_code == 404


def test_a_stale_proposal_leads_on(session, staff, programme, actor, proposal):
    rounds.close_round(session, proposal.round.key, programme=programme, actor=actor)
    page = staff.get(url(proposal, programme)).text
    assert "This proposal is no longer possible" in page
    assert "Back to the round" in page


@pytest.mark.parametrize(
    ("tandems", "points", "words"),
    [
        (0, 0, "Costs nothing."),
        (0, 1, "Costs one point, but no tandem."),
        (0, 940, "Costs 940 points, but no tandem."),
        (1, 6310, "Costs one tandem and 6,310 points."),
        (2, 6310, "Costs 2 tandems and 6,310 points."),
        (1, -500, "Costs one tandem, and brings 500 points."),
        (-1, 300, "Brings one tandem more, and costs 300 points."),
    ],
)
def test_prices_are_told_in_words(app, tandems, points, words):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert wording.price({"tandems": tandems, "score": points}) == words


@pytest.mark.parametrize(
    ("points", "words"),
    [(None, "whatever its own points"), (0, "just as good"), (1200, "Even with 1,200 points")],
)
def test_margins_are_told_in_words(app, points, words):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert words in wording.margin(points)


def test_moves_are_told_in_words(app, session, proposal):
    snapshot = proposal.snapshot
    faces = rounds.list_faces(session, snapshot)
    ours = next(key for key, face in faces.items() if face.company)
    theirs = next(key for key, face in faces.items() if not face.company)
    moves = [
        {"mentee": "first", "from_mentor": None, "to_mentor": ours},
        {"mentee": theirs, "from_mentor": None, "to_mentor": ours},
        {"mentee": theirs, "from_mentor": ours, "to_mentor": None},
    ]
    mentee, mentor = faces[theirs].name, faces[ours].name
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert wording.moves({"moves": moves}, faces) == [
            f"<bdi>{mentee}</bdi> would get a proposal, with <bdi>{mentor}</bdi>.",
            f"<bdi>{mentee}</bdi> would be left without a proposal.",
        ]


def test_the_last_day_to_answer_is_said_before_the_button(staff, programme, proposal):
    page = staff.get(url(proposal, programme)).text
    last = now() + timedelta(days=programme.invitation_days)
    assert str(last.year) in page
    assert "no contact data yet" in page
