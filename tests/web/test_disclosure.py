"""Who may know what of the other, stage by stage (TRUST A4): a table, and its trial."""

import pytest

from tandem.models import Mail, Side, TandemState
from tests.support import asking, pairs, solving

LISTED = "on a short list, before anybody is asked"
BEFORE, AFTER, NEVER = "before both said yes", "after both said yes", "came to nothing"
OF_MENTOR = {
    "first name": ("Marenka", {BEFORE, AFTER}),
    "function": ("Obermeisterin", {BEFORE, AFTER}),
    "sector": ("Specialised construction", {LISTED, BEFORE, AFTER}),
    "town": ("Heide", {LISTED, BEFORE, AFTER}),
    "languages": ("Danish", {LISTED, BEFORE, AFTER}),
    "offers": ("Internship or trial days", {LISTED, BEFORE, AFTER}),
    "last name": ("Nachnamowitsch", {AFTER}),
    "e-mail": ("marenka@geheim.example", {AFTER}),
    "company": ("Heimliche Firma GmbH", {AFTER}),
    "aim": ("Mein eigener Beweggrund", set()),
    "postal code": ("25746", set()),
    "level": ("Master's degree", set()),
    "wishes": ("Personal service workers", set()),
}
OF_MENTEE = {
    "first name": ("Rimayla", {BEFORE, AFTER}),
    "field": ("Electronics", {BEFORE, AFTER}),
    "goals": ("Wieder in meinem Beruf", {BEFORE, AFTER}),
    "languages": ("Tigrinya", {BEFORE, AFTER}),
    "distance": ("km from you", {BEFORE, AFTER}),
    "last name": ("Familiennamaya", {AFTER}),
    "e-mail": ("rimayla@geheim.example", {AFTER}),
    "town": ("Brunsbüttel", set()),
    "postal code": ("25541", set()),
    "occupation so far": ("Cooks", set()),
    "recognition": ("Recognised in part", set()),
    "need that stays open": ("Starting a business", set()),
    "level": ("Doctorate", set()),
    "field so far": ("Personal service workers", set()),
    "rank on a short list": ("short list", set()),
    "own words for the work": ("Bastlerin mit Herz", set()),
    "own words for the work so far": ("Suppenmeisterin", set()),
    "name of the qualification": ("Diplôme de potière", set()),
    "country of the qualification": ("Wallis", set()),
    "whom not to meet": ("Die alte Chefin", set()),
    "how to get about": ("Bicycle", set()),
}
STAGES = {
    BEFORE: (TandemState.INVITED,),
    AFTER: (TandemState.ACTIVE, TandemState.PAUSED, TandemState.ENDED_EARLY),
    NEVER: (TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN),
}
CASES = [(reader, state) for reader in Side for states in STAGES.values() for state in states]
FACTS = [
    *pairs.FACTS,
    {
        "criterion": "occupation",
        "code": "minor_group",
        "points": 2000,
        "weight": 2500,
        "values": {"mentor": "742", "mentee": "742", "via": "target"},
    },
    {
        "criterion": "sector",
        "code": "same_division",
        "points": 2000,
        "weight": 2000,
        "values": {"mentor": "43", "mentee": "43"},
    },
    {
        "criterion": "reach",
        "code": "distance",
        "points": 100,
        "weight": 1000,
        "values": {"km": 22.3, "limit_km": 30},
    },
    {
        "criterion": "wishes",
        "code": "both",
        "points": 1500,
        "weight": 1500,
        "values": {"rank": 1, "met": ["occupation:51", "need:self_employment"]},
    },
]


@pytest.fixture
def two(make):
    """Two people whose every word can be told apart, before anybody brought them together."""

    def people():
        programme = make.programme(places={"25746": "Heide", "25541": "Brunsbüttel"})
        mentor = make.mentor(
            programme,
            company=make.company(programme, name="Heimliche Firma GmbH"),
            account=make.account(
                first_name="Marenka", last_name="Nachnamowitsch", email="marenka@geheim.example"
            ),
            job_title="Obermeisterin",
            reach_km=60,
            about="Mein eigener Beweggrund",
            level=7,
            languages={"de": "C2", "da": "C1"},
            topics=["applications", "internship"],
            prefer=["occupation:51", "need:self_employment"],
        )
        mentee = make.mentee(
            programme,
            account=make.account(
                first_name="Rimayla", last_name="Familiennamaya", email="rimayla@geheim.example"
            ),
            about="Wieder in meinem Beruf",
            occupation="742",
            past_occupation="512",
            level=8,
            recognition="partial",
            occupation_words="Bastlerin mit Herz",
            past_occupation_words="Suppenmeisterin",
            qualification_name="Diplôme de potière",
            qualification_country="WF",
            avoid_words="Die alte Chefin",
            travel=["bicycle"],
            postal_code="25541",
            reach_km=60,
            languages={"de": "B2", "ti": "C2"},
            topics=["applications", "self_employment"],
        )
        return mentor, mentee

    return people


