"""Two entries side by side on a page, and made one."""

import pytest
import sqlalchemy as sa

from tandem.models import Merge
from tests.support import pairs
from tests.support.counting import statements


@pytest.fixture
def client(make, programme, sign_in):
    return sign_in(make.coordinator(programme))


@pytest.fixture
def two(make, programme):
    return [
        make.mentee(programme, account=make.account(first_name="Nour", last_name=last), about=last)
        for last in ("Al-Musa", "Al Musa")
    ]


def page_of(programme, one, other):
    return f"/{programme.slug}/people/merge?one={one.key}&other={other.key}"


def test_the_list_leads_to_both_side_by_side(client, programme, two):
    text = client.get(f"/{programme.slug}/people/duplicates").text
    assert "1 pair" in text
    assert "Similar name" in text
    text = client.get(page_of(programme, *two)).text
    for words in ("<strong>Al-Musa</strong>", "<strong>Al Musa</strong>", "25746 Heide"):
        assert words in text


def test_the_one_that_was_chosen_stays(client, programme, two, session):
    answer = client.submit(page_of(programme, *two), {"kept": two[1].key})
    assert "The two entries are one now." in answer.text
    row = session.scalars(sa.select(Merge)).one()
    assert (row.kept_mentee_id, row.gone_mentee_id) == (two[1].id, two[0].id)
    assert (
        "Nobody seems to be listed here twice."
        in client.get(f"/{programme.slug}/people/duplicates").text
    )


def test_what_stands_in_the_way_is_said(client, make, programme, two, session):
    pairs.invited(make, make.mentor(programme), two[0])
    page = page_of(programme, *two)
    assert client.submit(page, {}).status_code == 422
    refused = client.submit(page, {"kept": two[1].key})
    assert refused.status_code == 422
    assert "Nour Al-Musa is in a live tandem" in refused.text
    assert not session.scalars(sa.select(Merge)).all()


def test_only_two_of_one_side_and_one_programme_are_compared(client, make, programme, two):
    mentor, stranger = make.mentor(programme), make.mentee(make.programme())
    for other in (two[0], mentor, stranger):
        assert client.get(page_of(programme, two[0], other)).status_code == 404
    assert client.get(f"/{programme.slug}/people/merge").status_code == 404


def test_they_are_two_is_said_and_taken_back(client, programme, two):
    listed = f"/{programme.slug}/people/duplicates"
    query = f"?one={two[0].key}&other={two[1].key}"
    answer = client.submit(
        page_of(programme, *two), action=f"/{programme.slug}/people/distinguish{query}"
    )
    assert "Nobody seems to be listed here twice." in answer.text
    assert "Two people, as you said" in answer.text
    answer = client.submit(listed, action=f"/{programme.slug}/people/distinguish/undo{query}")
    assert "Similar name" in answer.text
    assert "Two people, as you said" not in answer.text


def test_both_pages_take_few_statements(client, programme, two, session):
    client.before_each = lambda: None
    for page in (f"/{programme.slug}/people/duplicates", page_of(programme, *two)):
        session.commit()
        with statements(session) as seen:
            client.get(page)
        assert len(seen) <= 12, seen
