"""A mentee describes oneself, one question a page."""

from itertools import pairwise

import pytest
import sqlalchemy as sa

from tandem.models import Profile, ProfileState, SignIn
from tandem.services import accounts
from tests.support.pages import find_form, parse, values_of
from tests.support.telling import MEETING, NEEDS, PAGE, STEPS, WORK

PASSWORD = "correct horse battery"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def mentee(make, programme):
    return make.mentee(programme, state=None)


@pytest.fixture
def phone(sign_in, mentee):
    return sign_in(mentee.membership.account)


def saved(session):
    session.expire_all()
    return session.scalars(sa.select(Profile).order_by(Profile.number.desc())).first()


def tell(phone, *steps):
    answers = [phone.submit(f"{PAGE}{step}", STEPS[step]) for step in steps]
    assert {answer.status_code for answer in answers} == {200}
    return answers[-1]


def test_eight_steps_lead_from_the_languages_to_the_check(phone, session):
    order = [*STEPS, ""]
    for step, following in pairwise(order):
        assert "of 8" in phone.get(f"{PAGE}{step}?lang=en").text
        assert tell(phone, step).request.path == f"{PAGE}{following}"
    check = phone.get(PAGE).text
    assert "Step 8 of 8" in check
    for said in ("25746 Heide", "Syria", "Building and related electricians", "Saturday morning"):
        assert said in check
    sent = phone.submit(PAGE, action=f"{PAGE}submit")
    assert sent.request.path == "/heide/home"
    assert "We have received your profile" in sent.text
    assert "within about two weeks" in sent.text
    profile = saved(session)
    assert profile.state is ProfileState.SUBMITTED
    assert (profile.sectors, profile.topics) == (["43"], ["network", "interview"])
    assert profile.languages == {"de": "B1", "ar": "C2"}
    assert profile.about == "Ich möchte wieder arbeiten.\nBald."
    assert (profile.gender, profile.same_gender) == (None, False)
    assert (profile.travel, profile.reach_km) == (["bus"], 20)
    assert profile.slots == ["mo-eve", "sa-am"]
    assert (profile.experience_years, profile.qualification_country) == (5, "SY")


def test_the_home_page_leads_to_where_one_stopped(phone):
    assert "about ten minutes" in phone.get("/heide/home?lang=en").text
    for step, following in (("languages", "work"), ("work", "qualification")):
        tell(phone, step)
        home = phone.get("/heide/home").text
        assert "Your profile is not finished yet." in home
        assert f'href="{PAGE}{following}"' in home
    tell(phone, *STEPS)
    home = phone.get("/heide/home").text
    assert "Your profile is not sent yet." in home
    assert f'href="{PAGE}"' in home


def test_words_are_searched_before_they_are_saved(phone, session):
    page = phone.submit(f"{PAGE}work", {"occupation-words": "nurse"})
    assert page.status_code == 422
    assert "Please choose what fits best" in page.text
    assert 'value="2221"' in page.text
    assert saved(session) is None
    chosen = values_of(find_form(parse(page.text))) | {"occupation": "2221"}
    assert phone.post(f"{PAGE}work", data=chosen).status_code == 303
    assert (saved(session).occupation, saved(session).occupation_words) == ("2221", "nurse")


def test_the_search_button_saves_nothing_and_loses_nothing(phone, session):
    said = {"occupation-words": "Krankenschwester", "find": "occupation", "sectors": ["86"]}
    page = phone.submit(f"{PAGE}work", said)
    assert page.status_code == 200
    assert "Krankenschwester" in page.text
    assert "errors" not in {each.get("id") for each in parse(page.text).iter()}
    assert values_of(find_form(parse(page.text)))["sectors"] == ["86"]
    assert saved(session) is None


def test_other_words_forget_what_was_chosen_for_the_old_ones(phone, session):
    tell(phone, "work")
    page = phone.submit(f"{PAGE}work", {"occupation-words": "nurse"})
    assert "occupation" not in values_of(find_form(parse(page.text)))
    assert saved(session).occupation == "7411"


def test_words_that_nothing_fits_are_told_so_and_the_list_is_offered(phone):
    page = phone.submit(f"{PAGE}work", {"occupation-words": "?!?!"})
    assert page.status_code == 422
    assert "We found nothing for these words." in page.text
    assert 'value="occupation-list"' in page.text


def test_the_whole_list_can_be_looked_through_without_a_script(phone, session):
    page = phone.submit(f"{PAGE}work", {"find": "occupation-list"})
    radios = [
        each.get("value")
        for each in parse(page.text).iter("input")
        if each.get("name") == "occupation"
    ]
    assert len(radios) == len(set(radios)) == 436
    chosen = values_of(find_form(parse(page.text))) | {"occupation": "9629"}
    assert phone.post(f"{PAGE}work", data=chosen).status_code == 303
    assert saved(session).occupation == "9629"


def test_sectors_are_gathered_search_by_search(phone, session):
    tell(phone, "work")
    page = phone.submit(f"{PAGE}work", {"sectors-words": "hospital", "find": "sectors"})
    assert page.status_code == 200
    chosen = values_of(find_form(parse(page.text)))
    assert chosen["sectors"] == ["43"]
    phone.post(f"{PAGE}work", data=chosen | {"sectors": ["43", "86"]})
    assert saved(session).sectors == ["43", "86"]


@pytest.mark.parametrize(("words", "code"), [("25746", "25746"), ("25746 Heide", "25746")])
def test_a_postal_code_needs_no_choice(phone, session, words, code):
    phone.submit(f"{PAGE}meeting", MEETING | {"postal_code-words": words})
    assert saved(session).postal_code == code


