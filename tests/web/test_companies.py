"""Register a company; vet it."""

import pytest
import sqlalchemy as sa

from tandem.models import Account, Company, CompanyState, Mail

DATA = {
    "company": "Windwerk",
    "sector": "33",
    "size": "small",
    "postal_code-words": "25746",
    "website": "https://windwerk.example",
    "email": "first@windwerk.example",
    "first_name": "Wiebke",
    "last_name": "Thadensen",
    "password": "correct horse battery",
    "privacy": "y",
}
URL = "/heide/companies/register"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def waiting(make, programme):
    company = make.company(programme, state=CompanyState.REGISTERED, name="Windwerk & Söhne")
    make.mentor(programme, company=company, is_contact=True)
    return company


@pytest.fixture
def coordinator(sign_in, make, programme):
    return sign_in(make.coordinator(programme))


def found(session, model=Company):
    session.expire_all()
    return session.scalars(sa.select(model).order_by(model.id)).all()


def decide(client, company, **data):
    page = f"/heide/companies/{company.key}"
    return client.submit(page, data, action=f"{page}/decide")


def test_a_company_registers_with_its_first_mentor(client, session, programme):
    response = client.submit(URL, DATA)
    assert response.request.path == "/heide/check-mail"
    [company] = found(session)
    assert (company.name, company.sector, company.website) == (
        "Windwerk",
        "33",
        "https://windwerk.example",
    )


