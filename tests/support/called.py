"""People without an address, whom the coordinators call."""

from typing import TypeVar

from tandem.clock import now
from tandem.models import Mentee, Mentor
from tandem.services.accounts import NO_MAIL
from tests.support.make import Make

Person = TypeVar("Person", Mentor, Mentee)


def without_address(make: Make, person: Person) -> Person:
    """Let somebody be one whom a coordinator entered and gave the notice in person."""
    account = person.membership.account
    account.email, account.confirmed_at = f"nobody{account.id}@{NO_MAIL}", None
    make.save(account)
    person.entered_by_id = make.account().id
    person.informed_at = now()
    return make.save(person)
