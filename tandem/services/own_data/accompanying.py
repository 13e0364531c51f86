"""What a programme holds of a person's tandems once they have begun, as they said it."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import CheckIn, Mentee, Mentor, Side, Tandem
from tandem.services.own_data.overview import of


def accompanying(
    session: Session, person: Mentor | Mentee
) -> Iterable[tuple[str, Sequence[dict[str, Any]]]]:
    """Return rows of each kind: what the person said, never what the other side did."""
    yield "check_ins", _check_ins(session, person)


def _check_ins(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    query = (
        sa.select(CheckIn, Tandem.key)
        .join(Tandem, Tandem.id == CheckIn.tandem_id)
        .where(CheckIn.tandem_id.in_(of(person, Tandem)), CheckIn.side == side)
        .order_by(CheckIn.id)
    )
    names = ("number", "due_on", "answered_at", "going", "helping", "alike", "wants_call", "remark")
    return [
        {"tandem": key, "state": each.state.value} | {name: getattr(each, name) for name in names}
        for each, key in session.execute(query)
    ]
