"""What a mentee does with a short list: put it in order, as often as they like until it is over."""

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Choice, Programme, Round, Shortlist
from tandem.services import audit
from tandem.services.shortlists.finding import get_shortlist, is_open

Ranks: TypeAlias = Mapping[int, int]
"""Position on the page to rank, 1 being the first choice; who is not in it was not chosen."""


class TooLate(Conflict):
    """The time to answer is over, or the round went on without waiting for it."""


def answer(
    session: Session,
    key: str,
    ranks: Ranks,
    *,
    programme: Programme,
    account: Account,
    seen_version: int,
) -> Shortlist:
    """Put one's short list in order; nothing at all is an answer too.

    Ranks are closed up, so that there is a first choice where there is any.

    Raises
    ------
    TooLate
        If the time is over.
    Stale
        If another order was saved since the person looked, in another window.
    ValueError
        If two have the same rank, or nobody stands at a position.
    """
    with transaction(session):
        shortlist = _hold(session, key, programme=programme, account=account)
        order = _order(shortlist, ranks)
        if not is_open(session, shortlist):
            raise TooLate
        if shortlist.answered_at is not None and order == _stored(shortlist):
            return shortlist
        if shortlist.version != seen_version:
            raise Stale
        _write(session, shortlist, order)
        shortlist.answered_at = now()
        audit.record(
            session,
            "answer_shortlist",
            shortlist,
            actor=account,
            details={"chosen": len(order)},
        )
    return shortlist


def _hold(session: Session, key: str, *, programme: Programme, account: Account) -> Shortlist:
    """Lock round and short list, in this order, as whoever ends the asking does."""
    shortlist = get_shortlist(session, key, programme=programme, account=account)
    lock(session, Round, [shortlist.round_id])
    [held] = lock(session, Shortlist, [shortlist.id])
    lock(session, Choice, [choice.id for choice in held.choices])
    return held


def _order(shortlist: Shortlist, ranks: Ranks) -> dict[int, int]:
    positions = {choice.position for choice in shortlist.choices}
    if not positions.issuperset(ranks) or len(set(ranks.values())) < len(ranks):
        raise ValueError(f"not an order of {sorted(positions)}: {dict(ranks)}")
    wished = sorted(ranks, key=ranks.__getitem__)
    return {position: rank for rank, position in enumerate(wished, start=1)}


def _stored(shortlist: Shortlist) -> dict[int, int]:
    return {choice.position: choice.rank for choice in shortlist.choices if choice.rank is not None}


def _write(session: Session, shortlist: Shortlist, order: Mapping[int, int]) -> None:
    """Write the ranks; they are emptied first, since no two may be the same even for a moment."""
    for choice in shortlist.choices:
        choice.rank = None
    session.flush()
    for choice in shortlist.choices:
        choice.rank = order.get(choice.position)
