"""Pages for the end of a tandem: closing, survey, certificate, one question afterwards."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.models import (
    AuditEvent,
    Mail,
    Outcome,
    OutcomeKind,
    Side,
    Source,
    Survey,
    TandemState,
)
from tandem.services import closings, outcomes
from tandem.services.mails import filled
from tandem.services.tokens import secret_of
from tests.conftest import SECRET
from tests.support import agreeing, called, clocks, endings, pages, pairs
from tests.support.counting import statements

GOOD = {"satisfied": "5", "reached": "4", "supported": "5", "again": "yes", "remark": "Go on"}


@pytest.fixture
def tandem(make, programme, coordinator):
    return endings.running(
        make,
        make.mentor(programme),
        make.mentee(programme),
        since=clock.now() - timedelta(days=175),
    )


@pytest.fixture
def closed(session, programme, coordinator, tandem):
    closings.close(
        session, tandem.key, closings.ClosingDraft(), programme=programme, actor=coordinator
    )
    endings.attend(session)
    return tandem


@pytest.fixture
def url(programme):
    return lambda path: f"/{programme.slug}/{path}"


@pytest.fixture
def survey_of(session, closed):
    def find(side):
        query = sa.select(Survey).where(Survey.tandem_id == closed.id, Survey.side == side)
        return session.scalars(query).one()

    return find


@pytest.fixture
def outcome(session, closed):
    return session.scalars(sa.select(Outcome).where(Outcome.tandem_id == closed.id)).one()


@pytest.fixture
def link(session, closed, monkeypatch):
    """The address in the mail that asks what became of a mentee."""
    with monkeypatch.context() as patch:
        clocks.stopped(patch, clock.now() + timedelta(days=5))
        endings.attend(session)
    mail = session.scalars(sa.select(Mail).where(Mail.kind == "outcome")).one()
    body = filled(mail.text, "", secret_of(mail.token, secret_key=SECRET))
    return next(line for line in body.splitlines() if line.startswith("/"))


def test_either_side_says_that_the_goals_are_reached(sign_in, tandem, url, coordinator):
    page, wish = url(f"tandems/{tandem.key}"), url(f"closings/{tandem.key}/wish")
    mentor, mentee = pairs.accounts_of(tandem)
    assert "The coordination knows" in sign_in(mentor).submit(page, action=wish).text
    assert "We have reached what we wanted" not in sign_in(mentee).get(page).text
    staff = sign_in(coordinator)
    assert "Goals reached, says one of them" in staff.get(page).text
    assert "One of the two says" in staff.get(url(f"closings/{tandem.key}")).text


def test_the_two_are_told_that_the_end_is_near(sign_in, tandem, url):
    for account in pairs.accounts_of(tandem):
        assert "Your tandem ends soon" in sign_in(account).get(url(f"tandems/{tandem.key}")).text


def test_a_coordinator_closes_with_the_talk(session, sign_in, coordinator, tandem, url):
    client = sign_in(coordinator)
    page = client.submit(
        url(f"closings/{tandem.key}"),
        {"talked_on": clock.now().date().isoformat(), "text": "Both content."},
    )
    assert "The tandem is complete" in page.text
    assert tandem.state is TandemState.COMPLETED


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"talked_on": "2001-01-01", "text": "x"}, "Choose a day from the beginning"),
        ({"talked_on": "2026-11-01", "text": ""}, "Please write a line"),
        ({"talked_on": "soon", "text": "x"}, "Not a valid date"),
        ({"talked_on": "", "text": "x" * 4001}, "Use at most 4000"),
    ],
)
def test_what_is_wrong_with_a_talk_stands_beside_it(
    sign_in, coordinator, tandem, url, data, message
):
    answer = sign_in(coordinator).submit(url(f"closings/{tandem.key}"), data)
    assert answer.status_code == 422
    assert message in answer.text
    assert tandem.state is TandemState.ACTIVE


def test_nobody_is_asked_whether_all_is_reached_before_something_is_agreed_on(
    make, sign_in, programme, url
):
    fresh = endings.running(make, make.mentor(programme), make.mentee(programme))
    mentor, _mentee = pairs.accounts_of(fresh)
    page = url(f"tandems/{fresh.key}")
    assert "Reached what you wanted?" not in sign_in(mentor).get(page).text
    agreeing.agreed(make, fresh)
    assert "Reached what you wanted?" in sign_in(mentor).get(page).text


def test_what_was_typed_is_not_lost_when_the_tandem_takes_a_break(
    make, sign_in, coordinator, tandem, url
):
    client = sign_in(coordinator)
    page = url(f"closings/{tandem.key}")
    filled_in = pages.values_of(pages.find_form(pages.parse(client.get(page).text)))
    tandem.state = TandemState.PAUSED
    make.save(tandem)
    answer = client.post(page, data=filled_in | {"text": "A long talk"})
    assert answer.status_code == 409
    assert "A long talk" in answer.text
    assert "takes a break" in answer.text


def test_a_mentor_answers_and_only_coordinators_read_it(
    sign_in, coordinator, closed, url, survey_of
):
    mentor, mentee = pairs.accounts_of(closed)
    page = url(f"surveys/{survey_of(Side.MENTOR).key}")
    client = sign_in(mentor)
    assert "Would you accompany somebody again?" in client.get(page).text
    assert client.submit(page, {}).status_code == 422
    done = client.submit(page, GOOD)
    assert "Thank you. The coordination reads your answers." in done.text
    assert "Go on" in client.get(page).text
    across = sign_in(mentee)
    assert across.get(page).status_code == 404
    assert "Go on" not in across.get(url(f"tandems/{closed.key}")).text
    record = sign_in(coordinator).get(url(f"tandems/{closed.key}"))
    assert "Go on" in record.text
    assert "Very satisfied" in record.text


def test_a_mentee_goes_on_to_the_one_question_that_is_left(
    session, sign_in, closed, url, survey_of, outcome
):
    _mentor, mentee = pairs.accounts_of(closed)
    client = sign_in(mentee)
    page = url(f"surveys/{survey_of(Side.MENTEE).key}")
    assert "become a mentor yourself" in client.get(page).text
    asked = client.submit(page, GOOD)
    assert asked.request.path == url(f"outcomes/{outcome.key}")
    answer = client.submit(asked.request.path, {"kind": "study"})
    assert "Thank you, we have noted it" in answer.text
    session.refresh(outcome)
    assert (outcome.kind, outcome.source) == (OutcomeKind.STUDY, Source.MENTEE)


def test_answers_that_come_too_late_are_shown_and_not_lost(
    session, programme, sign_in, closed, url, survey_of
):
    mentor, _mentee = pairs.accounts_of(closed)
    survey = survey_of(Side.MENTOR)
    client = sign_in(mentor)
    page = url(f"surveys/{survey.key}")
    filled_in = pages.values_of(pages.find_form(pages.parse(client.get(page).text)))
    client.submit(page, GOOD)
    answer = client.post(page, data=filled_in | GOOD | {"remark": "A second thought"})
    assert answer.status_code == 409
    assert "A second thought" in answer.text
    assert "Go on" in answer.text


def test_a_coordinator_takes_up_who_would_go_again(
    session, programme, sign_in, coordinator, closed, url, survey_of
):
    mentor, _mentee = pairs.accounts_of(closed)
    survey = survey_of(Side.MENTOR)
    sign_in(mentor).submit(url(f"surveys/{survey.key}"), GOOD)
    client = sign_in(coordinator)
    record = url(f"tandems/{closed.key}")
    assert "Please take it up" in client.get(record).text
    page = client.submit(record, action=url(f"surveys/{survey.key}/attend"))
    assert "Taken up on" in page.text
    assert "Please take it up" not in page.text


def test_a_coordinator_sees_who_has_not_answered_and_asks_whom_they_call(
    make, sign_in, coordinator, closed, url, survey_of
):
    client = sign_in(coordinator)
    page = url(f"surveys/{survey_of(Side.MENTEE).key}")
    assert "There is no answer yet." in client.get(page).text
    called.without_address(make, closed.mentee)
    done = client.submit(page, GOOD)
    assert "Written down." in done.text
    assert survey_of(Side.MENTEE).satisfied == 5


def test_a_link_shows_the_question_without_signing_in_and_changes_nothing(
    session, client, sign_in, link, outcome
):
    sign_in(None)
    before = session.scalar(sa.select(sa.func.count(AuditEvent.id)))
    opened = client.get(link)
    assert opened.status_code == 303
    assert "." not in opened.location
    page = client.get(opened.location)
    assert "What are you doing now?" in page.text
    session.refresh(outcome)
    assert outcome.answered_at is None
    assert session.scalar(sa.select(sa.func.count(AuditEvent.id))) == before


def test_a_link_names_nobody(client, closed, sign_in, link):
    sign_in(None)
    page = client.get(link, follow_redirects=True)
    for account in pairs.accounts_of(closed):
        assert account.first_name not in page.text
        assert account.last_name not in page.text


def test_the_answer_by_a_link_uses_it_up(session, client, sign_in, link, outcome, url):
    sign_in(None)
    client.get(link, follow_redirects=True)
    page = url("outcomes/answer")
    assert client.submit(page, {}).status_code == 422
    missing = client.submit(page, {"kind": "work"})
    assert missing.status_code == 422
    done = client.submit(page, {"kind": "work", "in_field": "yes", "at_level": "unsure"})
    assert "Thank you" in done.text
    session.refresh(outcome)
    assert (outcome.kind, outcome.in_field, outcome.at_level) == (OutcomeKind.WORK, True, None)
    assert client.get(page).status_code == 410
    again = client.get(link, follow_redirects=True)
    assert again.status_code == 410
    assert "thank you" in again.text


def test_a_link_that_is_none_says_so(client, sign_in, url):
    sign_in(None)
    for bad in ("none.none", "x", "a" * 300):
        answer = client.get(url(f"outcomes/answer/{bad}"), follow_redirects=True)
        assert answer.status_code == 410


def test_a_coordinator_writes_down_and_sees_who_was_faster(
    session, programme, sign_in, coordinator, closed, url, outcome
):
    client = sign_in(coordinator)
    page = url(f"outcomes/{outcome.key}")
    old = client.get(page)
    assert old.status_code == 200
    seen = outcome.version
    _mentor, mentee = pairs.accounts_of(closed)
    outcomes.answer_outcome(
        session,
        outcome.key,
        outcomes.OutcomeDraft(kind=OutcomeKind.SEARCHING),
        programme=programme,
        actor=mentee,
        seen_version=seen,
    )
    clash = client.submit(page, {"version": str(seen), "kind": "training"})
    assert clash.status_code == 409
    assert "Now it says: Looking for work" in clash.text
    assert 'value="training" checked' in clash.text
    done = client.submit(page, {"kind": "training"})
    assert "Vocational training" in done.text
    assert "written down by the coordination" in done.text


def test_a_correction_begins_with_what_was_told(
    session, programme, sign_in, coordinator, url, outcome
):
    client = sign_in(coordinator)
    page = url(f"outcomes/{outcome.key}")
    client.submit(page, {"kind": "work", "in_field": "no", "at_level": "unsure"})
    again = client.get(page).text
    for control in ('value="work" checked', 'value="no" checked', 'value="unsure" checked'):
        assert control in again


@pytest.mark.parametrize("locale", ["de", "en", "ar"])
def test_a_certificate_is_tagged_and_in_the_persons_language(
    make, sign_in, coordinator, closed, url, locale
):
    mentor, _mentee = pairs.accounts_of(closed)
    mentor.locale = locale
    make.save(mentor)
    for client in (sign_in(mentor), sign_in(coordinator)):
        made = client.get(url(f"certificates/{closed.key}?side=mentor"))
        assert made.status_code == 200
        assert made.mimetype == "application/pdf"
        for mark in (b"/StructTreeRoot", b"pdfuaid", f"/Lang({locale})".encode()):
            assert mark in made.data


@pytest.mark.parametrize("who", ["coordinator", "mentor", "mentee"])
def test_a_certificate_can_be_had_in_each_language_of_documents(
    sign_in, coordinator, closed, url, who
):
    mentor, mentee = pairs.accounts_of(closed)
    client = sign_in({"coordinator": coordinator, "mentor": mentor, "mentee": mentee}[who])
    page = pages.parse(client.get(url(f"tandems/{closed.key}")).text)
    offered = [
        (link.get("hreflang"), link.get("href"))
        for link in page.iter("a")
        if "/certificates/" in link.get("href", "")
    ]
    sides = 2 if who == "coordinator" else 1
    assert [code for code, _ in offered] == ["de", "en", "ar"] * sides
    for code, address in offered:
        assert f"/Lang({code})".encode() in client.get(address).data


def test_a_running_tandem_has_no_certificate(sign_in, tandem, url):
    mentor, _mentee = pairs.accounts_of(tandem)
    assert sign_in(mentor).get(url(f"certificates/{tandem.key}")).status_code == 404


def test_after_an_early_end_without_meetings_the_page_asks_and_certifies_nothing(
    session, make, sign_in, tandem, url
):
    endings.ended_early(make, tandem)
    endings.attend(session)
    mentor, _mentee = pairs.accounts_of(tandem)
    page = sign_in(mentor).get(url(f"tandems/{tandem.key}"))
    assert "Say how it was" in page.text
    assert "certificate" not in page.text


@pytest.mark.parametrize("path", ["surveys/{survey}", "outcomes/{outcome}", "closings/{tandem}"])
def test_a_page_takes_few_statements(
    session, sign_in, coordinator, closed, url, survey_of, outcome, path
):
    keys = {
        "survey": survey_of(Side.MENTOR).key,
        "outcome": outcome.key,
        "tandem": closed.key,
    }
    page = url(path.format(**keys))
    client = sign_in(coordinator)
    with statements(session) as seen:
        assert client.get(page).status_code == 200
    assert len(seen) <= 12, "\n\n".join(seen)
