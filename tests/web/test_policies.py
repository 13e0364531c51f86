"""What counts in a match: shown in words, tried on the people of now, adopted, compared."""

from dataclasses import replace

import pytest

from tandem.models import PolicyVersion, Round, RoundState
from tandem.services import policies, rounds
from tests.support.counting import statements
from tests.support.pages import find_form, parse, values_of
from tests.support.solving import publish, solve, take

pytestmark = pytest.mark.usefixtures("policy")

MOST_STATEMENTS = 12


@pytest.fixture
def people(make, programme):
    """Two who fit well, and a mentee whom only the sector speaks for."""
    near = make.mentor(programme, topics=["network"])
    fits = make.mentee(programme, topics=["network"], sectors=["86"])
    other = make.mentee(programme, topics=["interview"], sectors=["43"], occupation="222")
    return near, fits, other


def url(programme, step=""):
    return f"/{programme.slug}/policies/{step}"


def entered(staff, programme, **values):
    """Return what a browser sends from the page of the policy, apart from changed fields."""
    page = parse(staff.get(url(programme)).text)
    form = next(form for form in page.iter("form") if form.get("id") == "policy")
    sent = values_of(form) | values
    return {name: value for name, value in sent.items() if value is not None}


def only(criterion):
    """Give one criterion all the weight."""
    return dict.fromkeys(policies.CRITERIA, "0") | {criterion: "7"}


def in_force(session, programme):
    return policies.terms(policies.current(session, programme))


def test_the_policy_in_force_is_shown_in_words(staff, programme):
    page = staff.get(url(programme))
    assert "How close the mentor&#39;s work is to the work the mentee wants to do." in page.text
    assert "Research says little about exact weights." in page.text
    sent = entered(staff, programme)
    assert (sent["occupation"], sent["wishes"], sent["aim"]) == ("2500", "0", ["most"])
    assert (sent["language_floor"], sent["reach_km"]) == (["B1"], "25")
    assert "level_floor_on" not in sent


def test_the_page_as_it_stands_is_the_policy_in_force(session, staff, programme):
    data = entered(staff, programme)
    page = staff.post(url(programme, "adopt"), data=data, follow_redirects=True)
    assert "This is the policy of the programme already." in page.text
    assert session.query(PolicyVersion).filter_by(programme_id=programme.id).count() == 1


def test_a_preview_says_what_would_change_and_keeps_nothing(session, staff, programme, people):
    near, fits, other = people
    before = staff.post(url(programme, "preview"), data=entered(staff, programme))
    assert "With this, all pairs stay as they are." in before.text
    data = entered(staff, programme, **only("sector"))
    page = staff.post(url(programme, "preview"), data=data)
    assert page.status_code == 200
    said = parse(page.text).find(".//p[@id='preview-said']").text
    assert said == "1 mentee would be left without a proposal. 1 mentee would get a proposal."
    assert (
        f"<bdi>{fits.name}</bdi> would be left without a proposal (now: <bdi>{near.name}</bdi>)."
        in page.text
    )
    assert f"<bdi>{other.name}</bdi> would get a proposal: <bdi>{near.name}</bdi>." in page.text
    assert 'value="7"' in page.text
    assert session.query(PolicyVersion).filter_by(programme_id=programme.id).count() == 1
    assert in_force(session, programme).weights["needs"] == 2000


def test_a_preview_goes_by_the_open_round(session, staff, make, programme, people, actor):
    _near, fits, _other = people
    round_ = make.round(programme)
    [proposal] = solve(session, round_, actor=actor)
    assert proposal.mentee_id == fits.id
    page = staff.post(url(programme, "preview"), data=entered(staff, programme, previous_on=None))
    assert "With this, all pairs stay as they are." in page.text
    assert round_.name in page.text


def test_a_preview_goes_by_the_policy_that_the_round_tried(
    session, staff, make, programme, people, actor
):
    round_ = make.round(programme)
    by_sector = entered(staff, programme, **only("sector"))
    solve(session, round_, actor=actor)
    tried = policies.write_terms(
        replace(in_force(session, programme), weights={"sector": 10_000}), number=0
    )
    rounds.request_trial(session, round_.key, programme=programme, actor=actor, policy=tried)
    publish(session, round_)
    take(session, round_, actor=actor)
    page = staff.post(url(programme, "preview"), data=by_sector)
    assert "With this, all pairs stay as they are." in page.text
    assert "Compared with what version 2, which the open round uses" in page.text


def test_without_people_the_preview_says_so(staff, programme):
    page = staff.post(url(programme, "preview"), data=entered(staff, programme))
    assert "There is nobody to bring together yet" in page.text


def test_too_many_people_are_left_to_the_worker(staff, programme, people, monkeypatch):
    monkeypatch.setattr(
        "tandem.services.matchmaking.previews._MOST_PAIRS", {"most": 1, "best": 1, "fair": 1}
    )
    page = staff.post(url(programme, "preview"), data=entered(staff, programme))
    assert "too many people for a preview" in page.text
    compared = staff.submit(url(programme, "compare"))
    assert "too many people for a preview" in compared.text


