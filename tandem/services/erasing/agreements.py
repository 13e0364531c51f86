"""Agreements without their words: what people wrote goes, how often and how long they met stays."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from tandem.models import Agreement, AgreementState, Goal, Mentee, Mentor, Tandem
from tandem.services.erasing.accounts import NO_NAME

_WORDS = ("contact", "confidentiality")
_WAYS = {
    AgreementState.PROPOSED: (),
    AgreementState.DROPPED: (AgreementState.DROPPED,),
    AgreementState.IN_FORCE: (AgreementState.IN_FORCE,),
    AgreementState.REPLACED: (AgreementState.IN_FORCE, AgreementState.REPLACED),
}


def empty_agreements_of(session: Session, person: Mentor | Mentee) -> None:
    """Empty the agreements of all tandems of a person: both sides wrote about both."""
    column = Tandem.mentor_id if isinstance(person, Mentor) else Tandem.mentee_id
    theirs = sa.select(Tandem.id).where(
        Tandem.programme_id == person.programme_id, column == person.id
    )
    empty_agreements(session, session.scalars(theirs.order_by(Tandem.id)).all())


def empty_agreements(session: Session, ids: Sequence[int]) -> Sequence[int]:
    """Write the agreements of tandems anew without words; return which tandems had any.

    What both have agreed to cannot be changed.
    """
    query = (
        sa.select(Agreement)
        .where(Agreement.tandem_id.in_(ids))
        .order_by(Agreement.tandem_id, Agreement.number)
        .options(selectinload(Agreement.goals))
    )
    by_tandem: dict[int, list[Agreement]] = {}
    for agreement in session.scalars(query):
        by_tandem.setdefault(agreement.tandem_id, []).append(agreement)
    worded = [each for each in by_tandem.values() if any(_has_words(one) for one in each)]
    for agreements in worded:
        _write_anew(session, agreements)
    return [each[0].tandem_id for each in worded]


def _has_words(agreement: Agreement) -> bool:
    return any(getattr(agreement, name) for name in _WORDS) or any(
        goal.text not in {"", NO_NAME} for goal in agreement.goals
    )


def _write_anew(session: Session, agreements: Sequence[Agreement]) -> None:
    copies = [(each.state, _copy(each), [_wordless(goal) for goal in each.goals])
              for each in agreements]  # fmt: skip
    for agreement in agreements:
        session.delete(agreement)
    session.flush()
    for state, copy, goals in copies:
        copy.goals = goals
        session.add(copy)
        session.flush()
        for step in _WAYS[state]:
            copy.state = step
            session.flush()


def _copy(agreement: Agreement) -> Agreement:
    left_out = {"state", *_WORDS}
    names = [each.key for each in sa.inspect(Agreement).column_attrs if each.key not in left_out]
    return Agreement(**{name: getattr(agreement, name) for name in names})


def _wordless(goal: Goal) -> Goal:
    names = [each.key for each in sa.inspect(Goal).column_attrs if each.key != "text"]
    text = NO_NAME if goal.text else ""
    return Goal(text=text, **{name: getattr(goal, name) for name in names})
