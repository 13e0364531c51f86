"""A list from the file to people in the programme, and back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.clock import now
from tandem.errors import Conflict, NotAllowed, NotFound, Stale
from tandem.models import (
    Account,
    AuditEvent,
    Company,
    Distinction,
    Import,
    ImportKind,
    ImportState,
    Mail,
    MailState,
    Mentee,
    Mentor,
    Note,
    NoteKind,
    Profile,
    ProfileState,
    Reading,
    Side,
)
from tandem.services import duplicates, intake
from tests.support import lists


@pytest.fixture
def asked(session, programme, actor):
    lists.bring(session, programme, actor)
    return lists.read(session)


def everybody(session, programme):
    """Names of the mentees and mentors of a programme."""
    mentees = session.scalars(sa.select(Mentee).where(Mentee.programme_id == programme.id))
    mentors = session.scalars(sa.select(Mentor).where(Mentor.programme_id == programme.id))
    return sorted(person.name for person in (*mentees, *mentors))


def profile_of(session, name):
    query = sa.select(Profile).order_by(Profile.id)
    return next(each for each in session.scalars(query) if each.person.name == name)


def notes(session):
    return [note.text for note in session.scalars(sa.select(Note).order_by(Note.id))]


def test_a_file_is_read_and_asked_about(session, asked):
    assert asked.state is ImportState.ASKING
    plain = intake.read_plain(session, asked)
    understanding = intake.understanding_of(plain)
    assert [person.line for person in understanding.people] == [3, 4, 5]
    assert [question.field for question in understanding.questions] == ["language_level"]
    plan = intake.make_plan(understanding, plain["known"], intake.choices_of(asked))
    counts = intake.count(understanding, plan, plain["known"], kind=asked.kind)
    assert (counts.people, counts.twice, counts.known, counts.taken) == (3, 1, 0, 2)


def test_people_with_gaps_become_drafts_and_the_rest_of_the_row_a_note(
    session, asked, programme, actor
):
    lists.take(session, asked, programme, actor)
    assert everybody(session, programme) == ["Emre Kaya", "Rima Haddad"]
    profile = profile_of(session, "Rima Haddad")
    assert profile.state is ProfileState.DRAFT
    assert profile.postal_code == "25746"
    assert profile.person.entered_by_id == actor.id
    assert "Bemerkung: kommt gern" in notes(session)[0]
    assert "Tel." in notes(session)[-1]
    assert {note.kind for note in session.scalars(sa.select(Note))} == {NoteKind.IMPORT}


def test_who_stands_twice_is_taken_once_and_nothing_of_the_second_row_is_lost(
    session, asked, programme, actor
):
    lists.take(session, asked, programme, actor)
    assert any("Bemerkung: nochmal" in text and "B2" in text for text in notes(session))


def test_what_is_over_is_forgotten(session, asked, programme, actor):
    import_ = lists.take(session, asked, programme, actor)
    assert import_.state is ImportState.TAKEN
    assert (import_.file, import_.understood, import_.answers) == (None, None, None)


def test_an_answer_holds_for_this_list_and_for_those_to_come(session, asked, programme, actor):
    known = {"programme": programme, "actor": actor}
    [question] = intake.understanding_of(intake.read_plain(session, asked)).questions
    intake.answer(session, asked.key, {question.key: "B1"}, seen_version=asked.version, **known)
    again = lists.read(session)
    assert intake.understanding_of(intake.read_plain(session, again)).questions == ()
    lists.take(session, again, programme, actor)
    assert profile_of(session, "Rima Haddad").languages == {"de": "B1"}
    rows = [lists.MENTEES[1], ("Nur, Ali", "", "25746", "gut", "", "", "")]
    lists.bring(session, programme, actor, rows=rows)
    third = lists.read(session)
    assert intake.understanding_of(intake.read_plain(session, third)).questions == ()
    intake.forget_reading(session, question.key, **known)
    assert session.scalars(sa.select(Reading)).all() == []


def test_only_what_can_be_an_answer_is_one(session, asked, programme, actor):
    [question] = intake.understanding_of(intake.read_plain(session, asked)).questions
    with pytest.raises(NotFound):
        intake.answer(
            session, asked.key, {question.key: "Z9"}, seen_version=asked.version,
            programme=programme, actor=actor,
        )  # fmt: skip


def test_a_column_can_be_corrected(session, asked, programme, actor):
    layout = intake.Layout(sheet=None, header_line=None, roles={5: "about"})
    intake.lay_out(
        session, asked.key, layout, seen_version=asked.version, programme=programme, actor=actor
    )
    again = lists.read(session)
    understanding = intake.understanding_of(intake.read_plain(session, again))
    assert understanding.people[0].value("about") == "kommt gern"


def test_two_coordinators_do_not_overwrite_each_other(session, asked, programme, actor):
    layout = intake.Layout(sheet=None, header_line=None, roles={})
    known = {"programme": programme, "actor": actor}
    with pytest.raises(Stale):
        intake.lay_out(session, asked.key, layout, seen_version=asked.version - 1, **known)


def test_who_is_known_is_left_out_unless_the_coordinator_says_otherwise(
    session, make, programme, actor
):
    make.mentee(programme, account=make.account(email="rima@people.example", first_name="R"))
    make.mentee(
        programme, account=make.account(first_name="Emre", last_name="Kaya"), postal_code="25541"
    )
    lists.bring(session, programme, actor)
    import_ = lists.read(session)
    known = intake.read_plain(session, import_)["known"]
    assert {line: each["because"] for line, each in known.items()} == {
        "3": "same_mail", "4": "similar_name", "5": "same_mail",
    }  # fmt: skip
    chosen = {3: intake.Double.NOTE, 4: intake.Double.TAKE}
    intake.choose_doubles(
        session, import_.key, chosen, seen_version=import_.version, programme=programme,
        actor=actor,
    )  # fmt: skip
    lists.take(session, session.get_one(Import, import_.id), programme, actor)
    assert (
        everybody(session, programme) == ["Emre Kaya", "Emre Kaya", "R Last3"]
        or len(everybody(session, programme)) == 3
    )
    [about] = [text for text in notes(session) if "kommt gern" in text]
    assert "gut" in about
    assert not any("nochmal" in text for text in notes(session))


def test_nobody_elses_programme_counts_as_known(session, make, programme, actor):
    make.mentee(make.programme(), account=make.account(email="rima@people.example"))
    lists.bring(session, programme, actor)
    import_ = lists.read(session)
    assert intake.read_plain(session, import_)["known"] == {}
    import_ = lists.take(session, import_, programme, actor)
    assert import_.problems == [{"line": 3, "code": "address_in_use"}]
    assert not profile_of(session, "Rima Haddad").person.membership.account.has_email
    assert any("rima@people.example" in text for text in notes(session))


def test_companies_come_vetted_with_their_mentors(session, programme, actor):
    lists.bring(session, programme, actor, rows=lists.COMPANIES, kind=ImportKind.COMPANIES)
    import_ = lists.read(session)
    understanding = intake.understanding_of(intake.read_plain(session, import_))
    [hotel] = [each for each in understanding.companies if each.value("name") == "Hotel am Deich"]
    assert intake.company_gaps(hotel, intake.choices_of(import_)) == ["sector"]
    intake.complete_companies(
        session, import_.key, {hotel.line: {"sector": "55"}}, seen_version=import_.version,
        programme=programme, actor=actor,
    )  # fmt: skip
    lists.take(session, session.get_one(Import, import_.id), programme, actor)
    companies = session.scalars(sa.select(Company).order_by(Company.id)).all()
    assert [(each.name, each.sector, each.is_vetted) for each in companies] == [
        ("Werft Nord GmbH", "30", True), ("Hotel am Deich", "55", True),
    ]  # fmt: skip
    assert everybody(session, programme) == ["Anke Petersen", "Jan Thiessen", "Ute Holm"]
    contacts = session.scalars(sa.select(Mentor).where(Mentor.is_contact)).all()
    assert sorted(mentor.name for mentor in contacts) == ["Anke Petersen", "Ute Holm"]
    assert profile_of(session, "Ute Holm").capacity == 2


def test_a_company_without_sector_waits_and_its_mentors_with_it(session, programme, actor):
    lists.bring(session, programme, actor, rows=lists.COMPANIES, kind=ImportKind.COMPANIES)
    lists.take(session, lists.read(session), programme, actor)
    assert everybody(session, programme) == ["Jan Thiessen", "Ute Holm"]


def test_mentors_of_a_company_that_is_there_join_it(session, make, programme, actor):
    company = make.company(programme, name="Werft  nord gmbh")
    lists.bring(session, programme, actor, rows=lists.COMPANIES, kind=ImportKind.COMPANIES)
    lists.take(session, lists.read(session), programme, actor)
    mentors = session.scalars(sa.select(Mentor).where(Mentor.company_id == company.id)).all()
    assert {mentor.name for mentor in mentors} == {"Ute Holm", "Jan Thiessen"}


@pytest.mark.parametrize(("welcomes", "mails"), [(True, ["rima@people.example"]), (False, [])])
def test_mails_go_out_only_if_the_coordinator_says_so(
    session, asked, programme, actor, welcomes, mails
):
    lists.take(session, asked, programme, actor, welcomes=welcomes)
    found = session.execute(sa.select(Mail.to_address).where(Mail.kind == "welcome_list"))
    assert [address for (address,) in found] == mails


def test_asking_twice_takes_in_once(session, asked, programme, actor):
    version = asked.version
    lists.take(session, asked, programme, actor)
    with pytest.raises((Stale, Conflict)):
        intake.take(
            session, asked.key, welcomes=False, programme=programme, actor=actor,
            seen_version=version,
        )  # fmt: skip
    assert everybody(session, programme) == ["Emre Kaya", "Rima Haddad"]


def test_nobody_is_taken_where_nobody_is_new(session, asked, programme, actor):
    lists.take(session, asked, programme, actor)
    lists.bring(session, programme, actor)
    again = lists.read(session)
    with pytest.raises(intake.NobodyToTake):
        lists.take(session, again, programme, actor)


@pytest.mark.parametrize(
    "content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04 broken"]
)
def test_what_cannot_be_read_says_why_and_is_forgotten(session, programme, actor, content):
    file = intake.Upload(kind=ImportKind.MENTEES, name="x.xlsx", content=content)
    intake.upload(session, file, programme=programme, actor=actor)
    import_ = lists.read(session)
    assert import_.state is ImportState.FAILED
    assert import_.problems[0]["code"] in {"old_workbook", "damaged", "not_a_workbook"}
    assert import_.file is None


def test_a_list_in_codes_goes_straight_in_or_not_at_all(session, programme, actor):
    header = ("id", "first_name", "last_name", "email", "languages", "occupation", "level")
    good = ("1", "Ali", "Nur", "ali@people.example", "de:B1", "2221", "4")
    bad = ("2", "Eva", "", "eva@people.example", "de:B7", "22219", "4")
    lists.bring(session, programme, actor, rows=[header, good, bad])
    import_ = lists.read(session)
    assert {problem["column"] for problem in import_.problems} >= {"languages", "last_name"}
    with pytest.raises(intake.NotAsItMustBe):
        lists.take(session, import_, programme, actor)
    lists.bring(session, programme, actor, rows=[header, good])
    lists.take(session, lists.read(session), programme, actor)
    assert profile_of(session, "Ali Nur").languages == {"de": "B1"}
    assert profile_of(session, "Ali Nur").occupation == "2221"


def test_complete_people_wait_for_approval(session, programme, actor):
    header = ("id", "first_name", "last_name", "email", "languages", "occupation", "level",
              "recognition", "postal_code", "reach_km", "modes", "needs", "about")  # fmt: skip
    row = ("1", "Ali", "Nur", "ali@people.example", "de:B1", "2221", "4", "applied", "25746", "20",
           "in_person", "network", "Pflege")  # fmt: skip
    lists.bring(session, programme, actor, rows=[header, row])
    import_ = lists.read(session)
    assert import_.problems == []
    lists.take(session, import_, programme, actor)
    profile = profile_of(session, "Ali Nur")
    assert profile.state is ProfileState.SUBMITTED
    [sent] = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "submit_profile"))
    assert (sent.subject_id, sent.account_id) == (profile.id, actor.id)
    assert profile.submitted_at is not None


def test_dropping_forgets_the_file(session, asked, programme, actor):
    intake.drop(session, asked.key, programme=programme, actor=actor)
    import_ = session.get_one(Import, asked.id)
    assert (import_.state, import_.file) == (ImportState.DROPPED, None)
    assert everybody(session, programme) == []


def test_only_coordinators_of_the_programme_may(session, make, asked, programme):
    stranger = make.coordinator()
    with pytest.raises(NotAllowed):
        intake.drop(session, asked.key, programme=programme, actor=stranger)
    other = make.programme()
    with pytest.raises(NotFound):
        intake.get_import(session, asked.key, programme=other, actor=make.coordinator(other))


@pytest.mark.parametrize("mails", [MailState.QUEUED, MailState.SENT])
@pytest.mark.parametrize("rows", [lists.MENTEES, lists.COMPANIES])
def test_undoing_leaves_nothing_behind(session, make, programme, actor, rows, mails):
    make.mentee(programme)
    kind = ImportKind.MENTEES if rows is lists.MENTEES else ImportKind.COMPANIES
    tables = (Account, Mentee, Mentor, Company, Profile, Note, Mail, Import)
    before = [session.scalar(sa.select(sa.func.count(table.id))) for table in tables]
    lists.bring(session, programme, actor, rows=rows, kind=kind)
    import_ = lists.take(session, lists.read(session), programme, actor, welcomes=True)
    session.execute(sa.update(Mail).values(state=mails))
    session.commit()
    assert intake.can_undo(session, import_, programme=programme)
    intake.undo(session, import_.key, programme=programme, actor=actor)
    after = [session.scalar(sa.select(sa.func.count(table.id))) for table in tables]
    assert after == before
    undone = sa.select(AuditEvent).where(AuditEvent.action == "undo_import")
    assert session.scalars(undone).one().details == {"people": 2}


def test_nothing_is_undone_once_somebody_took_over_an_account(session, asked, programme, actor):
    import_ = lists.take(session, asked, programme, actor)
    account = profile_of(session, "Rima Haddad").person.membership.account
    account.confirmed_at = now()
    session.commit()
    with pytest.raises(intake.TooLate):
        intake.undo(session, import_.key, programme=programme, actor=actor)
    assert len(everybody(session, programme)) == 2


def test_nothing_is_undone_on_another_day(session, asked, programme, actor, monkeypatch):
    import_ = lists.take(session, asked, programme, actor)
    later = now() + timedelta(days=1)
    monkeypatch.setattr("tandem.services.intake.undoing.now", lambda: later)
    assert clock.now() < later
    with pytest.raises(intake.TooLate):
        intake.undo(session, import_.key, programme=programme, actor=actor)


def test_a_side_is_what_the_list_says(session, programme, actor):
    lists.bring(session, programme, actor, rows=lists.COMPANIES, kind=ImportKind.COMPANIES)
    lists.take(session, lists.read(session), programme, actor)
    assert {profile.side for profile in session.scalars(sa.select(Profile))} == {Side.MENTOR}


def test_what_a_mentor_would_like_best_is_taken_over(session, programme, actor):
    header = ("id", "company", "first_name", "last_name", "email", "languages", "sectors", "place",
              "prefer")  # fmt: skip
    row = ("1", "Werft", "Ute", "Holm", "ute@people.example", "de:C2", "30", "25746",
           "occupation:22|need:network")  # fmt: skip
    bring = {"rows": [header, row], "kind": ImportKind.COMPANIES}
    lists.bring(session, programme, actor, **bring)
    import_ = lists.read(session)
    assert import_.problems == []
    lists.take(session, import_, programme, actor)
    assert profile_of(session, "Ute Holm").prefer == ["occupation:22", "need:network"]


def test_undoing_forgets_who_was_told_apart(session, asked, programme, actor, make):
    import_ = lists.take(session, asked, programme, actor)
    person = profile_of(session, "Rima Haddad").person
    other = make.mentee(programme)
    duplicates.distinguish(session, person.key, other.key, programme=programme, actor=actor)
    intake.undo(session, import_.key, programme=programme, actor=actor)
    assert not session.scalars(sa.select(Distinction)).all()


def test_undoing_touches_nobody_who_came_after_a_list_that_was_undone(
    session, programme, actor, make
):
    """Ids of what is gone are given again on SQLite; the trail still names them."""
    for _ in range(2):
        lists.bring(session, programme, actor)
        import_ = lists.take(session, lists.read(session), programme, actor)
        intake.undo(session, import_.key, programme=programme, actor=actor)
        account = make.account(confirmed_at=None)
        make.mentee(programme, account=account)
    assert len(everybody(session, programme)) == 2
