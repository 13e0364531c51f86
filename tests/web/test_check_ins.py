"""Four questions on one page, and what the coordination sees of the answers."""

import pytest

from tandem.clock import now
from tandem.models import CheckIn, CheckInState, Side, TandemState
from tests.support import called, pairs
from tests.support.pages import find_form, parse, values_of

ANSWERS = {"going": "4", "helping": "0", "alike": "5", "wants_call": "no", "remark": "Alles gut."}
LOW = ANSWERS | {"going": "2", "remark": "Wir finden keine Zeit."}


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor = make.mentor(programme, account=make.account(first_name="Maren"))
    mentee = make.mentee(programme, account=make.account(first_name="Rima"))
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def ask(make, tandem):
    def run(side=Side.MENTEE, number=1):
        return make.save(
            CheckIn(
                programme_id=tandem.programme_id,
                tandem_id=tandem.id,
                side=side,
                number=number,
                due_on=now().date(),
            )
        )

    return run


@pytest.fixture
def as_side(sign_in, tandem):
    def run(side):
        mentor, mentee = pairs.accounts_of(tandem)
        return sign_in(mentor if side is Side.MENTOR else mentee)

    return run


def token_of(page):
    return {"csrf_token": values_of(find_form(parse(page)))["csrf_token"]}


def url(check_in):
    return f"/heide/check-ins/{check_in.key}"


def test_the_tandem_page_leads_to_the_questions_until_they_are_answered(as_side, tandem, ask):
    check_in = ask()
    client = as_side(Side.MENTEE)
    assert url(check_in) in client.get(f"/heide/tandems/{tandem.key}").text
    text = client.submit(url(check_in), ANSWERS).text
    assert "Thank you for your answers" in text
    assert "We have not met yet" in text
    assert check_in.state is CheckInState.ANSWERED
    assert (check_in.going, check_in.helping, check_in.alike) == (4, None, 5)
    assert url(check_in) not in client.get(f"/heide/tandems/{tandem.key}").text


def test_the_page_says_who_reads_the_answers_and_that_they_stand(as_side, ask):
    text = as_side(Side.MENTEE).get(url(ask())).text
    assert "Only the coordination reads your answers. <bdi>Maren</bdi> does not." in text
    assert "Once sent, your answers cannot be changed" in text


@pytest.mark.parametrize("missing", ["going", "helping", "alike", "wants_call"])
def test_a_question_left_out_is_asked_again_and_the_rest_stays(as_side, ask, missing):
    check_in = ask()
    data = {name: value for name, value in ANSWERS.items() if name != missing}
    answer = as_side(Side.MENTEE).submit(url(check_in), data)
    assert answer.status_code == 422
    assert "Please choose one." in answer.text
    assert "Alles gut." in answer.text
    assert check_in.state is CheckInState.OPEN


@pytest.mark.parametrize("going", ["0", "6", "x", "-1"])
def test_what_is_not_on_the_page_is_refused(as_side, ask, going):
    answer = as_side(Side.MENTEE).submit(url(ask()), ANSWERS | {"going": going})
    assert answer.status_code == 422


def test_a_second_click_is_thanked_for_and_a_second_opinion_is_not_taken(as_side, ask):
    check_in = ask()
    client = as_side(Side.MENTEE)
    page = client.get(url(check_in))
    token = {
        "csrf_token": page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    }
    for _ in range(2):
        assert client.post(url(check_in), data=ANSWERS | token).status_code == 303
    answer = client.post(url(check_in), data=LOW | token)
    assert answer.status_code == 409
    assert "Wir finden keine Zeit." in answer.text
    assert "Alles gut." in answer.text
    assert check_in.remark == "Alles gut."


def test_an_old_link_leads_to_the_questions_of_today(make, as_side, ask):
    old, new = ask(), ask(number=2)
    old.state = CheckInState.LAPSED
    make.save(old)
    client = as_side(Side.MENTEE)
    assert client.get(url(old)).location == url(new)
    new.state = CheckInState.LAPSED
    make.save(new)
    assert "These questions are over" in client.get(url(old)).text


def test_the_coordinator_reads_both_and_sees_to_what_is_low(
    sign_in, as_side, coordinator, tandem, ask
):
    mentee, mentor = ask(), ask(Side.MENTOR)
    as_side(Side.MENTEE).submit(url(mentee), LOW)
    record = f"/heide/tandems/{tandem.key}"
    client = sign_in(coordinator)
    text = client.get(record).text
    assert "Wir finden keine Zeit." in text
    assert "Not so well" in text
    assert "Please see to it" in text
    client.submit(record, action=f"{url(mentee)}/attend")
    assert mentee.attended_by_id == coordinator.id
    text = client.get(record).text
    assert "Please see to it" not in text
    assert "Seen to on" in text
    assert f'href="{url(mentor)}"' not in text


def test_before_anything_was_asked_the_record_says_when(sign_in, coordinator, tandem):
    assert "Both are asked next on" in sign_in(coordinator).get(f"/heide/tandems/{tandem.key}").text


def test_the_coordinator_writes_down_what_was_said_on_the_telephone(
    make, sign_in, coordinator, tandem, ask
):
    called.without_address(make, tandem.mentee)
    check_in = ask()
    client = sign_in(coordinator)
    record = client.get(f"/heide/tandems/{tandem.key}").text
    assert f'href="{url(check_in)}"' in record
    text = client.submit(url(check_in), LOW).text
    assert "Written down." in text
    assert "Wir finden keine Zeit." in text


def test_for_who_answers_themselves_the_coordinator_has_no_form(sign_in, coordinator, ask):
    check_in = ask()
    client = sign_in(coordinator)
    page = client.get(url(check_in)).text
    assert "There is no answer yet." in page
    assert 'name="going"' not in page


def test_the_other_side_finds_nothing(as_side, tandem, ask):
    """A4."""
    check_in = ask()
    as_side(Side.MENTEE).submit(url(check_in), LOW)
    client = as_side(Side.MENTOR)
    assert client.get(url(check_in)).status_code == 404
    text = client.get(f"/heide/tandems/{tandem.key}").text
    assert "keine Zeit" not in text
    assert "How it is going" not in text


def test_a_visitor_signs_in_and_is_led_back(sign_in, ask):
    check_in = ask()
    answer = sign_in(None).get(url(check_in))
    assert answer.location == f"/sign-in?next={url(check_in)}"
