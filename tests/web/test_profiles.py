"""One's own profile, on its pages."""

import pytest
import sqlalchemy as sa

from tandem.models import Profile, ProfileState
from tests.support.telling import PAGE, STEPS, WORK

MENTOR_STEPS = {
    "work": {"job_title": "Head of O'Brien's lab", "occupation": "7411", "sectors": ["43"]},
    "qualification": {"level": "6", "field_1": "", "paths": ["7411", "2211"]},
    "meeting": {
        "language_1": "de",
        "level_1": "C2",
        "postal_code": "25746",
        "reach_km": "",
        "modes": ["in_person", "online"],
        "travel": ["bicycle"],
        "slots": ["sa-am", "mo-eve"],
        "gender": "f",
    },
    "offer": {"topics": ["network"], "capacity": "2", "about": ""},
}
OFFER = MENTOR_STEPS["offer"]


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def as_mentee(sign_in, make, programme):
    """Sign a mentee in whose profile is in a state."""

    def enter(state=None, **profile):
        return sign_in(make.mentee(programme, state=state, **profile).membership.account)

    return enter


def versions(session):
    session.expire_all()
    return session.scalars(sa.select(Profile).order_by(Profile.number)).all()


def test_a_mentor_tells_step_by_step_and_sends(sign_in, make, session, programme):
    client = sign_in(make.mentor(programme, state=None).membership.account)
    reached = [client.submit(f"{PAGE}{step}", said) for step, said in MENTOR_STEPS.items()]
    following = [*list(MENTOR_STEPS)[1:], ""]
    assert [page.request.path for page in reached] == [f"{PAGE}{step}" for step in following]
    for shown in ("Bicycle", "Monday evening and Saturday morning", "8 km"):
        assert shown in reached[-1].text
    client.submit(PAGE, action=f"{PAGE}submit")
    [profile] = versions(session)
    assert profile.state is ProfileState.SUBMITTED
    assert (profile.job_title, profile.capacity, profile.reach_km) == (
        "Head of O'Brien's lab",
        2,
        8,
    )
    assert (profile.recognition_paths, profile.gender) == (["7411", "2211"], "f")
    assert (profile.travel, profile.slots) == (["bicycle"], ["mo-eve", "sa-am"])


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("work", "job_title", " "),
        ("work", "occupation", []),
        ("work", "occupation", "99999"),
        ("work", "sectors", []),
        ("work", "sectors", ["43", "33", "35", "41"]),
        ("qualification", "level", []),
        ("qualification", "paths", ["2211", "2221", "7411", "7412"]),
        ("qualification", "paths", ["E2"]),
        ("meeting", "postal_code", []),
        ("meeting", "travel", []),
        ("meeting", "slots", ["noon"]),
        ("meeting", "language_1", ""),
        ("offer", "topics", []),
        ("offer", "capacity", "6"),
        ("offer", "about", "x" * 601),
    ],
)
def test_what_makes_no_sense_of_a_mentor_is_refused(  # a step, a field, an entry
    session, sign_in, make, programme, step, field, value
):
    """TRUST D1, D2."""
    client = sign_in(make.mentor(programme, state=None).membership.account)
    response = client.submit(f"{PAGE}{step}", MENTOR_STEPS[step] | {field: value})
    assert response.status_code == 422
    wrong = "reach_km" if field == "travel" else field
    assert f'id="{wrong}-error"' in response.text
    assert versions(session) == []


def test_a_mentor_wishes_for_fields_and_needs_and_sees_them_again(
    session, sign_in, make, programme
):
    mentor = make.mentor(programme, state=None)
    client = sign_in(mentor.membership.account)
    wishes = {"wish_1": "22", "wish_2": "22", "wish_3": "74", "needs": ["network", "interview"]}
    page = client.submit(f"{PAGE}offer", OFFER | wishes)
    [profile] = session.scalars(sa.select(Profile)).all()
    expected = ["occupation:22", "occupation:74", "need:network", "need:interview"]
    assert profile.prefer == expected
    assert "Health professionals" in page.text
    assert "Contacts and network; Job interviews" in page.text
    client.submit(f"{PAGE}offer")
    session.expire_all()
    assert profile.prefer == expected