@pytest.fixture
def meet(make, two):
    """Bring the two together."""

    def in_state(state):
        mentor, mentee = two()
        return pairs.tandem(make, mentor, mentee, state, facts=FACTS)

    return in_state


def stage_of(state):
    return next(stage for stage, states in STAGES.items() if state in states)


@pytest.mark.parametrize(("reader", "state"), CASES)
@pytest.mark.parametrize("mail", [False, True], ids=["page", "mails"])
def test_each_side_learns_what_the_table_says_and_no_more(
    session, sign_in, meet, reader, state, mail
):
    tandem = meet(state)
    mentor, mentee = pairs.accounts_of(tandem)
    me = mentor if reader is Side.MENTOR else mentee
    programme = me.memberships[0].programme
    if mail:
        text = " ".join(m.text for m in session.query(Mail) if m.to_address == me.email)
    else:
        client = sign_in(me)
        pages = ("", "?answer=no")
        addresses = [f"/{programme.slug}/tandems/{tandem.key}{query}" for query in pages]
        text = " ".join(client.get(address).text.replace("&#39;", "'") for address in addresses)
    for field, (word, stages) in (OF_MENTOR if reader is Side.MENTEE else OF_MENTEE).items():
        allowed = stage_of(state) in stages
        if mail and field == "first name":
            continue
        assert allowed or word not in text, field
        assert mail or not allowed or word in text, field


def test_a_short_list_says_what_the_table_says_and_no_more(session, make, sign_in, two):
    """No name, no company, no function: neither on its pages nor in the mail."""
    mentor, mentee = two()
    account = mentee.membership.account
    programme = account.memberships[0].programme
    make.mentor(programme, reach_km=60)
    actor = make.coordinator(programme)
    round_ = make.round(programme)
    solving.solve(session, round_, actor=actor)
    asking.ask(session, round_, actor=actor)
    shortlist = asking.of(session, mentee)
    assert mentor.id in {choice.mentor_id for choice in shortlist.choices}
    client = sign_in(account)
    page = client.get(f"/{programme.slug}/shortlists/{shortlist.key}").text
    home = client.get(f"/{programme.slug}/home").text
    [mail] = session.query(Mail).filter_by(kind="shortlist")
    for field, (word, stages) in OF_MENTOR.items():
        assert (word in page) == (LISTED in stages), field
        assert word not in home, field
        assert word not in mail.text, field
    assert mentor.key not in page


def test_mentors_and_companies_get_no_lists_of_mentees(session, make, sign_in, two):
    mentor, mentee = two()
    programme = mentor.membership.account.memberships[0].programme
    make.mentor(programme, reach_km=60)
    actor = make.coordinator(programme)
    round_ = make.round(programme)
    solving.solve(session, round_, actor=actor)
    asking.ask(session, round_, actor=actor)
    asking.answer(session, mentee, {1: 1, 2: 2})
    client = sign_in(mentor.membership.account)
    key = asking.of(session, mentee).key
    assert client.get(f"/{programme.slug}/shortlists/{key}").status_code == 404
    assert client.get(f"/{programme.slug}/rounds/{round_.key}/ask").status_code == 403
    pages = " ".join(client.get(f"/{programme.slug}/{page}").text for page in ("home", "profile/"))
    for field, (word, _stages) in OF_MENTEE.items():
        if field not in {"field so far", "need that stays open"}:  # the mentor's own wishes
            assert word not in pages, field


def test_the_table_knows_every_state():
    states = [state for group in STAGES.values() for state in group]
    assert set(TandemState) - set(states) == {TandemState.COMPLETED}


@pytest.mark.parametrize("state", [TandemState.INVITED, TandemState.DECLINED])
def test_no_list_of_people_is_open_to_the_two(sign_in, meet, state):
    tandem = meet(state)
    for account in pairs.accounts_of(tandem):
        slug = account.memberships[0].programme.slug
        for page in ("people/", "tandems/", "rounds/", "companies/"):
            assert sign_in(account).get(f"/{slug}/{page}").status_code == 403
        for key in (tandem.mentor.key, tandem.mentee.key):
            assert sign_in(account).get(f"/{slug}/people/{key}").status_code == 403
