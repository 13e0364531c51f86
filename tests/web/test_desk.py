"""Somebody sits at the desk: a coordinator enters them and fills in their profile."""

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.models import (
    Account,
    AuditEvent,
    CompanyState,
    Mail,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Side,
)
from tandem.services import accounts, desk, entering


@pytest.fixture
def client(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def page(programme):
    return f"/{programme.slug}/people/enter"


@pytest.fixture
def entered(session, programme, coordinator):
    """Enter a mentee at the desk."""

    def make_one(email=""):
        person = entering.Entry(first_name="Rima", last_name="Azizi", email=email, locale="en")
        draft = desk.DeskDraft(side=Side.MENTEE, person=person)
        return desk.enter_at_desk(session, draft, programme=programme, actor=coordinator)

    return make_one


PERSON = {"first_name": "Rima", "last_name": "Azizi", "language": "de", "told": "y"}


def test_a_mentee_with_an_address_is_told_by_mail(client, page, session, coordinator):
    answer = client.submit(page, PERSON | {"email": "rima@post.example"})
    assert "Fill in for Rima Azizi" in answer.text
    mentee = session.scalars(sa.select(Mentee)).one()
    assert mentee.entered_by_id == coordinator.id
    assert mentee.membership.account.locale == "de"
    assert mentee.membership.account.confirmed_at is None
    mail = session.scalars(sa.select(Mail)).one()
    assert (mail.kind, mail.to_address) == ("welcome_desk", "rima@post.example")
    told = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "tell_at_desk")).one()
    assert told.details == {"privacy_notice": accounts.NOTICE}


def test_a_mentor_without_an_address_belongs_to_a_company(client, page, session, make, programme):
    company = make.company(programme)
    make.company(programme, name="Gone", state=CompanyState.LEFT)
    assert "Gone" not in client.get(page).text
    assert client.submit(page, PERSON | {"side": "mentor"}).status_code == 422
    client.submit(page, PERSON | {"side": "mentor", "company": company.key})
    mentor = session.scalars(sa.select(Mentor)).one()
    assert mentor.company_id == company.id
    assert not mentor.membership.account.has_email
    assert not session.scalars(sa.select(Mail)).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": " "}, {"last_name": "x" * 81}, {"email": "at"}, {"told": ""},
        {"language": "xx"}, {"side": "coordinator"}, {"side": "mentor", "company": "none"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(client, page, session, wrong):
    assert client.submit(page, PERSON | wrong).status_code == 422
    assert not session.scalars(sa.select(Mentee)).all()


def test_a_known_address_leads_to_its_owner(client, page, make, programme, session):
    known = make.mentee(programme, account=make.account(email="rima@post.example"))
    elsewhere = make.mentee(make.programme(), account=make.account(email="else@post.example"))
    answer = client.submit(page, PERSON | {"email": "rima@post.example"})
    assert answer.status_code == 422
    assert known.key in answer.text
    answer = client.submit(page, PERSON | {"email": "else@post.example"})
    assert answer.status_code == 422
    assert elsewhere.name not in answer.text
    assert elsewhere.key not in answer.text


def test_every_step_can_be_filled_in_and_the_profile_is_decided_on(
    client, programme, make, session, entered, coordinator
):
    mentee = entered()
    make.profile(mentee, state=ProfileState.DRAFT)
    base = f"/{programme.slug}/desk/{mentee.key}"
    text = client.get(f"{base}/needs").text
    assert "You fill this in for Rima Azizi." in text
    client.submit(f"{base}/needs", {"topics": ["network"]})
    session.expire_all()
    assert session.scalars(sa.select(Profile)).one().topics == ["network"]
    edits = sa.select(AuditEvent.account_id).where(AuditEvent.action == "edit_profile")
    assert session.scalars(edits).all() == [coordinator.id]
    answer = client.submit(base, action=f"{base}/submit")
    assert "The profile is complete." in answer.text
    assert "been waiting for your decision" in answer.text


@pytest.mark.parametrize("path", ["", "/work"])
def test_whoever_has_taken_over_writes_themselves(client, programme, session, entered, path):
    mentee = entered("rima@post.example")
    address = f"/{programme.slug}/desk/{mentee.key}{path}"
    assert client.get(address).status_code == 200
    session.get_one(Account, mentee.membership.account_id).confirmed_at = now()
    session.commit()
    assert client.get(address).status_code == 403
    assert client.post(f"/{programme.slug}/desk/{mentee.key}/submit").status_code in {400, 403}


def test_nobody_writes_for_those_who_registered_themselves(client, programme, make):
    unconfirmed = make.mentee(programme, account=make.account(confirmed_at=None))
    assert client.get(f"/{programme.slug}/desk/{unconfirmed.key}").status_code == 403
    assert (
        "Fill in their profile"
        not in client.get(f"/{programme.slug}/people/{unconfirmed.key}").text
    )


def test_somebody_of_another_programme_is_not_there(client, programme, make, session):
    elsewhere = make.programme()
    person = entering.Entry(first_name="A", last_name="B", email="", locale="en")
    other = desk.enter_at_desk(
        session,
        desk.DeskDraft(side=Side.MENTEE, person=person),
        programme=elsewhere,
        actor=make.coordinator(elsewhere),
    )
    assert client.get(f"/{programme.slug}/desk/{other.key}").status_code == 404
