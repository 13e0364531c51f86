"""Agreements of people who are erased: all words go, how often and how long they met stays."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import lock
from tandem.models import Agreement, AgreementState, Mentee, Mentor, Tandem

_WORDS = {"contact": "", "confidentiality": ""}


def drop_agreements(session: Session, person: Mentor | Mentee) -> None:
    """Delete all wordings of a person's tandems; write the one in force anew without its words.

    Both sides wrote about both, so nothing of the goals can stay. What is in force cannot be
    changed, only written anew.
    """
    column = Tandem.mentor_id if isinstance(person, Mentor) else Tandem.mentee_id
    theirs = sa.select(Tandem.id).where(
        Tandem.programme_id == person.programme_id, column == person.id
    )
    ids = session.scalars(sa.select(Agreement.id).where(Agreement.tandem_id.in_(theirs))).all()
    names = [each.key for each in sa.inspect(Agreement).column_attrs]
    found = lock(session, Agreement, ids)
    kept = [
        {name: getattr(agreement, name) for name in names if name != "state"} | _WORDS
        for agreement in found
        if agreement.state is AgreementState.IN_FORCE
    ]
    for agreement in found:
        session.delete(agreement)
    session.flush()
    for values in kept:
        agreement = Agreement(**values)
        session.add(agreement)
        session.flush()
        agreement.state = AgreementState.IN_FORCE
    session.flush()
