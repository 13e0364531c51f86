"""For which side of a tandem somebody may speak."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tandem.errors import Conflict
from tandem.models import Account, Programme, Side, Tandem, TandemState
from tandem.services.permissions import can_answer_for, require
from tandem.services.tandems import get_tandem, side_of
from tandem.services.tandems.letters import person_on


class NotRunning(Conflict):
    """The tandem has not begun, is paused, or has ended."""


def voices(actor: Account, tandem: Tandem) -> tuple[Side, ...]:
    """Return the sides for which ``actor`` may speak.

    That is their own; for a coordinator, those whom no mail can reach.
    """
    own = side_of(actor, tandem)
    if own is not None:
        return (own,)
    return tuple(side for side in Side if can_answer_for(actor, person_on(tandem, side)))


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Somebody who speaks in a tandem, and the sides for which they do."""

    actor: Account
    tandem: Tandem
    sides: tuple[Side, ...]

    @property
    def side(self) -> Side:
        """For which side they write."""
        return self.sides[0]

    @property
    def is_own(self) -> bool:
        """Whether they speak for themselves; if not, they write down what somebody said."""
        return side_of(self.actor, self.tandem) is not None


def let_speak(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    states: tuple[TandemState, ...] = (TandemState.ACTIVE,),
) -> Speaker:
    """Return who speaks in a tandem, and for whom; call it in a transaction.

    Raises
    ------
    NotFound
        If there is none that they may know of.
    NotAllowed
        If they may read, but speak for nobody.
    NotRunning
        If it is in another state.
    """
    tandem = get_tandem(session, key, programme=programme, actor=actor)
    sides = voices(actor, tandem)
    require(bool(sides))
    if tandem.state not in states:
        raise NotRunning
    return Speaker(actor=actor, tandem=tandem, sides=sides)