def test_an_adopted_policy_is_scaled_and_in_force(session, staff, programme, actor):
    data = entered(
        staff,
        programme,
        **dict.fromkeys(policies.CRITERIA, "0")
        | {"needs": "30", "wishes": "10"}
        | {"aim": "fair", "reach_km": "40", "level_floor_on": "y", "level_floor": "2"},
    )
    answer = staff.post(url(programme, "adopt"), data=data, follow_redirects=True)
    assert "Version 2 counts from the next solving on." in answer.text
    terms = in_force(session, programme)
    assert terms.weights == {"needs": 7500, "wishes": 2500}
    assert (terms.aim, terms.reach_km, terms.rules["level_floor"]) == ("fair", 40, 2)
    assert policies.current(session, programme).account_id == actor.id


def test_rules_that_are_ticked_off_are_off_and_the_others_stay(session, staff, programme):
    before = in_force(session, programme).rules
    data = entered(staff, programme, language_floor_on=None, reach_on=None)
    staff.post(url(programme, "adopt"), data=data)
    after = in_force(session, programme).rules
    assert before.keys() - after.keys() == {"language_floor", "reach"}
    assert {"capacity", "forbidden"} <= after.keys()


def test_somebody_elses_version_is_not_overwritten_and_both_are_shown(
    session, staff, programme, actor
):
    """TRUST E17."""
    mine = entered(staff, programme, aim="fair")
    staff.post(url(programme, "adopt"), data=entered(staff, programme, aim="best"))
    page = staff.post(url(programme, "adopt"), data=mine)
    assert page.status_code == 409
    assert f"Version 2 by <bdi>{actor.name}</bdi> is in force now." in page.text
    assert "The strongest pairs" in page.text
    assert in_force(session, programme).aim == "best"
    again = {"csrf_token": mine["csrf_token"]} | values_of(
        next(form for form in parse(page.text).iter("form") if form.get("id") == "policy")
    )
    staff.post(url(programme, "adopt"), data=again)
    assert in_force(session, programme).aim == "fair"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"needs": "-1"}, "Enter a number from 0 to 10000."),
        ({"needs": "10001"}, "Enter a number from 0 to 10000."),
        ({"needs": "nan"}, "Please enter a whole number."),
        ({"needs": "sNaN"}, "Please enter a whole number."),
        ({"needs": "1e3"}, "Please enter a whole number."),
        ({"needs": "inf"}, "Please enter a whole number."),
        ({"needs": "9" * 6000}, "Please enter a whole number."),
        ({"needs": ""}, "Please enter a whole number."),
        ({"needs": None}, "Please enter a whole number."),
        (dict.fromkeys(policies.CRITERIA, "0"), "Give at least one criterion more than 0 points."),
        ({"aim": "cheapest"}, "Not a valid choice"),
        ({"aim": None}, "Please choose one."),
        ({"language_floor": "D1"}, "This is not on the list."),
        ({"reach_km": "1001"}, "Enter a number from 0 to 1000."),
        ({"floor": "-5"}, "Enter a number from 0 to 10000."),
        ({"level_floor": "8"}, "Enter a number from 0 to 7."),
        ({"availability_floor": "0"}, "Enter a number from 1 to 21."),
    ],
)
@pytest.mark.parametrize("step", ["preview", "adopt", "try", "compare"])
def test_what_is_no_policy_is_refused_beside_the_field(
    session, staff, programme, step, wrong, message
):
    page = staff.post(url(programme, step), data=entered(staff, programme, **wrong))
    assert page.status_code == 422
    assert message in page.text
    assert session.query(PolicyVersion).filter_by(programme_id=programme.id).count() == 1


def test_a_field_sent_twice_is_refused(staff, programme):
    data = entered(staff, programme, needs=["1", "2"])
    assert staff.post(url(programme, "adopt"), data=data).status_code == 400


def test_a_seen_number_that_is_none_counts_as_overtaken(session, staff, programme):
    data = entered(staff, programme, version="²", aim="fair")
    assert staff.post(url(programme, "adopt"), data=data).status_code == 409


def test_the_open_round_tries_a_policy_and_the_programme_keeps_its_own(
    session, staff, make, programme, people
):
    round_ = make.round(programme)
    assert "Use it for this round only" in staff.get(url(programme)).text
    data = entered(staff, programme, aim="fair")
    answer = staff.post(url(programme, "try"), data=data)
    assert answer.location.endswith(f"/rounds/{round_.key}")
    session.expire_all()
    assert session.get(Round, round_.id).state is RoundState.QUEUED
    tried = session.query(PolicyVersion).filter_by(programme_id=programme.id, is_trial=True).one()
    assert policies.terms(tried).aim == "fair"
    assert in_force(session, programme).aim == "most"
    again = staff.post(url(programme, "try"), data=data, follow_redirects=True)
    assert "is being solved already" in again.text


def test_without_an_open_round_there_is_nothing_to_try_it_in(staff, programme):
    assert "Use it for this round only" not in staff.get(url(programme)).text
    page = staff.post(url(programme, "try"), data=entered(staff, programme), follow_redirects=True)
    assert "There is no open round to try it in." in page.text


