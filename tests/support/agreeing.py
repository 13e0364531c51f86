"""Agreements for tests: what one side writes, and what both have agreed to."""

from datetime import timedelta
from typing import Any

from tandem.models import Account, Agreement, Programme, Side, Tandem, Way
from tandem.services import agreements
from tandem.services.agreements import AgreementDraft
from tandem.services.programmes import today
from tests.support import pairs
from tests.support.make import Make


def draft(programme: Programme, **values: Any) -> AgreementDraft:
    """Return what somebody could write."""
    defaults: dict[str, Any] = {
        "topics": ("applications",),
        "own_goals": ("Visit three hospitals",),
        "every_weeks": 2,
        "ends_on": today(programme) + timedelta(days=180),
        "ways": (Way.IN_PERSON,),
        "contact": "Short messages",
    }
    return AgreementDraft(**(defaults | values))


def propose(
    make: Make, tandem: Tandem, *, by: Side | Account = Side.MENTOR, seen: int = 99, **values: Any
) -> Agreement:
    """Have one side write a wording, or a coordinator for somebody without an account."""
    programme = make.session.get_one(Programme, tandem.programme_id)
    return agreements.propose(
        make.session,
        tandem.key,
        draft(programme, **values),
        programme=programme,
        actor=person(tandem, by),
        seen_number=seen,
    )


def agree(make: Make, tandem: Tandem, wording: Agreement, *, by: Side | Account) -> Agreement:
    """Have one side say yes."""
    programme = make.session.get_one(Programme, tandem.programme_id)
    return agreements.agree(
        make.session, tandem.key, wording.key, programme=programme, actor=person(tandem, by)
    )


def agreed(make: Make, tandem: Tandem, *, by: Side = Side.MENTOR, **values: Any) -> Agreement:
    """Have both agree to the same wording."""
    across = Side.MENTEE if by is Side.MENTOR else Side.MENTOR
    return agree(make, tandem, propose(make, tandem, by=by, **values), by=across)


def person(tandem: Tandem, by: Side | Account) -> Account:
    """Return who speaks."""
    mentor, mentee = pairs.accounts_of(tandem)
    if isinstance(by, Account):
        return by
    return mentor if by is Side.MENTOR else mentee
