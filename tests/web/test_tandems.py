"""The invitation and the tandem on their pages, and the coordinator's record of them."""

from datetime import timedelta

import pytest

from tandem.models import Side, TandemState
from tests.support import pairs
from tests.support.counting import statements


@pytest.fixture
def programme(make):
    return make.programme(contact_name="Frau Beispiel")


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor = make.mentor(
        programme,
        account=make.account(first_name="Maren", last_name="Beispiel"),
        topics=["applications", "network"],
    )
    mentee = make.mentee(
        programme,
        account=make.account(first_name="Rima", last_name="Muster"),
        postal_code="25541",
    )
    return pairs.invited(make, mentor, mentee, by=coordinator)


@pytest.fixture
def url(programme):
    def address(tandem=None, action=""):
        page = f"/{programme.slug}/tandems/{tandem.key if tandem else ''}"
        return f"{page}/{action}" if action else page

    return address


@pytest.fixture
def as_side(sign_in):
    """Sign one of the two in."""

    def as_(tandem, side):
        mentor, mentee = pairs.accounts_of(tandem)
        return sign_in(mentor if side is Side.MENTOR else mentee)

    return as_


def say_yes(client, url, tandem):
    page = url(tandem)
    return client.submit(page, action=url(tandem, "answer"))


def say_no(client, url, tandem, **data):
    page = f"{url(tandem)}?answer=no"
    return client.submit(page, data, action=url(tandem, "answer"))


def test_a_mentee_reads_who_and_why_and_until_when(as_side, url, tandem):
    text = as_side(tandem, Side.MENTEE).get(url(tandem)).text
    assert "We have found a mentor for you" in text
    assert "<bdi>Maren</bdi> can help you with: Writing applications." in text
    assert "Heide (about 32 km from you)" in text
    assert tandem.expires_at.strftime("%Y") in text
    assert "your answer is still missing" in text


def test_a_mentor_reads_who_and_why(as_side, url, tandem):
    text = as_side(tandem, Side.MENTOR).get(url(tandem)).text
    assert "We have found a mentee for you" in text
    assert "<bdi>Rima</bdi> asks for what you offer: Writing applications." in text
    assert "about 32 km from you" in text


def test_without_a_reason_the_page_still_says_something(as_side, url, make, programme):
    made = pairs.invited(make, make.mentor(programme), make.mentee(programme), facts=[])
    text = as_side(made, Side.MENTEE).get(url(made)).text
    assert "We think that you two go well together." in text


def test_the_first_yes_waits(as_side, url, tandem):
    text = say_yes(as_side(tandem, Side.MENTEE), url, tandem).text
    assert "We will write to you as soon as both have answered." in text
    assert "You have said yes" in text
    assert "Take your yes back" in text
    assert tandem.state is TandemState.INVITED


def test_the_second_yes_opens_the_tandem_page(as_side, url, tandem):
    say_yes(as_side(tandem, Side.MENTEE), url, tandem)
    text = say_yes(as_side(tandem, Side.MENTOR), url, tandem).text
    assert "You are a tandem now." in text
    assert "Your tandem with Rima Muster" in text.replace("<bdi>", "").replace("</bdi>", "")
    assert "Please write to <bdi>Rima</bdi>" in text
    assert "Writing applications" in text
    text = as_side(tandem, Side.MENTEE).get(url(tandem)).text
    assert "We have asked <bdi>Maren</bdi> to write to you first." in text


def test_a_no_asks_why_and_takes_no_reason_too(as_side, url, tandem):
    client = as_side(tandem, Side.MENTEE)
    text = client.get(f"{url(tandem)}?answer=no").text
    assert "Would you rather not meet" in text
    text = say_no(client, url, tandem).text
    assert "Thank you for your answer." in text
    assert "This tandem does not come about" in text
    assert tandem.state is TandemState.DECLINED


def test_a_reason_that_is_too_long_stays_on_the_page(as_side, url, tandem):
    answer = say_no(as_side(tandem, Side.MENTEE), url, tandem, reason="x" * 501)
    assert answer.status_code == 422
    assert "x" * 501 in answer.text
    assert "Would you rather not meet" in answer.text


def test_an_answer_that_is_neither_is_refused(as_side, url, tandem):
    client = as_side(tandem, Side.MENTEE)
    answer = client.submit(url(tandem), {"answer": "maybe"}, action=url(tandem, "answer"))
    assert answer.status_code == 422
    assert "maybe" not in answer.text
    assert tandem.state is TandemState.INVITED


def test_the_other_side_does_not_read_the_reason(as_side, url, tandem):
    say_no(as_side(tandem, Side.MENTEE), url, tandem, reason="I am moving away.")
    text = as_side(tandem, Side.MENTOR).get(url(tandem)).text
    assert "That happens and is nobody" in text
    assert "moving" not in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TandemState.EXPIRED, "The time to answer is over"),
        (TandemState.WITHDRAWN, "We have taken the invitation back."),
        (TandemState.DECLINED, "This tandem does not come about"),
    ],
)
def test_a_late_yes_learns_what_happened(as_side, url, make, tandem, state, words):
    client = as_side(tandem, Side.MENTOR)
    page = client.get(url(tandem)).text
    tandem.state = state
    make.save(tandem)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token, "answer": "yes", "version": "1"}
    answer = client.post(url(tandem, "answer"), data=data)
    assert answer.status_code == 409
    assert words in answer.text
    assert "Your answer came too late and does not count." in answer.text