def test_a_known_address_gets_the_same_answer(client, session, make, programme):
    """TRUST B2."""
    make.account(email=DATA["email"])
    known = client.submit(URL, DATA, follow=False)
    unknown = client.submit(URL, DATA | {"email": "new@windwerk.example"}, follow=False)
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.data == unknown.data
    assert len(found(session)) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("windwerk.example", "https://windwerk.example"),
        ("HTTP://Windwerk.example:8080/a?b=c#d", "HTTP://Windwerk.example:8080/a?b=c#d"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_a_website_may_be_written_as_people_do(client, session, programme, typed, kept):
    client.submit(URL, DATA | {"website": typed})
    assert [company.website for company in found(session)] == [kept]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", ""),
        ("company", "x" * 121),
        ("sector", []),
        ("sector", "C"),
        ("sector", "00"),
        ("sector", "' OR 1=1"),
        ("size", ""),
        ("size", "huge"),
        ("postal_code", ""),
        ("postal_code", "2574"),
        ("postal_code", "257466"),
        ("postal_code", "00000"),
        ("postal_code", "٢٥٧٤٦"),
        ("postal_code", "sNaN"),
        ("phone", "call me"),
        ("phone", "+"),
        ("phone", "0" * 41),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://windwerk.example"),
        ("website", "https://user:secret@windwerk.example"),
        ("website", "https://windwerk"),
        ("website", "https://windwerk.example:99999"),
        ("website", "https://[::1"),
        ("website", 'https://windwerk.example/"><script>'),
        ("website", "https://windwerk.example\\@evil.example"),
        ("website", "windwerk.example/" + "x" * 190),
        ("website", "x" * 201),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(client, session, programme, field, value):
    """TRUST D1, D2."""
    sent = "postal_code-words" if field == "postal_code" else field
    response = client.submit(URL, DATA | {sent: value})
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert 'value="Wiebke"' in response.text
    assert found(session, Account) == []


def test_sector_and_place_are_found_without_a_script(client, session, programme):
    asked = client.submit(
        URL, DATA | {"sector": [], "sector-words": "restaurant", "find": "sector"}
    )
    assert asked.status_code == 200
    assert 'value="56"' in asked.text
    assert 'value="Windwerk"' in asked.text
    assert found(session) == []
    named = {"postal_code-words": "Heide", "postal_code-seen": "Heide", "postal_code": "25746"}
    client.submit(URL, DATA | named)
    assert [company.postal_code for company in found(session)] == ["25746"]


def test_somebody_who_works_alone_registers(client, session, programme):
    client.submit(URL, DATA | {"company": "Wiebke Thadensen", "size": "micro", "website": ""})
    [company] = found(session)
    assert (company.name, company.size.value, company.phone) == ("Wiebke Thadensen", "micro", "")


def test_errors_are_listed_in_the_order_of_the_page(client, programme):
    page = client.submit(URL, {}).text
    order = [page.index(f'href="#{name}"') for name in ("company", "sector", "email", "privacy")]
    assert order == sorted(order)


def test_the_list_begins_with_those_to_vet(coordinator, make, programme, waiting):
    make.company(programme, name="Aal")
    page = coordinator.get("/heide/companies/?lang=en").text
    assert "One company waits to be vetted." in page
    assert page.index("Windwerk &amp; Söhne") < page.index("Aal")


def test_the_list_without_companies_says_what_to_do(coordinator):
    assert "No company has registered yet." in coordinator.get("/heide/companies/?lang=en").text


def test_a_long_list_has_pages(coordinator, make, session, programme):
    session.add_all(
        Company(programme_id=programme.id, name=f"C{n:03}", sector="43", postal_code="25746")
        for n in range(51)
    )
    session.commit()
    assert "C050" not in coordinator.get("/heide/companies/").text
    last = coordinator.get("/heide/companies/?page=2").text
    assert "C050" in last
    assert "C049" not in last
    for page in ("99", "-1", "x", "9" * 5000):
        assert coordinator.get(f"/heide/companies/?page={page}").status_code == 200


def test_a_company_is_vetted_and_its_mentor_told(coordinator, session, waiting):
    response = decide(coordinator, waiting, verdict="vet")
    assert "takes part now." in response.text
    [company] = found(session)
    assert company.state is CompanyState.VETTED
    assert [mail.kind for mail in found(session, Mail)] == ["company_vetted"]
    assert "Does this company take part?" not in response.text


def test_a_no_needs_a_reason(coordinator, session, waiting):
    refused = decide(coordinator, waiting, verdict="decline", reason="  ")
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert found(session)[0].state is CompanyState.REGISTERED
    declined = decide(coordinator, waiting, verdict="decline", reason="Not in our <region>.")
    assert "Not in our &lt;region&gt;." in declined.text
    assert found(session)[0].state is CompanyState.DECLINED


@pytest.mark.parametrize("verdict", ["", "left", "vetted"])
def test_a_decision_is_one_of_two(coordinator, session, waiting, verdict):
    assert decide(coordinator, waiting, verdict=verdict).status_code == 422
    assert found(session)[0].state is CompanyState.REGISTERED


@pytest.mark.parametrize("version", ["0", "-1", "", "x", "٣", "9" * 99])
def test_who_decides_too_late_sees_how_it_is_now(coordinator, session, waiting, version):
    """TRUST E17."""
    response = decide(coordinator, waiting, verdict="vet", version=version)
    assert response.status_code == 409
    assert "Someone else was faster" in response.text
    assert found(session)[0].state is CompanyState.REGISTERED


def test_a_company_of_another_programme_is_not_there(coordinator, session, make):
    other = make.company(make.programme(), state=CompanyState.REGISTERED)
    assert coordinator.get(f"/heide/companies/{other.key}").status_code == 404
    assert coordinator.get("/heide/companies/nothing").status_code == 404


def test_a_company_that_has_left_is_shown(coordinator, make, programme):
    company = make.company(programme, state=CompanyState.LEFT)
    assert "has left" in coordinator.get(f"/heide/companies/{company.key}?lang=en").text


def test_mentors_and_mentees_see_no_companies(sign_in, make, programme):
    """TRUST A4."""
    for person in (make.mentor(programme), make.mentee(programme)):
        assert sign_in(person.membership.account).get("/heide/companies/").status_code == 403


def test_a_coordinator_corrects_who_a_company_is(coordinator, make, programme, session):
    company = make.company(programme, name="Wintwerk")
    page = f"/{programme.slug}/companies/{company.key}/correct"
    assert page in coordinator.get(f"/{programme.slug}/companies/{company.key}").text
    assert coordinator.submit(page, {"company": ""}).status_code == 422
    assert coordinator.submit(page, {"find": "sector-list"}).status_code == 200
    answer = coordinator.submit(page, {"company": "Windwerk", "postal_code-words": "25541"})
    assert "Windwerk" in answer.text
    assert "Brunsbüttel" in answer.text


def test_a_correction_of_what_changed_meanwhile_shows_both(coordinator, make, programme):
    company = make.company(programme, name="Wintwerk")
    page = f"/{programme.slug}/companies/{company.key}/correct"
    answer = coordinator.submit(page, {"company": "Windwerk", "version": "0"})
    assert answer.status_code == 409
    assert "<bdi>Wintwerk</bdi>" in answer.text
    assert 'value="Windwerk"' in answer.text
