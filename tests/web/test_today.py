"""The day of a coordinator on its page, and what they note about a tandem."""

from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.models import (
    Again,
    CheckIn,
    CheckInState,
    CompanyState,
    Mail,
    MailState,
    Meeting,
    MeetingState,
    Note,
    NoteKind,
    Outcome,
    ProfileState,
    Round,
    RoundState,
    Side,
    Survey,
    Tandem,
    TandemState,
    Todo,
    Way,
)
from tandem.services import rounds, tandems, todos
from tandem.services.programmes import at_local_time, today
from tests.support import pairs, solving
from tests.support.counting import statements
from tests.support.pages import parse


@pytest.fixture
def programme(make):
    return make.programme(contact_phone="04832 555", contact_email="ask@programme.example")


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme, first_name="Svenja", last_name="Thomsen")


@pytest.fixture
def client(sign_in, coordinator):
    return sign_in(coordinator)


@pytest.fixture
def url(programme):
    return lambda *rest: "/".join(["", programme.slug, *rest])


@pytest.fixture
def tandem(make, programme, coordinator):
    def made(state=TandemState.ACTIVE, *, mentee="Hamid"):
        account = make.account(first_name=mentee, last_name="Azizi")
        return pairs.tandem(
            make,
            make.mentor(programme),
            make.mentee(programme, account=account),
            state,
            by=coordinator,
        )

    return made


@pytest.fixture
def crowd(session, make, programme, coordinator, tandem):
    """Have several of everything wait at once."""

    def gather(number):
        for each in range(number):
            expiring = tandem(TandemState.INVITED)
            expiring.expires_at = at_local_time(today(programme), time(23, 59, 59), programme)
            running, over = tandem(), tandem(TandemState.COMPLETED)
            tandem(TandemState.DECLINED)
            ours = {"programme_id": programme.id}
            make.save(
                Meeting(
                    tandem_id=running.id, state=MeetingState.MISSED, minutes=60,
                    starts_at=now() - timedelta(days=2), way=Way.PHONE, logged_at=now(), **ours,
                )
            )  # fmt: skip
            asked = CheckIn(
                tandem_id=running.id, side=Side.MENTEE, number=1, due_on=today(programme), **ours
            )
            make.save(asked)
            asked.state, asked.answered_at, asked.going = CheckInState.ANSWERED, now(), 1
            make.save(Outcome(tandem_id=over.id, months=0, due_on=today(programme), **ours))
            make.save(
                Survey(
                    tandem_id=over.id, side=Side.MENTOR, answered_at=now(), satisfied=5,
                    again=Again.YES, **ours,
                )
            )  # fmt: skip
            make.mentee(programme, state=ProfileState.SUBMITTED)
            make.company(programme, state=CompanyState.REGISTERED)
            draft = todos.TodoDraft(
                text=f"Call {each}", due_on=today(programme), tandem_key=running.key
            )
            todos.add_todo(session, draft, programme=programme, actor=coordinator)

    return gather


def test_an_empty_day_is_a_friendly_one(client, url):
    text = client.get(url("today", "")).text
    assert "Svenja Thomsen." in text
    assert "Nothing waits for you." in text
    assert "No tandem is silent." in text


def test_everything_that_waits_is_on_the_page(client, url, crowd):
    crowd(1)
    text = client.get(url("today", "")).text
    for words in (
        "Invitations that expire soon", "Somebody else to ask", "Silent tandems",
        "Check-ins that need a word", "To approve", "Missed meetings",
        "Agreements that are missing", "Outcomes to ask for", "Would take part once more",
        "Call 0", "2 of them only until tonight",
    ):  # fmt: skip
        assert words in text, words
    assert "No tandem is silent." not in text


def test_a_long_list_shows_its_first_and_then_all(client, url, crowd):
    crowd(8)
    page = parse(client.get(url("today", "")).text)
    assert shown(page, "silent") == 6
    assert shown(parse(client.get(url("today", "?whole=silent")).text), "silent") == 8


def shown(page, section):
    found = page.find(f".//section[@aria-labelledby='{section}']/ul")
    return len(found.findall("li"))


@pytest.mark.parametrize("number", [1, 9])
def test_the_page_asks_at_most_twelve_times_whatever_waits(session, client, url, crowd, number):
    crowd(number)
    session.commit()
    client.before_each = lambda: None
    with statements(session) as seen:
        assert client.get(url("today", "")).status_code == 200
    assert len(seen) <= 12, seen


