"""Short lists on their pages: asking, choosing, and what a mentee may know by then."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.models import ProfileState, RoundState, Shortlist
from tests.support import asking, called, pairs
from tests.support.counting import statements
from tests.support.pages import parse
from tests.support.solving import solve, solving


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def mentees(make, programme):
    return [make.mentee(programme) for _ in range(2)]


@pytest.fixture
def solved(session, make, programme, actor, mentees):
    for _ in range(4):
        make.mentor(programme)
    round_ = make.round(programme, name="Autumn")
    solve(session, round_, actor=actor)
    return round_


@pytest.fixture
def asked(session, solved, actor):
    return asking.ask(session, solved, actor=actor)


@pytest.fixture
def own(session, sign_in, asked, mentees):
    """The first mentee's browser and the address of their short list."""
    client = sign_in(mentees[0].membership.account)
    return client, f"/heide/shortlists/{asking.of(session, mentees[0]).key}"


def submit(own, **ranks):
    client, url = own
    return client.submit(url, ranks, action=f"{url}/answer")


def test_a_coordinator_sees_whom_asking_would_reach_and_what_it_means(sign_in, actor, solved):
    page = sign_in(actor).get(f"/heide/rounds/{solved.key}/ask").text
    assert "Wishes count nothing under the policy of this round" in page
    assert "1,500 points" in page
    assert "Send the short lists" in page


def test_asking_sends_the_short_lists_and_shows_who_answers(
    session, sign_in, actor, solved, mentees
):
    client = sign_in(actor)
    url = f"/heide/rounds/{solved.key}/ask"
    page = client.submit(url)
    assert "The short lists are on their way." in page.text
    assert "Mentees are being asked" in page.text
    assert session.query(Shortlist).count() == 2
    asking.answer(session, mentees[0], {1: 1})
    page = client.get(url).text
    assert page.count("Not yet") == 1
    assert mentees[0].name in page


