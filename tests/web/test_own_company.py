"""The page of a company for its own mentors."""

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.models import Account, CompanyState, Mail, TandemState
from tests.support import pairs

PAGE = "/heide/company/"
HER = {"first_name": "Antje", "last_name": "Boysen", "email": "antje@windwerk.example"}


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def company(make, programme):
    return make.company(programme, name="Windwerk & Söhne")


@pytest.fixture
def contact(make, programme, company):
    return make.mentor(programme, company=company, is_contact=True)


@pytest.fixture
def colleague(make, programme, company):
    account = make.account(first_name="Tjark", last_name="Claussen")
    return make.mentor(programme, company=company, account=account)


@pytest.fixture
def speaker(sign_in, contact):
    return sign_in(contact.membership.account)


def test_the_contact_invites_a_colleague_again_and_takes_it_back(speaker, session, company):
    page = speaker.submit(f"{PAGE}invite", HER)
    assert "We are sending the invitation." in page.text
    assert "<bdi>Antje Boysen</bdi>" in page.text
    assert HER["email"] not in page.text
    [account] = session.scalars(sa.select(Account).where(Account.email == HER["email"]))
    key = session.scalar(sa.text("SELECT key FROM mentors ORDER BY id DESC LIMIT 1"))
    again = speaker.submit(PAGE, action=f"{PAGE}invitations/{key}/again")
    assert "Please try again tomorrow." in again.text
    gone = speaker.submit(PAGE, action=f"{PAGE}invitations/{key}/withdraw")
    assert "Its link no longer works." in gone.text
    assert "Boysen" not in gone.text
    assert account.email != HER["email"]


def test_a_known_address_gets_the_same_answer(speaker, make, session):
    """TRUST B2."""
    make.account(email="known@elsewhere.example")
    unknown = speaker.submit(f"{PAGE}invite", HER)
    session.scalars(sa.select(Mail)).all()
    known = speaker.submit(f"{PAGE}invite", HER | {"email": "known@elsewhere.example"})
    assert known.status_code == unknown.status_code
    assert known.text.count("invited") == 2 * unknown.text.count("invited")


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "x"), ("email", ""), ("first_name", " "), ("last_name", "x" * 81)],
)
def test_an_invitation_needs_a_name_and_an_address(speaker, session, field, value):
    refused = speaker.submit(f"{PAGE}invite", HER | {field: value})
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text


def test_the_contact_describes_the_company(speaker, session, company):
    data = {
        "size": "medium",
        "sector": "35",
        "postal_code-words": "25541",
        "phone": "+49 481 555",
        "internships": "y",
        "vacancies": "Electrician",
        "language_1": "pl",
        "language_2": "pl",
        "language_3": "tr",
    }
    page = speaker.submit(f"{PAGE}edit", data)
    assert page.request.path == PAGE
    for shown in ("50 to 249", "+49 481 555", "Electrician", "Polish, Turkish", "25541"):
        assert shown in page.text
    session.refresh(company)
    assert company.export_languages == ["pl", "tr"]
    again = speaker.get(f"{PAGE}edit").text
    assert 'value="+49 481 555"' in again
    late = speaker.submit(f"{PAGE}edit", {"version": "1", "phone": "0481 1"})
    assert late.status_code == 409
    assert "changed in another window" in late.text


def test_what_a_search_finds_is_not_saved_yet(speaker, session, company):
    asked = speaker.submit(
        f"{PAGE}edit", {"sector-words": "hotel", "find": "sector", "size": "micro"}
    )
    assert (asked.status_code, company.sector) == (200, "43")
    assert 'value="55"' in asked.text


def test_the_role_is_handed_over(speaker, session, contact, colleague):
    assert speaker.submit(f"{PAGE}hand-over", {}).status_code == 422
    page = speaker.submit(f"{PAGE}hand-over", {"mentor": colleague.key})
    assert "Tjark Claussen speaks for your company now." in page.text
    for link in ("edit", "invite", "hand-over", "release", "leave"):
        assert f'href="{PAGE}{link}"' not in page.text
        assert speaker.get(f"{PAGE}{link}").status_code == 403
    assert f'href="{PAGE}part"' in page.text