def test_a_place_is_found_by_its_name(phone, session):
    page = phone.submit(f"{PAGE}meeting", MEETING | {"postal_code-words": "brunsbuttel"})
    assert page.status_code == 422
    assert "25541 Brunsbüttel" in page.text
    chosen = values_of(find_form(parse(page.text))) | {"postal_code": "25541"}
    phone.post(f"{PAGE}meeting", data=chosen)
    assert saved(session).postal_code == "25541"


@pytest.mark.parametrize(
    ("said", "km"),
    [
        ({"travel": [], "modes": ["online"]}, 0),
        ({"travel": ["car", "bicycle"], "modes": ["in_person"]}, 30),
        ({"travel": ["bicycle"], "reach_km": "3", "modes": ["in_person"]}, 3),
        ({"travel": [], "reach_km": "0", "modes": ["in_person"]}, 0),
    ],
)
def test_how_far_is_what_one_says_or_else_what_is_usual(phone, session, said, km):
    phone.submit(f"{PAGE}meeting", MEETING | said)
    assert saved(session).reach_km == km


@pytest.mark.parametrize(
    ("step", "said", "field"),
    [
        ("meeting", {"travel": [], "modes": ["in_person"]}, "reach_km"),
        ("meeting", {"travel": ["car"], "reach_km": "0", "modes": ["in_person"]}, "modes"),
        ("experience", {"past_occupation": [], "experience_years": "7"}, "experience_years"),
        ("wishes", {"same_gender": "y", "gender": ""}, "gender"),
    ],
)
def test_what_contradicts_itself_is_asked_again(  # a step, its answers, the field that is wrong
    phone, session, step, said, field
):
    page = phone.submit(f"{PAGE}{step}", STEPS[step] | said)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert saved(session) is None


def test_somebody_new_to_work_goes_on_without_experience(phone, session):
    tell(phone, "work")
    page = phone.submit(f"{PAGE}experience", {"past_occupation": [], "experience_years": ""})
    assert page.request.path == f"{PAGE}meeting"
    assert (saved(session).past_occupation, saved(session).experience_years) == (None, None)


@pytest.mark.parametrize(
    ("occupation", "meaning"),
    [
        ("2221", "you may do it only once your qualification is"),
        ("2142", "use its title"),
        ("7411", "To open a business"),
        ("2342", "Some of this work is regulated"),
        ("2511", "We know of no rule"),
    ],
)
def test_the_page_says_what_recognition_means_for_the_work(phone, occupation, meaning):
    phone.submit(f"{PAGE}work", WORK | {"occupation": occupation})
    page = phone.get(f"{PAGE}qualification?lang=en").text
    assert meaning in page
    assert "+49 30 1815-1111" in page


def test_a_page_sent_twice_by_a_weak_line_is_saved_once(phone, session):
    data = values_of(find_form(parse(phone.get(f"{PAGE}needs").text))) | NEEDS
    answers = [phone.post(f"{PAGE}needs", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert saved(session).version == 1


@pytest.mark.parametrize("name", ["occupation", "occupation-words", "occupation-seen", "find"])
def test_a_searched_field_sent_twice_is_refused(phone, session, name):
    """TRUST C6."""
    assert phone.submit(f"{PAGE}work", WORK | {name: ["741", "221"]}).status_code == 400
    assert saved(session) is None


@pytest.fixture
def signed_out(sign_in, phone, mentee, session):
    """The phone of a mentee who signed in with a password and whose session has ended."""
    account = mentee.membership.account
    account.password_hash = accounts.hash_password(PASSWORD)
    session.commit()
    sign_in(None)
    sign_in_by_password(phone, account)
    page = values_of(find_form(parse(phone.get(f"{PAGE}needs").text)))
    session.execute(sa.delete(SignIn))
    session.commit()
    return phone, page


def sign_in_by_password(phone, account, at="/sign-in"):
    return phone.submit(at, {"email": account.email, "password": PASSWORD})


def test_what_was_sent_after_the_session_had_ended_is_still_there(signed_out, mentee, session):
    phone, page = signed_out
    refused = phone.post(f"{PAGE}needs", data=page | NEEDS)
    assert refused.status_code == 303
    back = sign_in_by_password(phone, mentee.membership.account, at=refused.location)
    assert back.request.path == f"{PAGE}needs"
    assert "What you entered is still here" in back.text
    assert "Ich möchte wieder arbeiten." in back.text
    assert saved(session) is None
    kept = values_of(find_form(parse(back.text)))
    assert phone.post(f"{PAGE}needs", data=kept).status_code == 303
    assert saved(session).topics == ["network", "interview"]
    assert "What you entered is still here" not in phone.get(f"{PAGE}needs").text


def test_nobody_else_at_the_same_phone_sees_what_was_left(
    signed_out, make, mentee, programme, session
):
    phone, page = signed_out
    other = make.mentee(programme, state=None).membership.account
    other.password_hash = mentee.membership.account.password_hash
    refused = phone.post(f"{PAGE}needs", data=page | NEEDS)
    session.commit()
    seen = sign_in_by_password(phone, other, at=refused.location)
    assert "Ich möchte wieder arbeiten." not in seen.text
    assert "Ich möchte wieder arbeiten." not in phone.get(f"{PAGE}needs").text


def test_more_than_a_cookie_holds_is_left_out_without_an_error(signed_out, mentee):
    phone, page = signed_out
    noise = "".join(chr(0x4E00 + (7919 * number) % 20000) for number in range(3000))
    refused = phone.post(f"{PAGE}needs", data=page | NEEDS | {"about": noise})
    back = sign_in_by_password(phone, mentee.membership.account, at=refused.location)
    assert back.request.path == f"{PAGE}needs"
    assert "What you entered is still here" not in back.text
