"""From whom something comes: a coordinator writes it down for somebody who is called."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2

from tandem.models import Side, Tandem
from tandem.services import tandems
from tandem.services.tandems.letters import person_on
from tandem.web.fields import OneOfFew, chosen
from tandem.web.identity import signed_in_account

STAFF = "staff"


def called(tandem: Tandem) -> Mapping[Side, str]:
    """Return the names of those in a tandem for whom a coordinator may write something down."""
    actor = signed_in_account()
    if tandems.side_of(actor, tandem) is not None:
        return {}
    return {side: person_on(tandem, side).name for side in tandems.voices(actor, tandem)}


class SaidBy:
    """Fields of a form about a tandem: from whom it comes, where somebody is called."""

    said_by = OneOfFew(_l("From whom does this come?"), {}, required=False)

    def offer(self, names: Mapping[Side, str], *, asks: bool = True) -> None:
        """Let a coordinator choose among those who are called; where there are none, ask nobody.

        A button asks nothing: it says itself from whom it comes.
        """
        if not names:
            del self.said_by
            return
        ours = SelectChoice(STAFF, _("Coordination"))
        theirs = [SelectChoice(side.value, name) for side, name in names.items()]
        self.said_by.choices = [ours, *theirs]
        self.said_by.validators = [chosen()] if asks else []

    @property
    def side(self) -> Side | None:
        """Whose words they are; call it on a valid form only."""
        asked: OneOfFew | None = self.said_by
        said = asked.data if asked is not None else None
        return Side(said) if said and said != STAFF else None