def test_an_invitation_is_reminded_of_once_a_day(client, url, programme, session, tandem):
    pair = tandem(TandemState.INVITED)
    pair.expires_at = at_local_time(today(programme), time(23, 59, 59), programme)
    pair.mentee_yes_at = now()
    session.commit()
    text = client.get(url("today", "")).text
    assert "Hamid Azizi" in text
    assert "until tonight" in text
    remind = url("today", pair.key, "remind")
    assert "The mentor has been reminded." in client.submit(url("today", ""), action=remind).text
    assert "They were reminded today." in client.submit(url("today", ""), action=remind).text


def test_a_reminder_that_comes_too_late_says_so(client, url, session, tandem):
    pair = tandem(TandemState.INVITED)
    pair.expires_at = now() + timedelta(hours=30)
    session.commit()
    page = client.get(url("today", ""))
    assert "Hamid Azizi" in page.text
    pair.state, pair.ended_at = TandemState.WITHDRAWN, now()
    session.commit()
    data = {"csrf_token": parse(page.text).find(".//input[@name='csrf_token']").get("value")}
    answer = client.post(url("today", pair.key, "remind"), data=data, follow_redirects=True)
    assert "This invitation is no longer open." in answer.text


def test_support_is_noted_on_the_page_of_a_tandem(client, url, session, tandem):
    pair = tandem()
    page, support = url("tandems", pair.key), url("today", pair.key, "support")
    text = client.submit(page, {"text": "Called <both>."}, action=support).text
    assert "Noted." in text
    assert "Called &lt;both&gt;." in text
    assert session.scalars(sa.select(Note.kind)).all() == [NoteKind.SUPPORT]
    answer = client.submit(page, action=url("today", pair.key, "support", "remove"))
    assert "The note is removed." in answer.text
    assert session.scalars(sa.select(Note)).all() == []


@pytest.mark.parametrize(
    "data",
    [
        {"text": " "},
        {"text": "Called", "talked_on": "2999-01-01"},
        {"text": "Called", "talked_on": "soon"},
        {"text": "Called", "talked_on": "0020-01-01"},
        {"text": "Called", "talked_on": ""},
        {"text": "Cal\0led"},
    ],
)
def test_a_note_that_cannot_be_is_refused_and_not_lost(client, url, session, tandem, data):
    pair = tandem()
    support = url("today", pair.key, "support")
    answer = client.submit(url("tandems", pair.key), data, action=support)
    assert answer.status_code == 422
    assert session.scalars(sa.select(Note)).all() == []
    if data["text"] == "Called":
        assert "Called</textarea>" in answer.text


def test_only_coordinators_see_what_they_noted(client, url, sign_in, session, tandem):
    pair = tandem()
    page = url("tandems", pair.key)
    client.submit(page, {"text": "Canary"}, action=url("today", pair.key, "support"))
    client.submit(page, {"text": "Canary"}, action=url("todos", ""))
    assert client.get(page).text.count("Canary") >= 2
    for account in pairs.accounts_of(session.get_one(Tandem, pair.id)):
        assert "Canary" not in sign_in(account).get(page).text


def test_a_to_do_is_written_down_ticked_off_and_taken_back(client, url, session, programme):
    day = url("today", "")
    due_on = today(programme).isoformat()
    added = client.submit(day, {"text": "Book a <room>", "due_on": due_on}, action=url("todos", ""))
    assert "Book a &lt;room&gt;" in added.text
    assert "1 thing waits for you. 1 of them only until tonight." in added.text
    todo = session.scalars(sa.select(Todo)).one()
    done = client.submit(day, action=url("todos", todo.key, "done"))
    assert "done today" in done.text
    assert "Nothing waits for you." in done.text
    again = client.submit(day, action=url("todos", todo.key, "reopen"))
    assert "1 thing waits for you." in again.text


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "x" * 301},
        {"text": "Call", "due_on": ""},
        {"text": "Call", "due_on": "1000-01-01"},
        {"text": "Call", "due_on": "9999-01-01"},
    ],
)
def test_a_to_do_that_cannot_be_is_refused(client, url, session, data):
    answer = client.submit(url("today", ""), data, action=url("todos", ""))
    assert answer.status_code == 422
    assert session.scalars(sa.select(Todo)).all() == []