@pytest.mark.parametrize("until", ["", "tomorrow", "2020-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_cannot_be_is_asked_for_again(session, sign_in, actor, solved, until):
    page = sign_in(actor).submit(f"/heide/rounds/{solved.key}/ask", {"until": until})
    assert page.status_code == 422
    assert session.query(Shortlist).count() == 0


def test_a_round_that_cannot_ask_leads_to_the_round(sign_in, make, programme, actor):
    round_ = make.round(programme)
    answer = sign_in(actor).get(f"/heide/rounds/{round_.key}/ask")
    assert (answer.status_code, answer.location) == (303, f"/heide/rounds/{round_.key}")


@pytest.mark.parametrize("why", ["asked", "trial", "nobody"])
def test_what_stands_in_the_way_of_asking_is_said(session, make, sign_in, actor, solved, why):
    url = f"/heide/rounds/{solved.key}/ask"
    client = sign_in(actor)
    page = parse(client.get(url).text)
    token = page.find(".//main//input[@name='csrf_token']").get("value")
    if why == "trial":
        with solving(session, solved, actor=actor):
            pass
    elif why == "asked":
        asking.save(make, session.query(pairs.Proposal).first())
    else:
        for proposal in session.query(pairs.Proposal).all():
            proposal.alternatives = []
            make.save(proposal)
    words = {
        "trial": "A trial result waits",
        "asked": "asked about this result before",
        "nobody": "Nobody has a choice at present",
    }[why]
    page = client.get(url).text
    assert words in page
    assert "Send the short lists" not in page
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    sent = client.post(url, data={"csrf_token": token, "until": tomorrow}, follow_redirects=True)
    assert words in sent.text
    assert solved.state is RoundState.READY


def test_stopping_early_solves_the_round_again(session, sign_in, actor, asked):
    url = f"/heide/rounds/{asked.key}/ask"
    page = sign_in(actor).submit(url, action=f"{url}/end", follow=False)
    assert page.location == f"/heide/rounds/{asked.key}"
    session.expire_all()
    assert asked.state is RoundState.QUEUED


def test_a_mentee_puts_the_list_in_order_and_changes_it(session, own, mentees):
    page = submit(own, rank_2="1", rank_1="2")
    assert "Thank you, your answer is saved" in page.text
    assert chosen(page.text) == ["First choice: Mentor B", "Second choice: Mentor A"]
    assert asking.ranks_of(session, mentees[0]) == [2, 1, None]
    page = submit(own, rank_1="", rank_2="", rank_3="")
    assert "You have chosen nobody. We choose for you." in page.text
    assert asking.ranks_of(session, mentees[0]) == [None, None, None]


def chosen(html):
    """Return whom the page says to be chosen, place by place."""
    terms = zip(parse(html).findall(".//main//dt"), parse(html).findall(".//main//dd"), strict=True)
    return [f"{term.text}: {value.text}" for term, value in terms if "choice" in term.text]


@pytest.mark.parametrize(
    "ranks",
    [{"rank_1": "1", "rank_2": "1"}, {"rank_1": "4"}, {"rank_1": "x"}, {"rank_1": "0"}],
)
def test_two_in_one_place_or_places_that_are_not_there_are_asked_for_again(
    session, own, mentees, ranks
):
    assert submit(own, **ranks).status_code == 422
    assert asking.ranks_of(session, mentees[0]) == [None, None, None]


def test_of_two_windows_the_second_shows_both_orders(session, own, mentees):
    """E17: nothing is overwritten silently, and saving again is a choice."""
    client, url = own
    form = hidden(client, url)
    submit(own, rank_1="1")
    page = client.post(f"{url}/answer", data=form | {"rank_2": "1"})
    assert page.status_code == 409
    assert "You have saved another order in another window" in page.text
    assert chosen(page.text) == ["First choice: Mentor A"]
    assert asking.ranks_of(session, mentees[0]) == [1, None, None]
    again = {**form, "version": hidden_version(page.text), "rank_2": "1"}
    assert client.post(f"{url}/answer", data=again).status_code == 303
    assert asking.ranks_of(session, mentees[0]) == [None, 1, None]


def hidden(client, url):
    page = parse(client.get(url).text)
    names = ("csrf_token", "version")
    found = {name: page.find(f".//main//input[@name='{name}']").get("value") for name in names}
    return found | {"rank_1": "", "rank_2": "", "rank_3": ""}


def hidden_version(html):
    return parse(html).find(".//main//input[@name='version']").get("value")


def test_after_the_deadline_the_page_says_so_and_takes_nothing(
    session, own, asked, mentees, monkeypatch
):
    client, url = own
    submit(own, rank_1="1")
    form = hidden(client, url)
    asking.let_it_be(monkeypatch, asked.asks_until + timedelta(seconds=1))
    page = client.get(url).text
    assert "The time to choose is over" in page
    assert chosen(page) == ["First choice: Mentor A"]
    late = client.post(f"{url}/answer", data=form | {"rank_2": "1"})
    assert late.status_code == 409
    assert "Your answer came too late and does not count." in late.text
    assert asking.ranks_of(session, mentees[0]) == [1, None, None]


def test_who_left_meanwhile_cannot_be_chosen(session, make, own, mentees):
    """E5."""
    shortlist = asking.of(session, mentees[0])
    profile = pairs.in_force(session, shortlist.choices[0].mentor)
    profile.state = ProfileState.PAUSED
    make.save(profile)
    client, url = own
    page = client.get(url).text
    assert "no longer takes part" in page
    assert "Where do you put mentor A?" not in page
    submit(own, rank_1="1", rank_2="2")
    assert asking.ranks_of(session, mentees[0]) == [None, 1, None]


def test_the_home_page_says_that_a_short_list_waits_and_until_when(own, asked):
    client, url = own
    page = client.get("/heide/home").text
    assert "We would like to know your wish." in page
    assert str(asked.asks_until.year) in page
    assert url in page
    submit(own, rank_1="1")
    assert "Your order is saved. You can change it until" in client.get("/heide/home").text


def test_a_short_list_is_for_nobody_else(session, sign_in, make, programme, own, mentees):
    _, url = own
    mentor = shortlists_mentor(session, mentees[0])
    for account in (mentees[1].membership.account, mentor.membership.account):
        client = sign_in(account)
        assert client.get(url).status_code == 404
    stranger = make.programme()
    client = sign_in(make.mentee(stranger).membership.account)
    assert client.get(url).status_code == 404
    assert client.get(url.replace("/heide/", f"/{stranger.slug}/")).status_code == 404


def shortlists_mentor(session, mentee):
    return asking.of(session, mentee).choices[0].mentor


def test_the_pages_ask_the_database_at_most_twelve_times(session, sign_in, own, actor, asked):
    client, url = own
    client.before_each = lambda: None
    staff = f"/heide/rounds/{asked.key}/ask"
    for page, account in ((url, None), ("/heide/home", None), (staff, actor)):
        if account:
            client = sign_in(account)
        session.commit()
        with statements(session) as seen:
            assert client.get(page).status_code == 200
        assert len(seen) <= 12, (page, seen)


def test_a_coordinator_fills_in_the_list_of_whom_they_call(
    session, make, sign_in, actor, mentees, solved
):
    called.without_address(make, mentees[0])
    asking.ask(session, solved, actor=actor)
    client = sign_in(actor)
    page = f"/heide/people/{mentees[0].key}/choices"
    assert page in client.get(f"/heide/rounds/{solved.key}/ask").text
    assert "You fill this in for" in client.get(page).text
    answer = client.submit(page, {"rank_1": "1"}, action=page)
    assert "Who has answered" in answer.text
    assert asking.ranks_of(session, mentees[0])[0] == 1
    assert client.get(f"/heide/people/{mentees[1].key}/choices").status_code == 303
    token = client.submit(page, {"rank_1": "1", "rank_2": "1"}, action=page)
    assert token.status_code == 422