@pytest.mark.parametrize("wishes", [{"wish_1": "E2"}, {"needs": ["money"]}, {"wish_1": "2211"}])
def test_a_mentor_wishes_for_nothing_that_is_not_on_the_lists(
    session, sign_in, make, programme, wishes
):
    client = sign_in(make.mentor(programme, state=None).membership.account)
    assert client.submit(f"{PAGE}offer", OFFER | wishes).status_code == 422
    assert session.scalars(sa.select(Profile)).all() == []


@pytest.mark.parametrize("step", ["offer", "nothing", "submit", "0", "..%2Fwork"])
def test_a_step_of_the_other_side_is_not_there(as_mentee, step):
    assert as_mentee().get(f"{PAGE}{step}").status_code in {404, 405}


def test_each_page_shows_what_was_saved(as_mentee):
    client = as_mentee(ProfileState.DRAFT, languages={"de": "B1", "en": "B2", "ar": "C2"})
    for step in STEPS:
        before = client.get(PAGE).text
        assert client.submit(f"{PAGE}{step}").status_code == 200
        assert client.get(PAGE).text.partition("csrf")[0] == before.partition("csrf")[0]


def test_codes_that_the_lists_do_not_hold_stay(as_mentee, session):
    client = as_mentee(
        ProfileState.DRAFT,
        languages={"de": "B1", "eo": "C1"},
        occupation="741",
        fields=["071"],
        sectors=["C"],
    )
    for step in ("languages", "work", "qualification"):
        assert client.submit(f"{PAGE}{step}").status_code == 200
    [profile] = versions(session)
    assert (profile.occupation, profile.fields, profile.sectors) == ("741", ["071"], ["C"])
    assert profile.languages == {"de": "B1", "eo": "C1"}


def test_more_places_than_the_list_holds_stay(sign_in, make, session, programme):
    mentor = make.mentor(programme, state=ProfileState.DRAFT, capacity=12)
    client = sign_in(mentor.membership.account)
    for step in MENTOR_STEPS:
        assert client.submit(f"{PAGE}{step}").status_code == 200
    assert versions(session)[0].capacity == 12


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("languages", "language_1", ""),
        ("languages", "language_1", "xx"),
        ("languages", "language_2", "de"),
        ("languages", "level_1", ""),
        ("languages", "level_1", "D7"),
        ("languages", "language_3", ""),
        ("work", "occupation", []),
        ("work", "occupation", "999999"),
        ("work", "occupation-words", "x\0y"),
        ("work", "occupation-words", "x" * 300),
        ("work", "sectors", "ZZ"),
        ("work", "sectors", ["43", "33", "35", "41"]),
        ("qualification", "level", []),
        ("qualification", "level", "9"),
        ("qualification", "level", "sNaN"),
        ("qualification", "qualification_name", "x" * 300),
        ("qualification", "field_2", "9999"),
        ("qualification", "qualification_country", "XX"),
        ("qualification", "recognition", "maybe"),
        ("experience", "past_occupation", "x\0y"),
        ("experience", "experience_years", "61"),
        ("experience", "experience_years", "five"),
        ("meeting", "postal_code", []),
        ("meeting", "postal_code", "00000"),
        ("meeting", "postal_code-words", "99999"),
        ("meeting", "postal_code-words", "Nowhere at all"),
        ("meeting", "reach_km", "-1"),
        ("meeting", "reach_km", "201"),
        ("meeting", "reach_km", "1e3"),
        ("meeting", "reach_km", "sNaN"),
        ("meeting", "reach_km", "9" * 5000),
        ("meeting", "modes", []),
        ("meeting", "modes", ["by_post"]),
        ("meeting", "travel", ["camel"]),
        ("meeting", "slots", ["mo-am", "someday"]),
        ("needs", "topics", []),
        ("needs", "topics", ["network", "money"]),
        ("needs", "about", "x" * 601),
        ("needs", "about", "a\0b"),
        ("needs", "about", " \u202e "),
        ("wishes", "gender", "woman"),
        ("wishes", "avoid_words", "x" * 301),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_lost(  # a step, a field, an entry
    as_mentee, session, step, field, value
):
    """TRUST D1, D2."""
    data = {**STEPS[step], field: value}
    if field == "postal_code":
        data["postal_code-words"] = ""
    if step == "languages":
        data.update({"level_3": "B1", "language_3": "en", field: value})
    response = as_mentee().submit(f"{PAGE}{step}", data)
    assert response.status_code == 422
    assert f'id="{field.removesuffix("-words")}-error"' in response.text
    assert versions(session) == []
    if step == "needs" and field != "about":
        assert "Ich möchte wieder arbeiten." in response.text