def test_a_colleague_is_taken_off_the_list(speaker, colleague):
    page = speaker.submit(f"{PAGE}release", {"mentor": colleague.key})
    assert "Tjark Claussen is no longer on your list." in page.text


def test_a_mentor_leaves_and_says_where_they_work(speaker, sign_in, colleague):
    sign_in(colleague.membership.account)
    page = speaker.submit(f"{PAGE}part")
    assert page.request.path == f"{PAGE}edit"
    assert 'value="Tjark Claussen"' in page.text


def test_who_speaks_for_a_company_cannot_just_go(speaker):
    assert speaker.get(f"{PAGE}part").status_code == 409


def test_the_company_leaves_after_it_was_told_what_follows(speaker, session, company):
    asked = speaker.get(f"{PAGE}leave").text
    assert "Running tandems continue" in asked
    page = speaker.submit(f"{PAGE}leave")
    session.refresh(company)
    assert company.state is CompanyState.LEFT
    assert "has left the programme" in page.text
    assert speaker.get(f"{PAGE}leave").status_code == 409


def test_a_company_that_waits_cannot_invite_yet(sign_in, make, programme, session):
    mentor = make.mentor(
        programme, company=make.company(programme, state=CompanyState.REGISTERED), is_contact=True
    )
    client = sign_in(mentor.membership.account)
    page = client.get(PAGE).text
    assert "you can invite colleagues" in page
    assert f'href="{PAGE}invite"' not in page
    refused = client.submit(f"{PAGE}invite", HER)
    assert refused.status_code == 422
    assert session.scalars(sa.select(Account).where(Account.email == HER["email"])).all() == []


def test_why_a_colleague_takes_no_part_is_not_said(speaker, colleague, session):
    colleague.objected_at = now()
    session.commit()
    assert "not taking part now" in speaker.get(PAGE).text


def test_mentees_and_coordinators_have_no_company(sign_in, make, programme):
    assert sign_in(make.mentee(programme).membership.account).get(PAGE).status_code == 404
    assert sign_in(make.coordinator(programme)).get(PAGE).status_code == 403


def test_one_sees_only_the_own_company(sign_in, make, programme, company, contact, session):
    stranger = make.mentor(programme)
    session.commit()
    assert "Windwerk" not in sign_in(stranger.membership.account).get(PAGE).text


def test_a_coordinator_names_who_speaks(sign_in, make, programme, company, colleague):
    client = sign_in(make.coordinator(programme))
    url = f"/heide/companies/{company.key}"
    page = client.submit(url, {"mentor": colleague.key}, action=f"{url}/contact")
    assert "Tjark Claussen speaks for this company now." in page.text
    company_now = client.get(url).text
    assert "Name another mentor" not in company_now


@pytest.mark.parametrize("state", [CompanyState.VETTED, CompanyState.LEFT])
def test_a_tandem_sees_what_the_company_offers_and_nothing_more(
    sign_in, make, programme, company, contact, state
):
    """TRUST A4: once both have said yes, and only the mentee."""
    company.vacancies, company.export_languages = "Canary vacancies", ["pl"]
    company.internships, company.phone = True, "0481 1234567"
    mentee = make.mentee(programme)
    tandem = pairs.invited(make, contact, mentee, by=make.coordinator(programme))
    url = f"/heide/tandems/{tandem.key}"
    assert "Canary" not in sign_in(mentee.membership.account).get(url).text
    tandem.mentor_yes_at = tandem.mentee_yes_at = tandem.started_at = now()
    tandem.state = TandemState.ACTIVE
    company.state = state
    make.save(tandem)
    page = sign_in(mentee.membership.account).get(url).text
    shown = [text in page for text in ("Canary vacancies", "Polish", "trial days are possible")]
    assert shown == [state is CompanyState.VETTED] * 3
    assert "0481 1234567" not in page
    assert "Canary" not in sign_in(contact.membership.account).get(url).text
