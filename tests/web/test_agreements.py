"""The agreement on its pages: written, agreed to, changed, taken along; and the goals."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.models import AgreementState, Side, TandemState
from tandem.services import agreements
from tandem.services.programmes import today
from tests.support import agreeing, pairs
from tests.support import called as called_for
from tests.support.counting import statements
from tests.support.pages import find_form, parse, values_of


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor = make.mentor(
        programme,
        account=make.account(first_name="Maren", last_name="Beispiel"),
        topics=["applications", "network"],
    )
    mentee = make.mentee(
        programme,
        account=make.account(first_name="Rima", last_name="Muster"),
        topics=["interview", "network"],
    )
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def called(make, programme, coordinator):
    """A tandem whose mentee no mail can reach."""
    amal = make.mentee(programme, account=make.account(first_name="Amal"))
    mentor = make.mentor(programme, account=make.account(first_name="Jens"))
    mentee = called_for.without_address(make, amal)
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def url(programme):
    def address(tandem, action="", noun="agreements"):
        page = f"/{programme.slug}/{noun}/{tandem.key}"
        return f"{page}/{action}" if action else page

    return address


@pytest.fixture
def as_side(sign_in):
    def as_(tandem, side):
        return sign_in(agreeing.person(tandem, side))

    return as_


def plain(text):
    return text.replace("<bdi>", "").replace("</bdi>", "")


def write(client, url, tandem, **data):
    page = url(tandem, "edit")
    return client.submit(page, data, action=page)


def token(client, page):
    return values_of(find_form(parse(client.get(page).text)))["csrf_token"]


def latest(session, tandem):
    return agreements.wordings(session, tandem).latest


def test_what_fits_the_two_is_ticked_and_stands_first(as_side, url, tandem):
    text = as_side(tandem, Side.MENTOR).get(url(tandem, "edit")).text
    topics = text[text.index('id="topics"') :]
    assert topics.index('value="network"') < topics.index('value="applications"')
    assert 'value="network" checked' in topics
    assert 'value="applications" checked' not in topics


def test_from_writing_to_agreeing(session, as_side, url, tandem):
    client = as_side(tandem, Side.MENTOR)
    data = {"own_goals": "Visit a hospital\n\n  Exam B2  ", "every_weeks": "3"}
    text = write(client, url, tandem, **data).text
    assert "It counts as soon as both have agreed." in text
    assert "It counts as soon as Rima agrees." in plain(text)
    assert "I agree" not in text
    client = as_side(tandem, Side.MENTEE)
    text = plain(client.get(url(tandem, noun="tandems")).text)
    assert "Maren has written down an agreement" in text
    text = client.submit(url(tandem), action=url(tandem, "agree")).text
    assert "You have both agreed." in text
    made = latest(session, tandem)
    assert made.state is AgreementState.IN_FORCE
    assert [goal.topic or goal.text for goal in made.goals] == [
        "network", "Visit a hospital", "Exam B2",
    ]  # fmt: skip
    text = client.get(url(tandem, noun="tandems")).text
    assert "Every 3 weeks, until" in text
    assert "Exam B2" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"topics": [], "own_goals": " \n "}, "Please choose or write at least one goal."),
        ({"own_goals": "\n".join("abcdef")}, "These are more than six goals."),
        ({"own_goals": "x" * 201}, "One of these lines is too long."),
        ({"every_weeks": "9"}, "This is not on the list."),
        ({"every_weeks": "0"}, "This is not on the list."),
        ({"ends_on": "2001-01-01"}, "Choose a day from tomorrow to"),
        ({"ends_on": "9999-12-31"}, "Choose a day from tomorrow to"),
        ({"ends_on": "soon"}, "Please fill this in."),
        ({"ways": []}, "Please choose at least one."),
        ({"ways": ["pigeon"]}, "not on the list"),
        ({"topics": ["riches"]}, "not on the list"),
        ({"contact": "x" * 301}, "Use at most 300 characters."),
        ({"confidentiality": "x" * 501}, "Use at most 500 characters."),
    ],
)
def test_what_is_not_right_is_said_and_nothing_typed_is_lost(
    session, as_side, url, tandem, data, words
):
    answer = write(as_side(tandem, Side.MENTEE), url, tandem, **({"contact": "By post"} | data))
    assert answer.status_code == 422
    assert words in answer.text
    assert data.get("contact", "By post") in answer.text
    assert latest(session, tandem) is None


def test_who_was_slower_sees_both_versions(session, as_side, url, make, programme, tandem):
    """E17: nothing typed is lost, and the own wording can be sent after all."""
    client = as_side(tandem, Side.MENTEE)
    page = url(tandem, "edit")
    mine = {
        "csrf_token": token(client, page),
        "version": "0",
        "topics": ["network"],
        "own_goals": "My own goal",
        "every_weeks": "4",
        "ends_on": (today(programme) + timedelta(days=90)).isoformat(),
        "ways": ["phone"],
        "contact": "",
        "confidentiality": "",
    }
    agreeing.propose(make, tandem, by=Side.MENTOR, own_goals=("Their goal",))
    answer = client.post(page, data=mine)
    assert answer.status_code == 409
    for words in ("My own goal", "Their goal", "Meanwhile there is another wording"):
        assert words in answer.text
    assert "Different: Goals, Meetings, Time together, How you meet" in answer.text
    assert latest(session, tandem).proposed_by is Side.MENTOR
    answer = client.post(page, data=mine | {"version": "1"})
    assert answer.status_code == 303
    assert latest(session, tandem).goals[1].text == "My own goal"


def test_sending_it_unchanged_changes_nothing(session, as_side, url, make, tandem):
    agreeing.agreed(make, tandem)
    text = write(as_side(tandem, Side.MENTEE), url, tandem).text
    assert "You have changed nothing." in text
    assert latest(session, tandem).number == 1


def test_a_change_asks_the_other_again_while_the_old_one_counts(as_side, url, make, tandem):
    agreeing.agreed(make, tandem, every_weeks=2)
    text = plain(write(as_side(tandem, Side.MENTEE), url, tandem, every_weeks="5").text)
    assert "Proposed by Rima" in text
    assert "In force" in text
    assert "Every 5 weeks" in text
    assert "Every 2 weeks" in text
    text = plain(as_side(tandem, Side.MENTOR).get(url(tandem)).text)
    assert "I agree" in text


def test_a_yes_to_words_that_changed_meanwhile_is_asked_again(session, as_side, url, make, tandem):
    old = agreeing.propose(make, tandem, by=Side.MENTOR)
    client = as_side(tandem, Side.MENTEE)
    client.get(url(tandem))
    agreeing.propose(make, tandem, by=Side.MENTOR, every_weeks=8)
    answer = client.submit(url(tandem), {"wording": old.key}, action=url(tandem, "agree"))
    assert answer.status_code == 409
    assert "Please read once more what is proposed now." in answer.text
    assert "Every 8 weeks" in answer.text
    assert latest(session, tandem).state is AgreementState.PROPOSED


def test_a_proposal_is_put_aside(session, as_side, url, make, tandem):
    agreeing.propose(make, tandem, by=Side.MENTOR)
    client = as_side(tandem, Side.MENTEE)
    text = client.submit(url(tandem), action=url(tandem, "drop")).text
    assert "The proposed agreement has been put aside." in text
    assert "Nothing is agreed on yet." in text
    assert latest(session, tandem) is None


@pytest.mark.parametrize("action", ["agree", "drop", "goals/none"])
def test_a_request_that_says_nothing_is_refused(as_side, url, tandem, action):
    client = as_side(tandem, Side.MENTEE)
    data = {"csrf_token": token(client, url(tandem, "edit"))}
    assert client.post(url(tandem, action), data=data).status_code == 422


def test_goals_are_marked_on_the_page_of_the_tandem(session, as_side, url, make, tandem):
    goal = agreeing.agreed(make, tandem).goals[0]
    client = as_side(tandem, Side.MENTEE)
    page, action = url(tandem, noun="tandems"), url(tandem, f"goals/{goal.key}")
    assert "0 of 2 reached" in client.get(page).text
    text = client.submit(page, action=action).text
    assert "1 of 2 reached" in text
    assert "(reached on" in text
    assert "0 of 2 reached" in client.submit(page, action=action).text


def test_goals_of_a_tandem_that_is_over_are_read_only(as_side, url, make, tandem):
    agreeing.agreed(make, tandem)
    tandem.state, tandem.ended_at = TandemState.COMPLETED, now()
    make.save(tandem)
    text = as_side(tandem, Side.MENTEE).get(url(tandem, noun="tandems")).text
    assert "0 of 2 reached" in text
    assert "/goals/" not in text
    assert as_side(tandem, Side.MENTEE).get(url(tandem)).status_code == 200
    assert as_side(tandem, Side.MENTEE).get(url(tandem, "edit")).status_code == 409


def test_the_document_is_in_the_readers_language_and_names_both(as_side, url, make, tandem):
    client = as_side(tandem, Side.MENTEE)
    assert client.get(url(tandem, "agreement.pdf")).status_code == 404
    agreeing.agreed(make, tandem)
    answer = client.get(url(tandem, "agreement.pdf"))
    assert answer.mimetype == "application/pdf"
    for mark in (b"%PDF-", b"/StructTreeRoot", b"/Lang(en)", b"pdfuaid"):
        assert mark in answer.data
    german = client.get(f"{url(tandem, 'agreement.pdf')}?lang=de")
    assert b"/Lang(de)" in german.data


def test_an_agreement_that_waits_for_the_reader_stands_on_top(as_side, url, make, tandem):
    agreeing.propose(make, tandem, by=Side.MENTOR)
    first = {
        side: parse(as_side(tandem, side).get(url(tandem, noun="tandems")).text)
        .find(".//h2")
        .get("id")
        for side in Side
    }
    assert first == {Side.MENTOR: "next", Side.MENTEE: "goals"}


def test_what_a_proposal_would_change_is_named(as_side, url, make, tandem):
    agreeing.agreed(make, tandem)
    agreeing.propose(make, tandem, by=Side.MENTOR, every_weeks=4, contact="Calls")
    text = as_side(tandem, Side.MENTEE).get(url(tandem)).text
    assert "Different: Meetings, How you reach each other." in text


def test_the_document_can_be_had_in_more_languages_than_pages(as_side, url, make, tandem):
    agreeing.agreed(make, tandem)
    client = as_side(tandem, Side.MENTEE)
    offered, on_the_tandem = (
        {
            link.get("hreflang"): link.get("href")
            for link in parse(client.get(page).text).iter("a")
            if "hreflang" in link.attrib and "agreement.pdf" in link.attrib["href"]
        }
        for page in (url(tandem), url(tandem, noun="tandems"))
    )
    assert list(offered) == list(on_the_tandem) == ["de", "en", "ar"]
    for code, address in offered.items():
        answer = client.get(address)
        assert answer.headers["Content-Language"] == code
        assert f"-{code}.pdf" in answer.headers["Content-Disposition"]
        assert f"/Lang({code})".encode() in answer.data
    assert 'lang="en"' in client.get(url(tandem)).text
    unknown = client.get(f"{url(tandem, 'agreement.pdf')}?language=xx")
    assert b"/Lang(en)" in unknown.data


def test_a_coordinator_reads_and_does_not_speak_for_those_with_accounts(
    sign_in, coordinator, url, make, tandem
):
    agreeing.propose(make, tandem, by=Side.MENTOR, contact="Short messages")
    client = sign_in(coordinator)
    text = plain(client.get(url(tandem)).text)
    assert "Agreement of Rima Muster and Maren Beispiel" in text
    assert "Short messages" in text
    assert "I agree" not in text
    assert "Change something" not in text
    assert client.get(url(tandem, "edit")).status_code == 403
    text = plain(client.get(url(tandem, noun="tandems")).text)
    assert "Maren has written down an agreement. It counts as soon as Rima agrees." in text


def test_a_coordinator_writes_down_what_somebody_without_an_account_says(
    session, sign_in, coordinator, url, make, called
):
    agreeing.propose(make, called, by=Side.MENTOR)
    client = sign_in(coordinator)
    text = plain(client.get(url(called)).text)
    assert "Please write down only what Amal has told you" in text
    text = client.submit(url(called), action=url(called, "agree")).text
    assert "You have both agreed." in text
    text = plain(write(client, url, called, every_weeks="6").text)
    assert "Proposed by Amal" in text
    assert latest(session, called).proposed_by is Side.MENTEE


def test_an_invitation_has_no_agreement_yet(make, programme, as_side, url):
    invited = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    client = as_side(invited, Side.MENTEE)
    for action in ("", "edit", "agreement.pdf"):
        assert client.get(url(invited, action)).status_code == 404


def test_what_people_write_is_text(as_side, url, make, tandem):
    words = "<b>O'Brien</b> {{ 7 * 7 }}"
    agreeing.agreed(make, tandem, own_goals=(words,), contact=words, confidentiality=words)
    client = as_side(tandem, Side.MENTEE)
    for page in (url(tandem), url(tandem, "edit"), url(tandem, noun="tandems")):
        text = client.get(page).text
        assert "<b>O" not in text
        assert "{{ 7 * 7 }}" in text


def test_the_page_asks_the_database_little(session, as_side, url, make, tandem):
    agreeing.agreed(make, tandem, own_goals=tuple("abcde"))
    agreeing.propose(make, tandem, by=Side.MENTOR, every_weeks=7)
    client = as_side(tandem, Side.MENTEE)
    for page in (url(tandem), url(tandem, "edit")):
        with statements(session) as seen:
            client.get(page)
        assert len(seen) <= 12, seen
