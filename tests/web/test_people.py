"""What a coordinator sees of people, and how a decision is taken on a page."""

import pytest
import sqlalchemy as sa

from tandem.models import CompanyState, Mail, ProfileState, TandemState
from tests.support import pairs
from tests.support.counting import statements


@pytest.fixture
def client(make, programme, sign_in):
    return sign_in(make.coordinator(programme))


@pytest.fixture
def url(programme):
    return lambda who=None, *rest: "/".join(
        ["", programme.slug, "people", *([who.key] if who else []), *rest, *([] if who else [""])]
    )


def decide(client, url, who, follow=True, **data):
    page = url(who)
    return client.submit(page, data, action=f"{page}/decide", follow=follow)


def test_an_empty_programme_says_what_to_do(client, url):
    text = client.get(url()).text
    assert "No profile waits for your decision." in text
    assert "Nobody has registered yet." in text


def test_who_waits_stands_on_top(client, url, make, programme):
    waiting = make.mentee(programme, state=ProfileState.SUBMITTED)
    make.mentor(programme)
    text = client.get(url()).text
    assert "1 profile waits for your decision." in text
    assert text.index(waiting.name) < text.index("Everybody")
    assert "2 people" in text


def test_a_search_shows_only_what_it_finds(client, url, make, programme):
    make.mentee(programme, account=make.account(first_name="Rima", last_name="Azizi"))
    make.mentee(programme, account=make.account(first_name="Uwe", last_name="Harms"))
    text = client.get(f"{url()}?name=azi&side=mentee&state=approved").text
    assert "Rima Azizi" in text
    assert "Uwe Harms" not in text
    assert "Nobody was found" in client.get(f"{url()}?name=zzz").text


@pytest.mark.parametrize("query", ["name=%00", "side=x", "state=replaced", "name=" + "x" * 161])
def test_a_senseless_search_is_refused(client, url, query):
    assert client.get(f"{url()}?{query}").status_code in {400, 422}


@pytest.mark.parametrize("page", ["0", "-3", "999999999999999999999", "x"])
def test_any_page_number_leads_to_a_page(client, url, make, programme, page):
    make.mentee(programme, account=make.account(first_name="Rima", last_name="Azizi"))
    assert "Rima Azizi" in client.get(f"{url()}?page={page}").text


def test_a_company_that_is_not_vetted_is_named(client, url, make, programme):
    company = make.company(programme, state=CompanyState.REGISTERED)
    make.mentor(programme, company=company)
    assert "Not vetted yet" in client.get(url()).text


def test_a_person_without_a_profile_is_shown(client, url, make, programme):
    mentee = make.mentee(programme, state=None)
    assert "Not begun" in client.get(url()).text
    assert "No profile has been begun." in client.get(url(mentee)).text


def test_a_profile_is_shown_in_words(client, url, make, programme):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED, reach_km=20)
    text = client.get(url(mentee)).text
    for words in ("25746 Heide", "up to 20 km", "German (B2)", "Writing applications"):
        assert words in text


def test_missing_answers_are_named_with_what_they_mean(client, url, make, programme):
    waiting = make.mentee(programme, state=ProfileState.SUBMITTED, occupation=None, topics=[])
    approved = make.mentor(programme, postal_code=None)
    assert "No occupation: it counts 0." in client.get(url(waiting)).text
    assert "No needs: they count 0." in client.get(url(waiting)).text
    assert "only tandems that meet online" in client.get(url(approved)).text


def test_an_edit_stands_beside_what_counts(client, url, make, programme):
    mentor = make.mentor(programme, job_title="Meister")
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, job_title="Inhaber", reach_km=None)
    text = client.get(url(mentor)).text
    assert "What would change" in text
    for words in ("Meister", "Inhaber", "up to 25 km", "nothing"):
        assert words in text


def test_an_edit_that_changes_nothing_says_so(client, url, make, programme):
    mentor = make.mentor(programme)
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED)
    assert "Nothing differs from the profile in force." in client.get(url(mentor)).text


def test_the_history_names_versions_reasons_and_tandems(client, url, make, programme):
    mentor = make.mentor(programme)
    tandem = pairs.tandem(make, mentor, make.mentee(programme), TandemState.DECLINED)
    refused = make.profile(mentor, number=2, state=ProfileState.DECLINED)
    refused.decision_reason = "Please name a place."
    make.save(refused)
    text = client.get(url(mentor)).text
    assert "Version 2" in text
    assert "Please name a place." in text
    assert tandem.key in text
    assert tandem.mentee.name in text


def test_approving_leads_back_with_a_word(client, url, make, programme, session):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    text = decide(client, url, mentee, verdict="approve").text
    assert "is approved." in text
    assert session.scalars(sa.select(Mail.kind)).all() == ["profile_approved"]


@pytest.mark.parametrize(("verdict", "words"), [("return", "asked"), ("decline", "is declined")])
def test_a_no_needs_a_reason(client, url, make, programme, verdict, words):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    refused = decide(client, url, mentee, verdict=verdict, reason="  ")
    assert refused.status_code == 422
    assert "Say what is missing, or why not." in refused.text
    assert words in decide(client, url, mentee, verdict=verdict, reason="Why?").text


def test_the_second_click_finds_it_done(client, url, make, programme):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    page = client.get(url(mentee)).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token, "version": "2", "verdict": "approve"}
    decide(client, url, mentee, verdict="approve")
    answer = client.post(url(mentee, "decide"), data=data, follow_redirects=True)
    assert "has been decided already" in answer.text


def test_a_profile_that_changed_meanwhile_is_shown_again(client, url, make, programme):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    answer = decide(client, url, mentee, verdict="return", reason="My words", version="1")
    assert answer.status_code == 409
    assert "The profile has changed since you opened this page." in answer.text
    assert "My words" in answer.text
    assert 'name="version" type="hidden" value="1"' not in answer.text


def test_what_cannot_be_approved_is_explained(client, url, make, programme):
    mentor = make.mentor(programme, capacity=2)
    for _ in range(2):
        pairs.invited(make, mentor, make.mentee(programme))
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, capacity=1)
    answer = decide(client, url, mentor, verdict="approve")
    assert answer.status_code == 422
    assert "fewer places than the 2 tandems" in answer.text
    refused = make.company(programme, state=CompanyState.DECLINED)
    other = make.mentor(programme, company=refused, state=ProfileState.SUBMITTED)
    assert "nobody of it can be approved" in decide(client, url, other, verdict="approve").text


def test_somebody_of_another_programme_is_not_there(client, url, make):
    stranger = make.mentee(make.programme(), state=ProfileState.SUBMITTED)
    assert client.get(url(stranger)).status_code == 404


@pytest.mark.parametrize("count", [2, 25])
def test_the_list_takes_the_same_few_statements(client, url, make, programme, session, count):
    for _ in range(count):
        make.mentee(programme, state=ProfileState.SUBMITTED)
        make.mentor(programme)
    with statements(session) as seen:
        client.get(url())
    assert len(seen) <= 12, seen


def test_a_person_takes_few_statements(client, url, make, programme, session):
    mentor = make.mentor(programme, capacity=5)
    for _ in range(5):
        pairs.invited(make, mentor, make.mentee(programme))
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED)
    page = url(mentor)
    client.before_each = lambda: None
    with statements(session) as seen:
        client.get(page)
    assert len(seen) <= 12, seen
