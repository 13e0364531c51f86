"""Many people of a list taken in at once: few statements, and each as if they came alone."""

import sqlalchemy as sa

from tandem.models import Account, AuditEvent, Company, ImportKind, Mail, Membership, Mentor, Note
from tandem.services import intake
from tandem.services.intake.taking import PORTION
from tests.support import lists
from tests.support.counting import statements

HEADER = ("Name, Vorname", "E-Mail", "PLZ", "Deutsch", "Bemerkung")
COMPANY_HEADER = lists.COMPANIES[0]
STATEMENTS_OF_A_PORTION = 50


def many(count):
    return [
        HEADER,
        *(
            (f"Nur{at:03d}, Ali{at:03d}", f"ali{at}@people.example", "25746", "B1", f"Satz {at}")
            for at in range(count)
        ),
    ]


def accounts_named(session, like):
    query = sa.select(Account).where(Account.first_name.like(like)).order_by(Account.id)
    return session.scalars(query).all()


def test_as_many_statements_whether_few_or_many_come(session, backend, programme, actor):
    lists.bring(session, programme, actor, rows=many(PORTION - 1))
    import_ = lists.read(session)
    with statements(session) as seen:
        lists.take(session, import_, programme, actor)
    assert len(accounts_named(session, "Ali%")) == PORTION - 1
    # SQLite, which is in the same process, is given new rows one by one to learn their ids.
    counted = [each for each in seen if backend != "sqlite" or not each.startswith("INSERT")]
    assert len(counted) < STATEMENTS_OF_A_PORTION


def test_everybody_keeps_what_the_list_says_of_them(session, programme, actor):
    lists.bring(session, programme, actor, rows=many(30))
    lists.take(session, lists.read(session), programme, actor)
    accounts = accounts_named(session, "Ali%")
    assert [each.email for each in accounts] == [f"ali{at}@people.example" for at in range(30)]
    notes = session.scalars(sa.select(Note).order_by(Note.id)).all()
    said = {note.mentee_id: note.text for note in notes}
    for at, mentee_id in enumerate(sorted(said)):
        assert said[mentee_id] == f"Bemerkung: Satz {at}"


def test_what_was_done_to_each_is_recorded_with_its_line(session, programme, actor):
    lists.bring(session, programme, actor, rows=many(5))
    import_ = lists.take(session, lists.read(session), programme, actor)
    events = session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "import_mentee").order_by(AuditEvent.id)
    ).all()
    assert [each.details for each in events] == [
        {"import": import_.id, "line": line} for line in range(2, 7)
    ]
    assert {each.programme_id for each in events} == {programme.id}
    assert {each.account_id for each in events} == {actor.id}
    entered = sa.select(AuditEvent.subject_id).where(AuditEvent.action == "enter")
    members = sa.select(Membership.id).join(Account).where(Account.first_name.like("Ali%"))
    assert set(session.scalars(entered)) >= set(session.scalars(members))


def test_of_two_with_one_address_the_second_comes_without(session, programme, actor):
    rows = [
        HEADER,
        ("Nur, Ali", "shared@people.example", "25746", "B1", ""),
        ("Okafor, Ada", "shared@people.example", "25541", "B1", ""),
    ]
    lists.bring(session, programme, actor, rows=rows)
    import_ = lists.read(session)
    intake.choose_doubles(
        session, import_.key, {3: intake.Double.TAKE}, seen_version=import_.version,
        programme=programme, actor=actor,
    )  # fmt: skip
    import_ = lists.take(session, session.get_one(type(import_), import_.id), programme, actor)
    [first] = accounts_named(session, "Ali")
    [second] = accounts_named(session, "Ada")
    assert (first.email, second.has_email) == ("shared@people.example", False)
    assert import_.problems == [{"line": 3, "code": "address_in_use"}]
    assert "shared@people.example" in session.scalars(sa.select(Note.text)).one()


def test_an_address_taken_since_the_list_was_read_stays_with_its_owner(
    session, make, programme, actor
):
    lists.bring(session, programme, actor, rows=many(3))
    import_ = lists.read(session)
    owner = make.account(email="ali1@people.example")
    import_ = lists.take(session, import_, programme, actor)
    assert [each.has_email for each in accounts_named(session, "Ali%")] == [True, False, True]
    assert import_.problems == [{"line": 3, "code": "address_in_use"}]
    assert session.get_one(Account, owner.id).email == "ali1@people.example"


def test_each_of_many_gets_a_mail_with_a_link_of_their_own(session, programme, actor):
    lists.bring(session, programme, actor, rows=many(4))
    lists.take(session, lists.read(session), programme, actor, welcomes=True)
    mails = session.scalars(sa.select(Mail).where(Mail.kind == "welcome_list")).all()
    assert {each.to_address for each in mails} == {f"ali{at}@people.example" for at in range(4)}
    assert len({each.token_id for each in mails}) == 4


def test_companies_that_come_together_have_a_contact_each(session, programme, actor):
    rows = [COMPANY_HEADER]
    for at in range(6):
        rows.append(
            (f"Werft {at:02d} Nord", "30", "25746", f"Ute Holm{at}", f"u{at}@w.example", "1")
        )
        rows.append((f"Werft {at:02d} Nord", "", "", f"Jan Beck{at}", f"j{at}@w.example", "1"))
    lists.bring(session, programme, actor, rows=rows, kind=ImportKind.COMPANIES)
    lists.take(session, lists.read(session), programme, actor)
    companies = session.scalars(sa.select(Company).order_by(Company.id)).all()
    assert [each.name for each in companies] == [f"Werft {at:02d} Nord" for at in range(6)]
    assert all(each.is_vetted for each in companies)
    contacts = session.scalars(sa.select(Mentor).where(Mentor.is_contact).order_by(Mentor.id)).all()
    assert [each.company_id for each in contacts] == [each.id for each in companies]
    assert [each.name for each in contacts] == [f"Ute Holm{at}" for at in range(6)]


def test_what_a_list_says_of_a_known_person_is_noted_and_undone_with_it(
    session, make, programme, actor
):
    known = make.mentee(programme, account=make.account(email="ali0@people.example"))
    lists.bring(session, programme, actor, rows=many(2))
    import_ = lists.read(session)
    intake.choose_doubles(
        session, import_.key, {2: intake.Double.NOTE}, seen_version=import_.version,
        programme=programme, actor=actor,
    )  # fmt: skip
    import_ = lists.take(session, session.get_one(type(import_), import_.id), programme, actor)
    about = sa.select(Note).where(Note.mentee_id == known.id)
    assert "Satz 0" in session.scalars(about).one().text
    intake.undo(session, import_.key, programme=programme, actor=actor)
    assert session.scalars(about).all() == []
