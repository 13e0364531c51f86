"""What is asked about short lists: until when, and in which order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField

from tandem.services.shortlists import Card, Ranks
from tandem.web.fields import OneOf, filled, named_choices
from tandem.web.forms import BaseForm, VersionedForm, add_error, required
from tandem.web.shortlists import wording


class AskForm(BaseForm):
    """Send the short lists."""

    until = DateField(
        _l("Last day to answer"),
        validators=[filled()],
        render_kw={"min": None, "max": None},
    )

    def to_day(self) -> date:
        """Return the last day; call it on a valid form only."""
        return required(self.until.data)


class EndForm(BaseForm):
    """One button that stops asking."""


class OrderForm(VersionedForm):
    """Put the people of one's short list in order; nobody has to be chosen."""

    rank_1 = OneOf(_l("Where do you put mentor A?"))
    rank_2 = OneOf(_l("Where do you put mentor B?"))
    rank_3 = OneOf(_l("Where do you put mentor C?"))

    @classmethod
    def of(cls, cards: Sequence[Card], *, version: int, formdata: Any = None) -> Self:
        """Return the form for those who still take part, as it was saved or just sent."""
        saved = {f"rank_{card.position}": card.rank for card in cards} | {"version": str(version)}
        form = cls(formdata=formdata, data=saved if formdata is None else None)
        there = {f"rank_{card.position}" for card in cards if card.is_there}
        for name in [each for each in form._fields if each.startswith("rank_")]:
            if name in there:
                form[name].choices = named_choices(dict(list(wording.PLACES.items())[: len(cards)]))
                form[name].choices[0] = ("", _("Not chosen"))
            else:
                del form[name]
        return form

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check that no two have the same place."""
        valid = bool(super().validate(extra_validators))
        seen: set[str] = set()
        for field in self._rows():
            if field.data and field.data in seen:
                add_error(field, _("Somebody else has this place already."))
                valid = False
            seen.add(field.data or "")
        return valid

    def to_ranks(self) -> Ranks:
        """Return what was chosen; call it on a valid form only."""
        return {
            int(field.name.removeprefix("rank_")): int(field.data)
            for field in self._rows()
            if field.data
        }

    def _rows(self) -> list[Any]:
        return [field for field in self if field.name.startswith("rank_")]
