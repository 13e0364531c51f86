"""A mentee describes oneself, one question a page."""

from itertools import pairwise

import pytest
import sqlalchemy as sa

from tandem.models import Profile, ProfileState
from tests.support.pages import find_form, parse, values_of
from tests.support.telling import MEETING, NEEDS, PAGE, STEPS, WORK


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def mentee(make, programme):
    return make.mentee(programme, state=None)


@pytest.fixture
def client(sign_in, mentee):
    return sign_in(mentee.membership.account)


def saved(session):
    session.expire_all()
    return session.scalars(sa.select(Profile).order_by(Profile.number.desc())).first()


def tell(client, *steps):
    for step in steps:
        response = client.submit(f"{PAGE}{step}", STEPS[step])
        assert response.status_code == 200, step
    return response


def test_eight_steps_lead_from_the_languages_to_the_check(client, session):
    order = [*STEPS, ""]
    for step, following in pairwise(order):
        assert "of 8" in client.get(f"{PAGE}{step}?lang=en").text
        assert tell(client, step).request.path == f"{PAGE}{following}"
    check = client.get(PAGE).text
    assert "Step 8 of 8" in check
    for said in ("25746 Heide", "Syria", "Building and related electricians", "Saturday morning"):
        assert said in check
    sent = client.submit(PAGE, action=f"{PAGE}submit")
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


def test_the_home_page_leads_to_where_one_stopped(client):
    assert "about ten minutes" in client.get("/heide/home?lang=en").text
    for step, following in (("languages", "work"), ("work", "qualification")):
        tell(client, step)
        home = client.get("/heide/home").text
        assert "Your profile is not finished yet." in home
        assert f'href="{PAGE}{following}"' in home
    tell(client, *STEPS)
    home = client.get("/heide/home").text
    assert "Your profile is not sent yet." in home
    assert f'href="{PAGE}"' in home


def test_words_are_searched_before_they_are_saved(client, session):
    page = client.submit(f"{PAGE}work", {"occupation-words": "nurse"})
    assert page.status_code == 422
    assert "Please choose what fits best" in page.text
    assert 'value="2221"' in page.text
    assert saved(session) is None
    chosen = values_of(find_form(parse(page.text))) | {"occupation": "2221"}
    assert client.post(f"{PAGE}work", data=chosen).status_code == 303
    assert (saved(session).occupation, saved(session).occupation_words) == ("2221", "nurse")


def test_the_search_button_saves_nothing_and_loses_nothing(client, session):
    said = {"occupation-words": "Krankenschwester", "find": "occupation", "sectors": ["86"]}
    page = client.submit(f"{PAGE}work", said)
    assert page.status_code == 200
    assert "Krankenschwester" in page.text
    assert "errors" not in {each.get("id") for each in parse(page.text).iter()}
    assert values_of(find_form(parse(page.text)))["sectors"] == ["86"]
    assert saved(session) is None


def test_other_words_forget_what_was_chosen_for_the_old_ones(client, session):
    tell(client, "work")
    page = client.submit(f"{PAGE}work", {"occupation-words": "nurse"})
    assert "occupation" not in values_of(find_form(parse(page.text)))
    assert saved(session).occupation == "7411"


def test_words_that_nothing_fits_are_told_so_and_the_list_is_offered(client):
    page = client.submit(f"{PAGE}work", {"occupation-words": "?!?!"})
    assert page.status_code == 422
    assert "We found nothing for these words." in page.text
    assert 'value="occupation-list"' in page.text


def test_the_whole_list_can_be_looked_through_without_a_script(client, session):
    page = client.submit(f"{PAGE}work", {"find": "occupation-list"})
    radios = [
        each.get("value")
        for each in parse(page.text).iter("input")
        if each.get("name") == "occupation"
    ]
    assert len(radios) == len(set(radios)) == 436
    chosen = values_of(find_form(parse(page.text))) | {"occupation": "9629"}
    assert client.post(f"{PAGE}work", data=chosen).status_code == 303
    assert saved(session).occupation == "9629"


def test_sectors_are_gathered_search_by_search(client, session):
    tell(client, "work")
    page = client.submit(f"{PAGE}work", {"sectors-words": "hospital", "find": "sectors"})
    assert page.status_code == 200
    chosen = values_of(find_form(parse(page.text)))
    assert chosen["sectors"] == ["43"]
    client.post(f"{PAGE}work", data=chosen | {"sectors": ["43", "86"]})
    assert saved(session).sectors == ["43", "86"]


@pytest.mark.parametrize(("words", "code"), [("25746", "25746"), ("25746 Heide", "25746")])
def test_a_postal_code_needs_no_choice(client, session, words, code):
    client.submit(f"{PAGE}meeting", MEETING | {"postal_code-words": words})
    assert saved(session).postal_code == code


def test_a_place_is_found_by_its_name(client, session):
    page = client.submit(f"{PAGE}meeting", MEETING | {"postal_code-words": "brunsbuttel"})
    assert page.status_code == 422
    assert "25541 Brunsbüttel" in page.text
    chosen = values_of(find_form(parse(page.text))) | {"postal_code": "25541"}
    client.post(f"{PAGE}meeting", data=chosen)
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
def test_how_far_is_what_one_says_or_else_what_is_usual(client, session, said, km):
    client.submit(f"{PAGE}meeting", MEETING | said)
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
    client, session, step, said, field
):
    page = client.submit(f"{PAGE}{step}", STEPS[step] | said)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert saved(session) is None


def test_somebody_new_to_work_goes_on_without_experience(client, session):
    tell(client, "work")
    page = client.submit(f"{PAGE}experience", {"past_occupation": [], "experience_years": ""})
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
def test_the_page_says_what_recognition_means_for_the_work(client, occupation, meaning):
    client.submit(f"{PAGE}work", WORK | {"occupation": occupation})
    page = client.get(f"{PAGE}qualification?lang=en").text
    assert meaning in page
    assert "+49 30 1815-1111" in page


def test_a_page_sent_twice_by_a_weak_line_is_saved_once(client, session):
    data = values_of(find_form(parse(client.get(f"{PAGE}needs").text))) | NEEDS
    answers = [client.post(f"{PAGE}needs", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert saved(session).version == 1


@pytest.mark.parametrize("name", ["occupation", "occupation-words", "occupation-seen", "find"])
def test_a_searched_field_sent_twice_is_refused(client, session, name):
    """TRUST C6."""
    assert client.submit(f"{PAGE}work", WORK | {name: ["741", "221"]}).status_code == 400
    assert saved(session) is None