def test_trying_it_on_nobody_is_said(staff, make, programme):
    make.round(programme)
    page = staff.post(url(programme, "try"), data=entered(staff, programme), follow_redirects=True)
    assert "There must be at least one mentor and one mentee." in page.text


def test_an_earlier_version_can_be_started_from(session, staff, programme):
    staff.post(url(programme, "adopt"), data=entered(staff, programme, aim="fair"))
    page = staff.get(url(programme, "?start=1")).text
    assert "taken from version 1" in page
    form = next(form for form in parse(page).iter("form") if form.get("id") == "policy")
    assert values_of(form)["aim"] == ["most"]
    assert values_of(form)["version"] == "2"
    assert staff.get(url(programme, "?start=9")).status_code == 404
    assert staff.get(url(programme, "?start=x")).status_code == 200


def test_two_policies_stand_side_by_side(staff, programme, people):
    near, _fits, other = people
    staff.post(url(programme, "adopt"), data=entered(staff, programme, **only("sector")))
    assert "Mentees with a proposal" not in staff.get(url(programme, "compare?b=1")).text
    page = staff.submit(url(programme, "compare?a=in-force&b=1"))
    text = " ".join("".join(parse(page.text).itertext()).split())
    assert "In force: version 2" in text
    assert "Mentees with a proposal50%50%" in text
    assert "Pairs that the other has not11" in text
    assert f"Weakest pair{other.name} and {near.name}, 10,000 points" in text
    assert "Points of two different weightings are not the same measure." in text
    assert "Where the policies differ" in text


def test_two_aims_stand_side_by_side(staff, programme, people):
    page = staff.submit(url(programme, "compare"))
    assert "In force, with the aim: Nobody badly off" in page.text
    assert "Both make the very same pairs." in page.text
    assert "not the same measure" not in page.text


def test_what_was_entered_can_be_compared_with_any_other(staff, programme, people):
    data = entered(staff, programme, **only("sector"), previous_on=None)
    first = staff.post(url(programme, "compare"), data=data)
    form = find_form(parse(first.text), url(programme, "compare"))
    again = values_of(form)
    assert (again["a"], again["b"]) == (["in-force"], ["draft"])
    assert "previous_on" not in again
    second = staff.post(url(programme, "compare"), data=again | {"a": "draft", "b": "aim-fair"})
    assert second.status_code == 200
    heads = [head.text for head in parse(second.text).iter("th") if head.get("scope") == "col"]
    assert heads[1:3] == ["As entered by you", "In force, with the aim: Nobody badly off"]


@pytest.mark.parametrize("sides", ["a=9&b=1", "a=draft", "b=aim-cheapest"])
def test_a_policy_that_is_not_there_cannot_be_compared(staff, programme, sides):
    assert staff.get(url(programme, f"compare?{sides}")).status_code == 404


def test_the_versions_of_another_programme_are_not_found(session, staff, make, programme):
    there = make.programme()
    policies.add_default(session, there, actor=None)
    actor = make.coordinator(there)
    for aim in ("fair", "best"):
        terms = policies.terms(policies.current(session, there))
        number = policies.current(session, there).number
        draft = type(terms)(**{**vars(terms), "aim": aim})
        policies.adopt(session, draft, programme=there, actor=actor, seen_number=number)
    assert staff.get(url(programme, "?start=3")).status_code == 404
    assert staff.get(url(programme, "compare?b=3")).status_code == 404


def test_hostile_names_are_shown_as_text(session, staff, make, programme, people):
    _near, fits, _other = people
    fits.membership.account.first_name = "<script>alert(1)</script>"
    session.commit()
    data = entered(staff, programme, **only("sector"))
    page = staff.post(url(programme, "preview"), data=data).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def count(session, ask):
    session.commit()
    with statements(session) as seen:
        assert ask().status_code == 200
    return len(seen)


@pytest.mark.slow
def test_the_pages_ask_the_database_the_same_whatever_the_number_of_rows(
    session, staff, make, programme, actor
):
    company = make.company(programme)
    make.mentor(programme, company=company, capacity=20)
    make.mentee(programme)
    solve(session, make.round(programme), actor=actor)
    data = entered(staff, programme, **only("sector"))
    staff.before_each = lambda: None
    asks = {
        "edit": lambda: staff.get(url(programme)),
        "compare": lambda: staff.get(url(programme, "compare")),
        "preview": lambda: staff.post(url(programme, "preview"), data=data),
        "work out": lambda: staff.post(url(programme, "compare"), data=data),
    }
    few = {name: count(session, ask) for name, ask in asks.items()}
    for _ in range(3):
        make.mentor(programme, company=company, capacity=20)
    for number in range(60):
        make.mentee(programme, languages={"de": "B2"} if number % 9 else {"fr": "C1"})
    assert {name: count(session, ask) for name, ask in asks.items()} == few
    assert max(few["edit"], few["compare"]) <= MOST_STATEMENTS