def test_to_dos_of_a_tandem_lead_back_to_it(client, url, session, tandem):
    pair = tandem()
    page = url("tandems", pair.key)
    answer = client.submit(page, {"text": "Visit them"}, action=url("todos", ""))
    assert answer.request.path == page
    todo = session.scalars(sa.select(Todo)).one()
    assert todo.tandem_id == pair.id
    for what in ("done", "reopen"):
        answer = client.submit(page, action=url("todos", todo.key, what))
        assert answer.request.path == page


@pytest.fixture
def declined(session, make, programme, coordinator):
    """Have the one invitation of a solved round declined; another mentor would do as well."""
    make.mentor(programme, topics=["applications"])
    make.mentor(programme, topics=[], account=make.account(first_name="Anke"))
    mentee = make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=coordinator)
    solving.decide(session, proposal, actor=coordinator)
    pair = session.scalars(sa.select(Tandem)).one()
    tandems.answer(
        session,
        pair.key,
        programme=programme,
        actor=mentee.membership.account,
        says_yes=False,
        seen_version=pair.version,
    )
    session.commit()
    return pair, round_


def test_in_an_open_round_the_next_best_is_pinned_and_solved_for(client, url, session, declined):
    pair, round_ = declined
    day = client.get(url("today", "")).text
    assert "Next best: <bdi>Anke" in day
    page = url("tandems", pair.key)
    text = client.get(page).text
    assert "Costs" in text
    client.submit(page, {"kind": "pin_and_solve"}, action=url("rounds", round_.key, "adjust"))
    session.refresh(round_)
    assert round_.state is RoundState.QUEUED
    assert "A round is at work" in client.get(page).text


def test_after_a_closed_round_a_new_one_opens_with_the_pair(
    client, url, session, programme, coordinator, declined
):
    pair, round_ = declined
    rounds.close_round(session, round_.key, programme=programme, actor=coordinator)
    page, instead = url("tandems", pair.key), url("today", pair.key, "instead")
    answer = client.submit(page, action=instead)
    assert "the two are pinned in it" in answer.text
    opened = session.scalars(sa.select(Round).where(Round.state == RoundState.PREPARING)).one()
    [pinned] = rounds.list_adjustments(session, opened)
    assert (pinned.mentor.first_name, pinned.mentee_id) == ("Anke", pair.mentee_id)


def test_where_nobody_is_left_the_page_says_what_would_help(client, url, tandem):
    pair = tandem(TandemState.EXPIRED)
    for page in (url("today", ""), url("tandems", pair.key)):
        text = client.get(page).text
        assert "Nobody else of that round is free" in text
        assert "one more place with a mentor" in text


def test_mails_that_did_not_arrive_are_counted(client, url, session, tandem):
    tandem(TandemState.INVITED)
    session.execute(sa.update(Mail).values(state=MailState.FAILED))
    session.commit()
    assert "2 e-mails did not arrive." in client.get(url("today", "")).text


def test_every_page_says_whom_to_ask(client, url, sign_in, make, programme, tandem):
    running = tandem()
    staff = ("today/", "people/", "settings/", f"tandems/{running.key}")
    theirs = ("home", "profile/", f"tandems/{running.key}")
    for page in staff:
        assert_contact(client.get(url(page)))
    participant = sign_in(running.mentor.membership.account)
    for page in theirs:
        assert_contact(participant.get(url(page)))
    visitor = sign_in(None)
    for page in ("", "privacy", "imprint", "check-mail", "mentees/register"):
        assert_contact(visitor.get(url(page)))
    make.programme()
    assert_contact(visitor.get("/"))
    for page in ("/sign-in", url("nowhere")):
        assert 'href="/#contact"' in visitor.get(page).text


def assert_contact(page):
    assert 'href="tel:04832555"' in page.text, page.request.path
    assert 'href="mailto:ask@programme.example"' in page.text, page.request.path


def test_who_is_in_one_running_tandem_finds_it_in_the_navigation(client, sign_in, url, tandem):
    running, asked = tandem(), tandem(TandemState.INVITED)
    link = f'<a href="{url("tandems", running.key)}">My tandem</a>'
    assert link in sign_in(running.mentor.membership.account).get(url("home")).text
    assert "My tandem" not in sign_in(asked.mentor.membership.account).get(url("home")).text
