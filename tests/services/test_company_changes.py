"""What becomes of companies: described anew, handed over, left."""

import dataclasses

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import Conflict, NotAllowed, NotFound, Stale
from tandem.models import CompanySize, CompanyState, Mail, ProfileState, TandemState
from tandem.services import colleagues, companies
from tandem.services.companies import Progress
from tests.support import pairs, solving

CHANGE = companies.CompanyChange(
    name="Windwerk neu",
    sector="35",
    size=CompanySize.SMALL,
    postal_code="25541",
    website="https://windwerk.example",
    phone="0481 1",
    internships=True,
    vacancies="Elektroniker",
    export_languages=["pl", "tr"],
    seen_version=0,
)


@pytest.fixture
def programme(make):
    return make.programme(default_locale="en")


@pytest.fixture
def company(make, programme):
    return make.company(programme, name="Windwerk")


@pytest.fixture
def contact(make, programme, company):
    return make.mentor(programme, company=company, is_contact=True)


@pytest.fixture
def colleague(make, programme, company):
    return make.mentor(programme, company=company)


def account(mentor):
    return mentor.membership.account


def kinds(session):
    return set(session.scalars(sa.select(Mail.kind)))


def change(session, company, mentor, programme, **values):
    version = {"seen_version": company.version}
    draft = dataclasses.replace(CHANGE, **(version | values))
    return companies.describe(session, draft, actor=account(mentor), programme=programme)


def own(session, mentor, programme):
    return companies.get_own(session, actor=account(mentor), programme=programme)


def test_a_company_describes_itself(session, programme, company, contact):
    change(session, company, contact, programme)
    assert (company.sector, company.size, company.phone) == ("35", CompanySize.SMALL, "0481 1")
    assert (company.internships, company.export_languages) == (True, ["pl", "tr"])
    assert company.name == "Windwerk"


def test_the_name_changes_only_until_the_company_is_vetted(session, make, programme):
    company = make.company(programme, state=CompanyState.REGISTERED)
    mentor = make.mentor(programme, company=company, is_contact=True)
    change(session, company, mentor, programme)
    assert company.name == "Windwerk neu"


def test_only_who_speaks_for_it_changes_a_company(session, make, programme, company, colleague):
    """TRUST A1."""
    with pytest.raises(NotAllowed):
        change(session, company, colleague, programme)
    with pytest.raises(NotFound):
        change(session, company, make.mentee(programme), programme)


def test_who_saves_too_late_is_told(session, programme, company, contact):
    with pytest.raises(Stale):
        change(session, company, contact, programme, seen_version=company.version - 1)


@pytest.mark.parametrize("state", [CompanyState.DECLINED, CompanyState.LEFT])
def test_what_takes_no_part_is_not_changed(session, make, programme, state):
    company = make.company(programme, state=state)
    mentor = make.mentor(programme, company=company, is_contact=True)
    with pytest.raises(Conflict):
        change(session, company, mentor, programme)


@pytest.mark.parametrize(
    ("state", "progress"),
    [
        (None, Progress.TELLING),
        (ProfileState.DRAFT, Progress.TELLING),
        (ProfileState.RETURNED, Progress.TELLING),
        (ProfileState.SUBMITTED, Progress.READING),
        (ProfileState.APPROVED, Progress.TAKING_PART),
        (ProfileState.PAUSED, Progress.NOT_NOW),
        (ProfileState.DECLINED, Progress.NOT_NOW),
    ],
)
def test_colleagues_see_how_far_each_has_come(
    session, make, programme, company, contact, state, progress
):
    make.mentor(programme, company=company, state=state)
    assert own(session, contact, programme).colleagues[-1].progress is progress


def test_why_somebody_takes_no_part_is_not_said(session, programme, contact, colleague):
    colleague.objected_at = now()
    session.commit()
    assert own(session, contact, programme).colleagues[-1].progress is Progress.NOT_NOW


def test_who_was_erased_is_not_on_the_list(session, programme, contact, colleague):
    colleague.erased_at = now()
    session.commit()
    assert len(own(session, contact, programme).colleagues) == 1


def test_the_role_is_handed_over(session, programme, company, contact, colleague):
    companies.hand_over(session, colleague.key, actor=account(contact), programme=programme)
    assert (contact.is_contact, colleague.is_contact) == (False, True)
    assert kinds(session) == {"company_contact"}
    with pytest.raises(NotAllowed):
        companies.hand_over(session, contact.key, actor=account(contact), programme=programme)
    companies.hand_over(session, contact.key, actor=account(colleague), programme=programme)
    companies.hand_over(session, colleague.key, actor=account(contact), programme=programme)
    assert colleague.is_contact


