"""The secret address of one's own calendar, on its page and as a calendar reads it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tandem.clock import now
from tandem.models import Meeting, Side, TandemState, Way
from tests.support import pairs
from tests.support.pages import parse


@pytest.fixture
def tandem(make, programme):
    return pairs.tandem(
        make,
        make.mentor(programme),
        make.mentee(programme, account=make.account(first_name="Rima")),
        TandemState.ACTIVE,
    )


@pytest.fixture
def mentor(sign_in, tandem):
    return sign_in(pairs.accounts_of(tandem)[0])


@pytest.fixture
def planned(make, tandem):
    return make.save(
        Meeting(
            programme_id=tandem.programme_id,
            tandem_id=tandem.id,
            starts_at=now() + timedelta(days=1),
            minutes=60,
            way=Way.PHONE,
            proposed_by=Side.MENTOR,
        )
    )


def address(client, programme):
    """Return the path of the address that the page of somebody's calendar shows."""
    page = parse(client.get(f"/{programme.slug}/my-calendar/").text)
    found = [field.get("value") or "" for field in page.iter("input")]
    return next(urlsplit(link).path for link in found if link.endswith(".ics"))


def press(client, programme, action):
    page = f"/{programme.slug}/my-calendar/"
    return client.submit(page, action=f"{page}{action}")


def test_an_address_is_made_renewed_and_removed(mentor, programme, planned):
    assert "You have no address yet" in mentor.get(f"/{programme.slug}/my-calendar/").text
    press(mentor, programme, "open")
    first = address(mentor, programme)
    assert mentor.get(first).status_code == 200
    press(mentor, programme, "open")
    second = address(mentor, programme)
    assert mentor.get(first).status_code == 404
    assert mentor.get(second).status_code == 200
    press(mentor, programme, "close")
    assert mentor.get(second).status_code == 404


def test_a_calendar_needs_no_sign_in(mentor, sign_in, programme, planned):
    press(mentor, programme, "open")
    path = address(mentor, programme)
    answer = sign_in(None).get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert "Rima" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


def test_what_has_not_changed_is_not_sent_again(mentor, make, programme, planned):
    press(mentor, programme, "open")
    path = address(mentor, programme)
    tag = mentor.get(path).headers["ETag"]
    again = mentor.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    planned.place = "Bahnhof"
    make.save(planned)
    changed = mentor.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Bahnhof" in changed.text


def test_a_wrong_secret_is_not_found(mentor, programme):
    press(mentor, programme, "open")
    path = address(mentor, programme)
    for wrong in (path.replace(".ics", "0.ics"), "/calendar/none.none.ics", "/calendar/x.ics"):
        answer = mentor.get(wrong)
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_says_when_a_calendar_asked(mentor, programme):
    press(mentor, programme, "open")
    page = f"/{programme.slug}/my-calendar/"
    assert "No calendar has asked yet." in mentor.get(page).text
    mentor.get(address(mentor, programme))
    assert "A calendar last asked on" in mentor.get(page).text


def test_the_secret_is_in_no_log_when_something_breaks(
    mentor, app, programme, planned, caplog, monkeypatch
):
    def broken(*_args, **_values):
        raise RuntimeError("broken")

    press(mentor, programme, "open")
    path = address(mentor, programme)
    monkeypatch.setattr("icalendar.Calendar.to_ical", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert mentor.get(path).status_code == 500
    assert "/calendar/<link>.ics" in caplog.text
    assert path not in caplog.text


def test_the_secret_is_in_no_log(mentor, programme, planned, caplog):
    caplog.set_level("DEBUG")
    press(mentor, programme, "open")
    path = address(mentor, programme)
    mentor.get(path)
    mentor.get(path.replace(".ics", "0.ics"))
    secret = path.partition(".")[2].partition(".")[0]
    assert len(secret) == 64
    assert secret not in caplog.text
