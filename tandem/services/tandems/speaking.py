"""In whose name somebody acts in a tandem: their own, or that of one whom coordinators call."""

from tandem.models import Account, Side, Tandem
from tandem.services.audit import Details
from tandem.services.permissions import can_answer_for, can_coordinate, require
from tandem.services.tandems.finding import BY_STAFF, side_of
from tandem.services.tandems.letters import person_on


def voices(actor: Account, tandem: Tandem) -> tuple[Side, ...]:
    """Return the sides for which ``actor`` may speak.

    That is their own; for a coordinator, those who are called.
    """
    own = side_of(actor, tandem)
    if own is not None:
        return (own,)
    return tuple(side for side in Side if can_answer_for(actor, person_on(tandem, side)))


def speaks_as(actor: Account, tandem: Tandem, said_by: Side | None) -> Side | None:
    """Return on which side ``actor`` acts; none: as a coordinator, in their own name.

    Parameters
    ----------
    actor : Account
        Who acts.
    tandem : Tandem
        In which tandem.
    said_by : Side or None
        Whose words a coordinator writes down; none: nobody's.

    Raises
    ------
    NotAllowed
        If that side speaks for themselves, or ``actor`` has no say in the tandem.
    """
    own = side_of(actor, tandem)
    if said_by is not None and said_by is not own:
        require(said_by in voices(actor, tandem))
        return said_by
    require(own is not None or can_coordinate(actor, tandem.programme_id))
    return own


def details_of(actor: Account, tandem: Tandem, side: Side | None) -> Details:
    """Return what the trail says of an act: on which side, and whether a coordinator wrote it."""
    said: Details = {"side": side.value if side else ""}
    return said if side_of(actor, tandem) is side else {**said, "by": BY_STAFF}
