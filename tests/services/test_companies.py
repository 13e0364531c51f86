"""Companies: registering, and being vetted."""

import pytest
import sqlalchemy as sa

from tandem.errors import Conflict, NotAllowed, NotFound, Stale
from tandem.models import Account, AuditEvent, Company, CompanyState, Mail, Mentor, Role
from tandem.services import companies
from tandem.services.accounts import AccountDraft

COMPANY = companies.CompanyDraft(
    name="Windwerk", sector="33", postal_code="25746", website="https://windwerk.example"
)
PERSON = AccountDraft(
    email="first@windwerk.example",
    first_name="Wiebke",
    last_name="Thadensen",
    locale="en",
    password="a long enough one",
)
YES = companies.CompanyDecision(vetted=True, reason="", seen_version=1)
NO = companies.CompanyDecision(vetted=False, reason="Not in our region.", seen_version=1)


@pytest.fixture
def waiting(session, programme):
    return companies.register(session, COMPANY, PERSON, programme=programme)


def decide(session, company, decision, actor, programme):
    return companies.decide(session, company.key, decision, actor=actor, programme=programme)


def test_a_company_registers_with_its_first_mentor(session, waiting):
    [mentor] = companies.list_mentors(session, waiting)
    assert (mentor.name, mentor.company_id) == ("Wiebke Thadensen", waiting.id)
    assert mentor.membership.role is Role.MENTOR
    assert waiting.state is CompanyState.REGISTERED
    actions = session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["register", "register_company"]


def test_a_known_address_makes_nothing_and_tells_its_owner(session, make, programme):
    make.account(email=PERSON.email)
    assert companies.register(session, COMPANY, PERSON, programme=programme) is None
    assert session.scalar(sa.select(sa.func.count(Company.id))) == 0
    assert session.scalar(sa.select(sa.func.count(Mentor.id))) == 0
    assert session.scalars(sa.select(Mail.kind)).all() == ["already_registered"]


@pytest.mark.parametrize(
    ("decision", "state", "mail"),
    [
        (YES, CompanyState.VETTED, "company_vetted"),
        (NO, CompanyState.DECLINED, "company_declined"),
    ],
)
def test_a_decision_is_recorded_and_told(session, make, programme, waiting, decision, state, mail):
    actor = make.coordinator(programme)
    company = decide(session, waiting, decision, actor, programme)
    assert (company.state, company.decision_reason) == (state, decision.reason)
    [told] = session.scalars(sa.select(Mail).where(Mail.kind == mail))
    assert told.to_address == PERSON.email
    assert "Windwerk" in told.subject
    assert decision.reason in told.text
    last = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.subject_kind, last.subject_id) == ("companies", company.id)


def test_who_decides_second_learns_of_it(session, make, programme, waiting):
    actor = make.coordinator(programme)
    decide(session, waiting, YES, actor, programme)
    with pytest.raises(Stale):
        decide(session, waiting, NO, actor, programme)
    again = companies.CompanyDecision(vetted=False, reason="No.", seen_version=waiting.version)
    with pytest.raises(Conflict):
        decide(session, waiting, again, actor, programme)


def test_nobody_vets_their_own_company(session, make, programme, waiting):
    account = session.scalars(sa.select(Account)).one()
    make.membership(programme, Role.COORDINATOR, account)
    session.expire_all()
    with pytest.raises(NotAllowed):
        decide(session, waiting, YES, account, programme)


def test_only_coordinators_of_the_programme_see_companies(session, make, programme, waiting):
    stranger = make.coordinator()
    with pytest.raises(NotAllowed):
        companies.get_company(session, waiting.key, actor=stranger, programme=programme)
    with pytest.raises(NotAllowed):
        companies.count_companies(session, actor=stranger, programme=programme)
    with pytest.raises(NotAllowed):
        companies.list_companies(session, actor=stranger, programme=programme, offset=0, limit=9)


def test_a_company_of_another_programme_is_not_there(session, make, waiting):
    elsewhere = make.programme()
    actor = make.coordinator(elsewhere)
    with pytest.raises(NotFound):
        companies.get_company(session, waiting.key, actor=actor, programme=elsewhere)


def test_companies_to_vet_come_first_then_by_name(session, make, programme):
    make.company(programme, name="b", state=CompanyState.VETTED)
    make.mentor(programme, company=make.company(programme, name="A"))
    make.company(programme, name="z", state=CompanyState.REGISTERED)
    make.company(programme, name="0", state=CompanyState.DECLINED)
    make.company(make.programme(), name="elsewhere")
    actor = make.coordinator(programme)
    found = companies.list_companies(session, actor=actor, programme=programme, offset=0, limit=10)
    assert [(each.company.name, each.mentors) for each in found] == [
        ("z", 0),
        ("A", 1),
        ("b", 0),
        ("0", 0),
    ]
    rest = companies.list_companies(session, actor=actor, programme=programme, offset=3, limit=10)
    assert [each.company.name for each in rest] == ["0"]
    counts = companies.count_companies(session, actor=actor, programme=programme)
    assert counts == {
        CompanyState.REGISTERED: 1,
        CompanyState.VETTED: 2,
        CompanyState.DECLINED: 1,
        CompanyState.LEFT: 0,
    }
