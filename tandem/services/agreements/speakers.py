"""Who speaks about an agreement, and for which sides."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tandem.errors import Conflict
from tandem.models import Account, Programme, Side, Tandem, TandemState
from tandem.services.permissions import require
from tandem.services.tandems import get_tandem, voices


class NotRunning(Conflict):
    """The tandem has not begun, is paused, or has ended."""


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
