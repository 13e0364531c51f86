"""Units of work: what joins, what is undone, what must not be mixed."""

import pytest
import sqlalchemy as sa

from tandem.db import transaction, violates
from tandem.models import Account, Programme


def count_programmes(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Programme))


def test_a_block_inside_another_joins_it(session, make):
    def fail():
        with transaction(session):
            with transaction(session):
                make_unsaved(session)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count_programmes(session) == 0


def make_unsaved(session):
    session.add(
        Programme(
            slug="heide", name="Heide", place_name="Heide", region="Heide", contact_name="A",
            contact_email="a@b.example", contact_phone="1", address="x",
        )
    )  # fmt: skip
    session.flush()


def test_what_the_outermost_block_did_is_kept(session):
    with transaction(session):
        make_unsaved(session)
    session.rollback()
    assert count_programmes(session) == 1


def test_changes_outside_a_block_are_a_bug(session, make):
    programme = make.programme()
    programme.name = "Changed outside"

    with pytest.raises(RuntimeError, match="outside"), transaction(session):
        pass


def test_a_broken_constraint_is_known_by_name(session, make):
    make.account(email="twice@people.example")
    session.add(
        Account(
            email="twice@people.example", first_name="A", last_name="B", password_hash="x",
            locale="de",
        )
    )  # fmt: skip
    with pytest.raises(sa.exc.IntegrityError) as caught:
        session.flush()
    session.rollback()
    assert violates(caught.value, "uq_accounts_email")
    assert not violates(caught.value, "uq_accounts_key")


def test_an_illegal_move_is_refused_by_the_database(session, make):
    company = make.company(make.programme())
    with pytest.raises(sa.exc.IntegrityError) as caught:
        session.execute(
            sa.text(f"UPDATE companies SET state = 'registered' WHERE id = {company.id}")
        )
    session.rollback()
    assert violates(caught.value, "ck_companies_next_state")