def test_the_wish_for_the_same_gender_asks_for_the_gender(as_mentee, session):
    client = as_mentee(ProfileState.DRAFT)
    refused = client.submit(f"{PAGE}wishes", {"same_gender": "y", "gender": ""})
    assert 'id="gender-error"' in refused.text
    client.submit(f"{PAGE}wishes", {"same_gender": "y", "gender": "f"})
    assert (versions(session)[0].same_gender, versions(session)[0].gender) == (True, "f")


def test_without_the_wish_the_gender_is_not_kept(as_mentee, session):
    as_mentee(ProfileState.DRAFT).submit(f"{PAGE}wishes", {"gender": "f"})
    assert versions(session)[0].gender is None


def test_emoji_and_scripts_of_all_kinds_are_kept(as_mentee, session):
    text = "👩\u200d🔬 \u0645\u06cc\u200c\u062e\u0648 ጤና Ünïcödé <script>alert(1)</script> {{ 7 }}"
    client = as_mentee(ProfileState.DRAFT)
    client.submit(f"{PAGE}needs", {"about": text})
    page = client.get(PAGE).text
    assert versions(session)[0].about == text
    assert "<script>alert" not in page
    assert "{{ 7 }}" in page


def test_a_field_sent_twice_is_refused(as_mentee, session):
    """TRUST C6."""
    client = as_mentee(ProfileState.DRAFT)
    twice = client.submit(f"{PAGE}work", {"occupation": ["741", "221"]})
    assert twice.status_code == 400
    assert versions(session)[0].version == 1


def test_a_topic_ticked_twice_counts_once(as_mentee, session):
    client = as_mentee(ProfileState.DRAFT)
    client.submit(f"{PAGE}needs", {"topics": ["network", "network"]})
    assert versions(session)[0].topics == ["network"]


def test_no_field_but_those_asked_reaches_the_profile(as_mentee, session):
    """TRUST A5."""
    client = as_mentee(ProfileState.DRAFT)
    extra = {"state": "approved", "about": "changed", "capacity": "5", "number": "9", "side": "x"}
    client.submit(f"{PAGE}work", extra)
    [profile] = versions(session)
    assert profile.state is ProfileState.DRAFT
    assert profile.about != "changed"
    assert (profile.capacity, profile.number) == (None, 1)


def test_what_another_window_saved_is_shown_beside_what_was_entered(as_mentee, session):
    """TRUST E17."""
    client = as_mentee(ProfileState.DRAFT)
    data = {"occupation": "221"}
    client.submit(f"{PAGE}work", {"sectors": ["86"]})
    response = client.submit(f"{PAGE}work", data | {"version": "1"})
    assert response.status_code == 409
    assert "changed in another window" in response.text
    assert 'name="version" type="hidden" value="2"' in response.text
    assert versions(session)[0].occupation == "741"
    token = response.text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    again = client.post(f"{PAGE}work", data=WORK | data | {"version": "2", "csrf_token": token})
    assert again.status_code == 303
    assert versions(session)[0].occupation == "221"


def test_two_windows_that_both_begin_do_not_overwrite_one_another(as_mentee, session):
    client = as_mentee()
    client.submit(f"{PAGE}work", WORK)
    response = client.submit(f"{PAGE}work", WORK | {"occupation": "221", "version": "0"})
    assert response.status_code == 409
    assert versions(session)[0].occupation == "7411"


@pytest.mark.parametrize("version", ["0", "x", "-1", "9" * 50])
def test_only_what_was_checked_is_sent(as_mentee, session, version):
    client = as_mentee(ProfileState.DRAFT)
    response = client.submit(PAGE, {"version": version}, action=f"{PAGE}submit")
    assert response.status_code == 409
    assert "changed meanwhile" in response.text
    assert versions(session)[0].state is ProfileState.DRAFT


