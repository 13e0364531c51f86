"""Work that no code was found for: sent in one's own words, found by the coordination, or left."""

import pytest
import sqlalchemy as sa

from tandem.models import AuditEvent, Mail, Profile, ProfileState, Side, Tandem
from tandem.services import people, rounds
from tests.support import pairs, solving
from tests.support.pages import find_form, parse, values_of

WORDS = "I mend wind turbines"
PAGE = "/heide/profile/"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def staff(make, programme):
    return make.coordinator(programme)


@pytest.fixture
def draft(make, programme):
    """Somebody who has told everything but the work."""

    def of(side=Side.MENTEE, state=ProfileState.DRAFT, words=""):
        make_one = make.mentee if side is Side.MENTEE else make.mentor
        return make_one(programme, state=state, occupation=None, occupation_words=words)

    return of


def only(session):
    session.expire_all()
    return session.scalars(sa.select(Profile)).one()


@pytest.mark.parametrize("side", Side)
def test_words_that_nobody_finds_are_kept_and_sent(session, sign_in, draft, side):
    client = sign_in(draft(side).membership.account)
    page = client.submit(f"{PAGE}work", {"occupation-words": "?!?!"})
    assert page.status_code == 422
    assert "keep your own words" in page.text
    sent = values_of(find_form(parse(page.text)))
    assert "occupation" not in sent
    client.post(f"{PAGE}work", data=sent | {"occupation": "own"})
    assert (only(session).occupation, only(session).occupation_words) == (None, "?!?!")
    assert 'value="own" checked' in client.get(f"{PAGE}work").text
    answer = client.submit(PAGE, action=f"{PAGE}submit")
    assert "We have received your profile." in answer.text
    assert only(session).state is ProfileState.SUBMITTED


def test_words_beside_results_are_kept_only_when_asked(session, sign_in, draft):
    client = sign_in(draft().membership.account)
    page = client.submit(f"{PAGE}work", {"occupation-words": "nurse"})
    assert "None of these: keep “nurse”" in page.text
    sent = values_of(find_form(parse(page.text)))
    again = client.post(f"{PAGE}work", data=sent)
    assert again.status_code == 422
    assert only(session).occupation_words == ""
    client.post(f"{PAGE}work", data=sent | {"occupation": "own"})
    assert only(session).occupation_words == "nurse"


def test_other_words_are_looked_for_anew(session, sign_in, draft):
    client = sign_in(draft(words=WORDS).membership.account)
    page = client.submit(f"{PAGE}work", {"occupation-words": "?!?!"})
    assert page.status_code == 422
    assert only(session).occupation_words == WORDS


def test_own_words_without_words_are_nothing(sign_in, draft):
    client = sign_in(draft().membership.account)
    page = client.submit(f"{PAGE}work", {"occupation": "own", "occupation-words": ""})
    assert page.status_code == 422
    assert "Please write what it is called." in page.text


def test_neither_words_nor_a_code_is_still_missing(session, sign_in, draft):
    client = sign_in(draft().membership.account)
    assert client.post(f"{PAGE}submit").status_code in {400, 409}
    assert only(session).state is ProfileState.DRAFT


def test_past_work_in_own_words_may_have_years(session, sign_in, draft):
    client = sign_in(draft(words=WORDS).membership.account)
    page = client.submit(f"{PAGE}experience", {"past_occupation-words": "?!?!"})
    sent = values_of(find_form(parse(page.text)))
    client.post(
        f"{PAGE}experience", data=sent | {"past_occupation": "own", "experience_years": "7"}
    )
    profile = only(session)
    assert (profile.past_occupation, profile.past_occupation_words) == (None, "?!?!")
    assert profile.experience_years == 7


@pytest.fixture
def waiting(draft):
    return draft(state=ProfileState.SUBMITTED, words=WORDS)


def test_the_inbox_shows_what_was_not_found(sign_in, staff, waiting):
    client = sign_in(staff)
    assert "Occupation not found" in client.get("/heide/people/").text
    text = client.get(f"/heide/people/{waiting.key}").text
    assert f"Occupation not found: “{WORDS}”" in text
    assert (
        f'name="occupation-words" type="search" autocomplete="off" dir="auto" value="{WORDS}"'
        in text
    )


def test_the_code_is_set_when_approving_and_the_person_reads_it(session, sign_in, staff, waiting):
    client = sign_in(staff)
    page, action = f"/heide/people/{waiting.key}", f"/heide/people/{waiting.key}/decide"
    data = {"occupation-words": "electrician", "find": "occupation"}
    found = client.submit(page, data, action=action)
    assert found.status_code == 200
    assert 'value="7411"' in found.text
    assert only(session).state is ProfileState.SUBMITTED
    sent = values_of(find_form(parse(found.text), action)) | {"occupation": "7411"}
    client.post(action, data=sent)
    profile = only(session)
    assert profile.state is ProfileState.APPROVED
    assert (profile.occupation, profile.occupation_words) == ("7411", WORDS)
    [event] = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "correct_profile"))
    assert (event.account_id, event.details) == (staff.id, {"occupation": "7411"})
    mail = session.scalars(sa.select(Mail).where(Mail.kind == "profile_approved")).one()
    assert WORDS in mail.text
    history = client.get(f"{page}/history").text
    assert "occupation found by" in history
    assert WORDS in sign_in(waiting.membership.account).get(PAGE).text


def test_it_can_be_approved_without_a_code(session, sign_in, staff, waiting):
    page = f"/heide/people/{waiting.key}"
    sign_in(staff).submit(page, action=f"{page}/decide")
    assert (only(session).state, only(session).occupation) == (ProfileState.APPROVED, None)
    mail = session.scalars(sa.select(Mail).where(Mail.kind == "profile_approved")).one()
    assert WORDS not in mail.text


def test_a_code_that_the_person_chose_is_not_changed(session, make, programme, staff):
    person = make.mentee(programme, state=ProfileState.SUBMITTED, occupation="2221")
    [version] = people.get_person(session, person.key, programme=programme, actor=staff).versions
    ruling = people.Ruling(
        verdict=people.Verdict.APPROVE, reason="", seen_version=version.version, occupation="7411"
    )
    people.decide(session, person.key, ruling, programme=programme, actor=staff)
    assert only(session).occupation == "2221"


@pytest.mark.parametrize("side", Side)
def test_somebody_without_a_code_is_matched_by_the_rest(
    session, make, sign_in, programme, staff, draft, side
):
    without = draft(side, state=ProfileState.APPROVED, words=WORDS)
    (make.mentor if side is Side.MENTEE else make.mentee)(programme)
    round_ = make.round(programme)
    [gap] = [each for each in rounds.find_candidates(session, programme).everyone if each.gaps]
    assert (gap.key, gap.gaps) == (without.key, ("occupation",))
    [proposal] = solving.solve(session, round_, actor=staff)
    client = sign_in(staff)
    base, person = "/heide/rounds/", f"/heide/people/{without.key}"
    for page in (
        f"{base}{round_.key}", f"{base}{round_.key}/record", f"{base}{round_.key}/ask",
        f"/heide/proposals/{proposal.key}", f"/heide/exports/{round_.key}/proposals",
        "/heide/people/list", person, f"{person}/history",
    ):  # fmt: skip
        assert client.get(page).status_code == 200, page
    solving.decide(session, proposal, actor=staff)
    tandem = session.scalars(sa.select(Tandem)).one()
    for account in (staff, *pairs.accounts_of(tandem)):
        assert sign_in(account).get(f"/heide/tandems/{tandem.key}").status_code == 200
