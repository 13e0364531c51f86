"""A break, going on, and an early end, on the pages of a tandem."""

from datetime import date, timedelta

import pytest

from tandem.clock import now
from tandem.models import CheckIn, EndReason, Side, TandemState
from tests.support import pairs
from tests.support.counting import statements
from tests.support.pages import find_form, parse, values_of


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor = make.mentor(programme, account=make.account(first_name="Maren"))
    mentee = make.mentee(programme, account=make.account(first_name="Rima"))
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def as_one(sign_in, tandem, coordinator):
    def run(who):
        mentor, mentee = pairs.accounts_of(tandem)
        return sign_in({"mentor": mentor, "mentee": mentee, "coordinator": coordinator}[who])

    return run


EVERYBODY = ["mentor", "mentee", "coordinator"]


def token_of(page):
    return {"csrf_token": values_of(find_form(parse(page)))["csrf_token"]}


def url(tandem, action=""):
    return f"/heide/tandems/{tandem.key}" + (f"/{action}" if action else "")


def soon():
    return (now() + timedelta(days=14)).date()


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_break_and_back(as_one, tandem, who):
    client = as_one(who)
    assert url(tandem, "pause") in client.get(url(tandem)).text
    text = client.submit(url(tandem, "pause"), {"until": soon().isoformat()}).text
    assert "The tandem takes a break" in text
    assert "It goes on again on" in text
    assert (tandem.state, tandem.paused_until) == (TandemState.PAUSED, soon())
    text = client.submit(url(tandem), action=url(tandem, "resume")).text
    assert "The tandem goes on." in text
    assert tandem.state is TandemState.ACTIVE


def test_a_break_without_a_day(as_one, tandem):
    text = as_one("mentee").submit(url(tandem, "pause")).text
    assert "It goes on as soon as one of you says so." in text
    assert tandem.paused_until is None


@pytest.mark.parametrize("until", [date(2020, 1, 1), date(2099, 1, 1), "nonsense"])
def test_a_day_that_cannot_be_is_asked_again(as_one, tandem, until):
    answer = as_one("mentee").submit(url(tandem, "pause"), {"until": str(until)})
    assert answer.status_code == 422
    assert tandem.state is TandemState.ACTIVE


def test_of_two_breaks_the_second_reader_sees_both(session, as_one, tandem):
    """E17."""
    client = as_one("mentor")
    tandem.state, tandem.paused_until = TandemState.PAUSED, soon()
    session.commit()
    later = (soon() + timedelta(days=7)).isoformat()
    data = {"seen": "active:", "until": later}
    answer = client.submit(url(tandem, "pause"), data)
    assert answer.status_code == 409
    assert "A break is noted already; it goes on again on" in answer.text
    assert f'value="{later}"' in answer.text
    assert f'value="paused:{soon().isoformat()}"' in answer.text
    assert tandem.paused_until == soon()


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_early_end_and_who_reads_why(as_one, tandem, who):
    data = {"reason": "no_time", "note": "Ganz unter uns gesagt."}
    text = as_one(who).submit(url(tandem, "end"), data).text
    assert "Both are told without the reason." in text
    assert tandem.state is TandemState.ENDED_EARLY
    for side in ("mentor", "mentee"):
        text = as_one(side).get(url(tandem)).text
        assert "nobody's fault" in text.replace("&#39;", "'")
        assert "unter uns" not in text
        assert "too little time" not in text
        assert url(tandem, "pause") not in text
    text = as_one("coordinator").get(url(tandem)).text
    assert "There was too little time" in text
    assert "Ganz unter uns gesagt." in text


def test_an_end_needs_a_reason_and_keeps_the_note(as_one, tandem):
    answer = as_one("mentee").submit(url(tandem, "end"), {"note": "Weil."})
    assert answer.status_code == 422
    assert "Please choose one." in answer.text
    assert "Weil." in answer.text
    assert tandem.state is TandemState.ACTIVE


def test_who_ends_what_has_ended_is_told_and_reads_what_they_wrote(session, as_one, tandem):
    client = as_one("mentee")
    page = client.get(url(tandem, "end")).text
    token = token_of(page)
    tandem.state, tandem.ended_at = TandemState.ENDED_EARLY, now()
    tandem.end_reason, tandem.ended_by = EndReason.MOVED, Side.MENTOR
    session.commit()
    data = token | {"reason": "no_time", "note": "Meine Worte."}
    answer = client.post(url(tandem, "end"), data=data)
    assert answer.status_code == 409
    assert "The tandem has ended already" in answer.text
    assert "Meine Worte." in answer.text
    assert tandem.end_note == ""


def test_what_has_ended_neither_rests_nor_goes_on(session, as_one, tandem):
    client = as_one("mentor")
    client.submit(url(tandem, "pause"))
    page = client.get(url(tandem)).text
    token = token_of(page)
    tandem.state, tandem.ended_at = TandemState.ENDED_EARLY, now()
    tandem.end_reason = EndReason.OTHER
    session.commit()
    for action in ("pause", "resume"):
        answer = client.post(url(tandem, action), data=token, follow_redirects=True)
        assert "Nothing was changed." in answer.text
    for action in ("pause", "end"):
        assert client.get(url(tandem, action)).location == url(tandem)
    assert tandem.state is TandemState.ENDED_EARLY


def test_the_pages_ask_little(session, as_one, tandem):
    for who in EVERYBODY:
        client = as_one(who)
        for action in ("pause", "end"):
            session.commit()
            client.before_each = lambda: None
            with statements(session) as seen:
                assert client.get(url(tandem, action)).status_code == 200
            assert len(seen) <= 12


def test_a_break_asks_nothing_and_keeps_the_form_for_meetings_folded(make, as_one, tandem):
    make.save(
        CheckIn(
            programme_id=tandem.programme_id,
            tandem_id=tandem.id,
            side=Side.MENTEE,
            number=1,
            due_on=now().date(),
        )
    )
    client = as_one("mentee")
    assert "How is it going?" in client.get(url(tandem)).text
    tandem.state = TandemState.PAUSED
    make.save(tandem)
    page = parse(client.get(url(tandem)).text)
    assert page.find(".//h2[@id='check-in']") is None
    assert page.find(".//details//h2[@id='log']") is not None
    assert "Nobody is asked during the break." in as_one("coordinator").get(url(tandem)).text