def test_an_incomplete_profile_offers_no_button_and_is_not_sent(as_mentee, session):
    client = as_mentee(ProfileState.DRAFT, about="")
    page = client.get(PAGE).text
    assert f'action="{PAGE}submit"' not in page
    assert "Something is still open here." in page
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    response = client.post(f"{PAGE}submit", data={"csrf_token": token, "version": "1"})
    assert response.status_code == 409
    assert "still missing" in response.text


def test_sending_needs_the_token_of_a_form(as_mentee, session):
    client = as_mentee(ProfileState.DRAFT)
    for action in ("submit", "take-back", "discard", "pause", "resume"):
        assert client.post(f"{PAGE}{action}").status_code == 400
    assert versions(session)[0].state is ProfileState.DRAFT


def test_a_sent_profile_is_taken_back_to_change_it(as_mentee, session):
    client = as_mentee(ProfileState.SUBMITTED)
    assert client.get(f"{PAGE}work").status_code == 409
    response = client.submit(PAGE, action=f"{PAGE}take-back")
    assert "You can change your profile now." in response.text
    assert [profile.state for profile in versions(session)] == [
        ProfileState.WITHDRAWN,
        ProfileState.DRAFT,
    ]


def test_an_approved_profile_counts_while_it_is_changed(as_mentee, session):
    client = as_mentee(ProfileState.APPROVED)
    client.submit(f"{PAGE}work", {"occupation": "221"})
    assert "counts until the coordination" in client.get(PAGE).text
    assert [profile.state for profile in versions(session)] == [
        ProfileState.APPROVED,
        ProfileState.DRAFT,
    ]
    response = client.submit(PAGE, action=f"{PAGE}discard")
    assert "Your changes are discarded." in response.text
    assert versions(session)[1].state is ProfileState.WITHDRAWN


def test_a_break_begins_and_ends(as_mentee, session):
    client = as_mentee(ProfileState.APPROVED)
    assert "You are taking a break." in client.submit(PAGE, action=f"{PAGE}pause").text
    assert versions(session)[0].state is ProfileState.PAUSED
    assert "Welcome back." in client.submit(PAGE, action=f"{PAGE}resume").text
    assert versions(session)[0].state is ProfileState.APPROVED


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ([ProfileState.RETURNED], "The coordination has a question."),
        ([ProfileState.DECLINED], "The coordination has said no to this profile."),
        ([ProfileState.SUBMITTED], "The coordination is reading it."),
        ([ProfileState.APPROVED, ProfileState.DECLINED], "last changes were not approved"),
        ([ProfileState.APPROVED, ProfileState.RETURNED], "The coordination has a question."),
    ],
)
def test_the_page_says_where_the_profile_stands(  # the versions there are, and what is said
    sign_in, make, programme, states, sentence
):
    mentee = make.mentee(programme, state=None)
    *_, profile = [
        make.profile(mentee, state=state, number=number)
        for number, state in enumerate(states, start=1)
    ]
    profile.decision_reason = "Because of <this>."
    make.save(profile)
    page = sign_in(mentee.membership.account).get(PAGE).text
    assert sentence in page
    if profile.state in {ProfileState.RETURNED, ProfileState.DECLINED} and len(states) == 1:
        assert "Because of &lt;this&gt;." in page


def test_every_page_opens_in_german_too(sign_in, make, programme):
    for person, steps in (
        (make.mentee(programme), ("", *STEPS)),
        (make.mentor(programme), ("", *MENTOR_STEPS)),
    ):
        client = sign_in(person.membership.account)
        for step in steps:
            assert client.get(f"{PAGE}{step}?lang=de").status_code == 200


def test_nobody_but_the_person_reaches_the_profile(client, sign_in, make, programme):
    assert client.get(PAGE).status_code == 303
    assert sign_in(make.coordinator(programme)).get(PAGE).status_code == 403
    stranger = make.mentee(make.programme())
    assert sign_in(stranger.membership.account).get(PAGE).status_code == 404
