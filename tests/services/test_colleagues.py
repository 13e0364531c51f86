"""Colleagues invited by mail: what is made, what is told, and to whom."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import Conflict, NotAllowed, NotFound
from tandem.models import Account, AuditEvent, CompanyState, Mail, Role, Token
from tandem.services import colleagues, companies, entering, tokens
from tandem.services.colleagues import Invitation

SECRET = "a secret key that only these tests know"
HER = Invitation(first_name="Antje", last_name="Boysen", email="antje@windwerk.example")


@pytest.fixture
def programme(make):
    return make.programme(default_locale="en")


@pytest.fixture
def company(make, programme):
    return make.company(programme, name="Windwerk")


@pytest.fixture
def contact(make, programme, company):
    return make.mentor(programme, company=company, is_contact=True).membership.account


@pytest.fixture
def invite(session, programme, contact):
    def invite(invitation=HER, actor=contact):
        colleagues.invite(session, invitation, actor=actor, programme=programme)
        return own(session, contact, programme).colleagues[-1]

    return invite


def own(session, actor, programme):
    return companies.get_own(session, actor=actor, programme=programme)


def mails(session, kind):
    return session.scalars(sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)).all()


def pass_a_day(session):
    day = timedelta(days=1, minutes=1)
    for token in session.scalars(sa.select(Token)):
        token.created_at -= day
    for mail in session.scalars(sa.select(Mail)):
        mail.dedup_key = mail.dedup_key.replace(now().date().isoformat(), "yesterday")
    session.commit()


def seen(colleague):
    """What the one who invites can tell two entries apart by."""
    return colleague.mentor.name, colleague.progress, colleague.mentor.is_contact


def test_a_colleague_is_invited_with_a_sign_in_of_their_own(session, invite, company):
    colleague = invite()
    assert colleague.progress is companies.Progress.INVITED
    assert colleague.mentor.company_id == company.id
    assert colleague.mentor.membership.role is Role.MENTOR
    [mail] = mails(session, "welcome_colleague")
    assert mail.to_address == HER.email
    assert "Windwerk" in mail.subject
    link = f"{mail.token.key}.{tokens.secret_of(mail.token, secret_key=SECRET)}"
    account = entering.take_over(session, link, "a long enough one", secret_key=SECRET)
    assert account.can_sign_in
    assert not companies.is_invited(colleague.mentor)


def test_a_known_address_looks_the_same_and_its_owner_is_told(session, make, invite):
    """TRUST B2."""
    unknown = invite()
    known = make.account(email="known@elsewhere.example", locale="en")
    placed = invite(Invitation(first_name="Antje", last_name="Boysen", email=known.email))
    assert seen(placed) == seen(unknown)
    [mail] = mails(session, "colleague_known")
    assert mail.to_address == known.email
    assert not placed.mentor.membership.account.has_email
    assert known.memberships == []


@pytest.mark.parametrize("known", [False, True])
def test_whom_one_has_invited_is_on_the_list_already(session, make, invite, known):
    """TRUST B2: inviting twice tells nothing either."""
    if known:
        make.account(email=HER.email)
    invite()
    with pytest.raises(colleagues.OnTheList):
        invite()


def test_who_invites_is_on_the_list_already(invite, contact):
    with pytest.raises(colleagues.OnTheList):
        invite(Invitation(first_name="A", last_name="B", email=contact.email))


@pytest.mark.parametrize("known", [False, True])
def test_an_invitation_is_sent_again_after_a_day(session, make, programme, contact, invite, known):
    if known:
        make.account(email=HER.email)
    key = invite().mentor.key
    with pytest.raises(colleagues.TooSoon):
        colleagues.send_again(session, key, actor=contact, programme=programme)
    pass_a_day(session)
    colleagues.send_again(session, key, actor=contact, programme=programme)
    sent = mails(session, "colleague_known" if known else "welcome_colleague")
    assert [mail.to_address for mail in sent] == [HER.email, HER.email]


@pytest.mark.parametrize("known", [False, True])
def test_an_invitation_is_taken_back(session, make, programme, contact, invite, known):
    if known:
        make.account(email=HER.email)
    mentor = invite().mentor
    colleagues.withdraw(session, mentor.key, actor=contact, programme=programme)
    assert len(own(session, contact, programme).colleagues) == 1
    assert mentor.name != "Antje Boysen"
    accounts = session.scalars(sa.select(Account.email).where(Account.email == HER.email)).all()
    assert accounts == ([HER.email] if known else [])
    invite()
    actions = session.scalars(sa.select(AuditEvent.action)).all()
    assert "withdraw_colleague" in actions


def test_who_has_accepted_is_not_taken_back(session, programme, contact, invite):
    mentor = invite().mentor
    mentor.membership.account.confirmed_at = now()
    session.commit()
    for again in (colleagues.withdraw, colleagues.send_again):
        with pytest.raises(Conflict):
            again(session, mentor.key, actor=contact, programme=programme)


def test_whom_the_coordination_entered_is_not_taken_back(
    session, make, programme, company, contact
):
    entered = make.mentor(programme, company=company)
    entered.entered_by_id = make.coordinator(programme).id
    entered.membership.account.confirmed_at = None
    session.commit()
    with pytest.raises(Conflict):
        colleagues.withdraw(session, entered.key, actor=contact, programme=programme)


@pytest.mark.parametrize("state", [CompanyState.REGISTERED, CompanyState.LEFT])
def test_only_companies_that_take_part_invite(session, make, programme, state):
    mentor = make.mentor(programme, company=make.company(programme, state=state), is_contact=True)
    with pytest.raises(colleagues.NotVettedYet):
        colleagues.invite(session, HER, actor=mentor.membership.account, programme=programme)


def test_invitations_that_wait_are_limited(session, invite):
    people = [
        Invitation(first_name="C", last_name="D", email=f"c{number}@windwerk.example")
        for number in range(colleagues.MOST_WAITING + 1)
    ]
    for person in people[:-1]:
        invite(person)
    with pytest.raises(colleagues.TooManyWaiting):
        invite(people[-1])


def test_only_who_speaks_for_the_company_invites(session, make, programme, company, invite):
    """TRUST A1."""
    colleague = make.mentor(programme, company=company).membership.account
    with pytest.raises(NotAllowed):
        invite(actor=colleague)
    for stranger in (make.mentee(programme).membership.account, make.coordinator(programme)):
        with pytest.raises(NotFound):
            invite(actor=stranger)


def test_a_colleague_of_another_company_is_not_there(session, make, programme, contact):
    other = make.mentor(programme)
    other.membership.account.confirmed_at = None
    session.commit()
    with pytest.raises(Conflict):
        colleagues.withdraw(session, other.key, actor=contact, programme=programme)
