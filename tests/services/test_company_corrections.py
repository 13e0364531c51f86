"""Who a company is: corrected by a coordinator, and forgotten with its last mentor."""

import dataclasses

import pytest
import sqlalchemy as sa

from tandem.errors import Conflict, NotAllowed, NotFound, Stale
from tandem.models import AuditEvent, CompanyState, Note, Role
from tandem.services import companies, erasing

CORRECTION = companies.Correction(
    name="Windwerk Nord", sector="35", postal_code="25541", seen_version=0
)


@pytest.fixture
def company(make, programme):
    return make.company(programme, name="Wintwerk", phone="0481 1", website="https://w.example")


@pytest.fixture
def correct(session, make, programme, company):
    actor = make.coordinator(programme)

    def change(key=None, actor=actor, **values):
        seen = {"seen_version": company.version}
        made = dataclasses.replace(CORRECTION, **(seen | values))
        return companies.correct(
            session, key or company.key, made, actor=actor, programme=programme
        )

    return change


def changes(session):
    query = sa.select(AuditEvent.details).where(AuditEvent.action == "correct_company")
    return [details["changed"] for details in session.scalars(query)]


def test_a_vetted_company_gets_its_right_name_sector_and_place(session, company, correct):
    correct()
    assert (company.name, company.sector, company.postal_code) == ("Windwerk Nord", "35", "25541")
    assert company.phone == "0481 1"
    assert company.is_vetted
    assert changes(session) == ["name sector postal_code"]


def test_the_trail_names_what_changed_and_nothing_else(session, company, correct):
    correct(name=company.name, sector=company.sector)
    correct(name=company.name, sector=company.sector)
    assert changes(session) == ["postal_code"]


def test_who_corrects_too_late_is_told(company, correct):
    with pytest.raises(Stale):
        correct(seen_version=company.version - 1)


@pytest.mark.parametrize("state", [CompanyState.LEFT, CompanyState.DECLINED])
def test_what_takes_no_part_is_not_corrected(make, programme, correct, state):
    gone = make.company(programme, state=state)
    with pytest.raises(Conflict):
        correct(gone.key, seen_version=gone.version)


def test_only_coordinators_of_the_programme_correct_and_not_their_own(
    make, programme, company, correct
):
    mentor = make.mentor(programme, company=company)
    account = mentor.membership.account
    with pytest.raises(NotAllowed):
        correct(actor=account)
    make.membership(programme, Role.COORDINATOR, account)
    make.session.expire_all()
    with pytest.raises(NotAllowed):
        correct(actor=account)
    with pytest.raises(NotFound):
        correct(make.company(make.programme()).key)


def erase(session, mentor, programme):
    erasing.erase(
        session, mentor, programme=programme, actor=mentor.membership.account,
        asked=erasing.WhoAsked.SELF,
    )  # fmt: skip
    session.expire_all()


def test_a_company_of_one_is_forgotten_with_that_person(session, make, programme, company):
    mentor = make.mentor(programme, company=company, is_contact=True)
    make.save(
        Note(
            programme_id=programme.id, company_id=company.id, text="Called Wintwerk.",
            account_id=make.coordinator(programme).id,
        )
    )  # fmt: skip
    erase(session, mentor, programme)
    assert company.state is CompanyState.LEFT
    assert (company.name, company.phone, company.website) == ("…", "", "")
    assert not session.scalars(sa.select(Note)).all()


def test_where_others_are_left_the_name_stays_until_the_last_goes(
    session, make, programme, company
):
    first, last = (make.mentor(programme, company=company) for _ in range(2))
    erase(session, first, programme)
    assert (company.name, company.state) == ("Wintwerk", CompanyState.VETTED)
    erase(session, last, programme)
    assert (company.name, company.state) == ("…", CompanyState.LEFT)