def test_who_cannot_sign_in_cannot_speak(session, make, programme, company, contact, colleague):
    account(colleague).confirmed_at = None
    stranger = make.mentor(programme)
    session.commit()
    for key in (colleague.key, stranger.key, "nobody"):
        with pytest.raises(Conflict):
            companies.hand_over(session, key, actor=account(contact), programme=programme)
    assert contact.is_contact


def test_a_coordinator_names_who_speaks(session, make, programme, company, colleague):
    coordinator = make.coordinator(programme)
    companies.name_contact(
        session, company.key, colleague.key, actor=coordinator, programme=programme
    )
    assert colleague.is_contact


def test_a_coordinator_does_not_decide_on_their_own_company(session, make, programme, company):
    """TRUST A6."""
    coordinator = make.coordinator(programme)
    mentor = make.mentor(programme, company=company, account=coordinator)
    session.refresh(coordinator)
    with pytest.raises(NotAllowed):
        companies.name_contact(
            session, company.key, mentor.key, actor=coordinator, programme=programme
        )


def test_when_a_company_leaves_running_tandems_go_on(
    session, make, programme, company, contact, colleague
):
    coordinator = make.coordinator(programme)
    active = pairs.invited(make, contact, make.mentee(programme), by=coordinator)
    now_ = now()
    active.mentor_yes_at = active.mentee_yes_at = active.started_at = now_
    active.state = TandemState.ACTIVE
    invited = pairs.invited(make, colleague, make.mentee(programme), by=coordinator)
    session.commit()
    colleagues.invite(
        session,
        colleagues.Invitation(first_name="A", last_name="B", email="ab@windwerk.example"),
        actor=account(contact),
        programme=programme,
    )
    companies.leave(session, actor=account(contact), programme=programme)
    assert company.state is CompanyState.LEFT
    assert active.state is TandemState.ACTIVE
    assert invited.state is TandemState.WITHDRAWN
    assert {"company_left", "company_left_staff", "invitation_withdrawn"} <= kinds(session)
    assert len(own(session, contact, programme).colleagues) == 2
    with pytest.raises(Conflict):
        companies.leave(session, actor=account(contact), programme=programme)


def test_when_a_company_leaves_nobody_of_it_is_proposed(session, make, programme, contact):
    make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=make.coordinator(programme))
    companies.leave(session, actor=account(contact), programme=programme)
    session.refresh(proposal)
    assert proposal.state.value == "stale"


def test_a_company_that_was_never_vetted_does_not_leave(session, make, programme):
    mentor = make.mentor(
        programme, company=make.company(programme, state=CompanyState.REGISTERED), is_contact=True
    )
    with pytest.raises(Conflict):
        companies.leave(session, actor=account(mentor), programme=programme)


def test_only_who_speaks_for_it_takes_a_company_out(session, programme, contact, colleague):
    with pytest.raises(NotAllowed):
        companies.leave(session, actor=account(colleague), programme=programme)


def test_a_mentor_who_works_elsewhere_stands_for_themselves(
    session, make, programme, company, contact, colleague
):
    tandem = pairs.invited(make, colleague, make.mentee(programme), by=make.coordinator(programme))
    companies.release(session, colleague.key, actor=account(contact), programme=programme)
    assert colleague.company.name == colleague.name
    assert colleague.company.state is CompanyState.REGISTERED
    assert colleague.is_contact
    assert tandem.state is TandemState.WITHDRAWN
    assert "released" in kinds(session)
    assert [each.mentor.id for each in own(session, contact, programme).colleagues] == [contact.id]


def test_a_mentor_leaves_by_themselves(session, programme, company, contact, colleague):
    companies.part(session, actor=account(colleague), programme=programme)
    assert colleague.company_id != company.id
    assert kinds(session) == set()
    with pytest.raises(companies.SpeaksForIt):
        companies.part(session, actor=account(contact), programme=programme)


def test_nobody_else_is_taken_off_a_list(session, make, programme, contact, colleague):
    stranger = make.mentor(programme)
    for key in (contact.key, stranger.key, "nobody"):
        with pytest.raises(Conflict):
            companies.release(session, key, actor=account(contact), programme=programme)
    with pytest.raises(NotAllowed):
        companies.release(session, contact.key, actor=account(colleague), programme=programme)