def test_a_page_says_that_time_is_over_before_the_worker_does(as_side, url, make, tandem):
    tandem.expires_at -= timedelta(days=30)
    make.save(tandem)
    text = as_side(tandem, Side.MENTOR).get(url(tandem)).text
    assert "The time to answer is over" in text
    assert "Rima" not in text


def test_an_old_page_does_not_take_a_yes_back(as_side, url, tandem):
    client = as_side(tandem, Side.MENTEE)
    say_yes(client, url, tandem)
    answer = client.submit(
        f"{url(tandem)}?answer=no", {"version": "1"}, action=url(tandem, "answer")
    )
    assert answer.status_code == 409
    assert "Things have changed since you opened this page." in answer.text
    assert "You have said yes" in answer.text


@pytest.mark.parametrize("state", [TandemState.PAUSED, TandemState.COMPLETED])
def test_a_tandem_that_does_not_run_says_so(as_side, url, make, programme, state):
    made = pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)
    text = as_side(made, Side.MENTEE).get(url(made)).text
    assert "Your next step" not in text
    said = {
        TandemState.PAUSED: "The tandem takes a break",
        TandemState.COMPLETED: "Thank you for your tandem",
    }
    assert said[state] in text


def test_a_tandem_without_common_topics_agrees_at_the_first_meeting(as_side, url, make, programme):
    mentor, mentee = make.mentor(programme, topics=["network"]), make.mentee(programme)
    made = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
    assert "Agree at your first meeting on what" in as_side(made, Side.MENTOR).get(url(made)).text


def test_the_coordinator_reads_the_whole_record(sign_in, coordinator, as_side, url, tandem):
    say_no(as_side(tandem, Side.MENTEE), url, tandem, reason="I am moving away.")
    text = sign_in(coordinator).get(url(tandem)).text
    for words in ("I am moving away.", "They get on well.", "no on ", coordinator.name):
        assert words in text


def test_the_coordinator_takes_an_invitation_back(sign_in, coordinator, url, tandem):
    client = sign_in(coordinator)
    refused = client.submit(url(tandem), action=url(tandem, "withdraw"))
    assert refused.status_code == 422
    assert "Please say why" in refused.text
    text = client.submit(url(tandem), {"reason": "A mistake"}, action=url(tandem, "withdraw")).text
    assert "The invitation has been taken back." in text
    assert "Why it was taken back:" in text


def test_taking_back_is_refused_when_someone_answered_meanwhile(
    sign_in, coordinator, as_side, url, tandem
):
    seen = tandem.version
    say_yes(as_side(tandem, Side.MENTOR), url, tandem)
    client = sign_in(coordinator)
    data = {"reason": "My words", "version": str(seen)}
    answer = client.submit(url(tandem), data, action=url(tandem, "withdraw"))
    assert answer.status_code == 409
    assert "The invitation was not taken back." in answer.text
    assert "My words" in answer.text


def test_who_coordinates_and_takes_part_sees_their_own_invitation(sign_in, make, programme, url):
    both = make.coordinator(programme)
    made = pairs.invited(make, make.mentor(programme, account=both), make.mentee(programme))
    assert "We have found a mentee for you" in sign_in(both).get(url(made)).text


def test_somebody_elses_tandem_is_not_there(sign_in, make, programme, url, tandem):
    stranger = make.mentee(programme).membership.account
    client = sign_in(stranger)
    assert client.get(url(tandem)).status_code == 404
    other = make.coordinator(make.programme())
    assert sign_in(other).get(url(tandem)).status_code == 404


def test_the_list_begins_with_what_waits(sign_in, coordinator, make, programme, url, tandem):
    running = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
    over = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.EXPIRED)
    client = sign_in(coordinator)
    text = client.get(url()).text
    assert "1 invitation waits for answers." in text
    assert tandem.key in text
    assert "7 days left" in text
    assert running.key not in text
    assert running.key in client.get(f"{url()}?view=running").text
    assert over.key in client.get(f"{url()}?view=over&page=99999999999999999999").text
    assert tandem.key in client.get(f"{url()}?view=nonsense").text


def test_the_last_day_is_marked(sign_in, coordinator, make, url, tandem):
    tandem.expires_at -= timedelta(days=7)
    make.save(tandem)
    assert "until tonight" in sign_in(coordinator).get(url()).text
    tandem.expires_at -= timedelta(days=1)
    make.save(tandem)
    assert "time is over" in sign_in(coordinator).get(url()).text


@pytest.mark.parametrize("view", ["waiting", "running", "over"])
def test_an_empty_list_says_so(sign_in, coordinator, url, view):
    text = sign_in(coordinator).get(f"{url()}?view={view}").text
    assert "t-empty" in text


@pytest.mark.parametrize("count", [2, 20])
def test_the_list_takes_the_same_few_statements(
    sign_in, coordinator, session, make, programme, url, count
):
    for _ in range(count):
        pairs.invited(make, make.mentor(programme), make.mentee(programme))
    client = sign_in(coordinator)
    with statements(session) as seen:
        client.get(url())
    assert len(seen) <= 12, seen


@pytest.mark.parametrize("reader", ["mentor", "mentee", "coordinator"])
def test_a_tandem_takes_few_statements(as_side, sign_in, coordinator, session, url, tandem, reader):
    client = sign_in(coordinator) if reader == "coordinator" else as_side(tandem, Side(reader))
    with statements(session) as seen:
        client.get(url(tandem))
    assert len(seen) <= 12, seen
