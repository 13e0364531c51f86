"""Look for people."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2

from tandem.models import ProfileState, Side
from tandem.services.people import Among, Search
from tandem.web.fields import OneOf, at_most, work_choices
from tandem.web.forms import BaseForm, LineField
from tandem.web.people import wording


class SearchForm(BaseForm):
    """Look for people by name, side and state; it only reads, so it needs no token."""

    class Meta:
        """Nothing is changed."""

        csrf = False

    name = LineField(
        _l("Name"),
        validators=[at_most(160)],
        render_kw={"type": "search", "autocomplete": "off", "dir": "auto"},
    )
    side = SelectField(
        _l("Role"),
        choices=lambda: [
            ("", _("Mentors and mentees")),
            (Side.MENTEE.value, _("Mentees")),
            (Side.MENTOR.value, _("Mentors")),
        ],
        default="",
    )
    state = SelectField(
        _l("Profile"),
        choices=lambda: [("", _("In any state")), *wording.state_choices()],
        default="",
    )

    place = LineField(
        _l("Place"),
        validators=[at_most(80)],
        render_kw={"type": "search", "autocomplete": "off"},
    )
    occupation = OneOf(
        _l("Field of work"),
        choices=lambda: [SelectChoice("", _("Any")), *work_choices()[1:]],
    )
    among = SelectField(
        _l("Limit to"),
        choices=lambda: [("", _("All")), *((one.value, str(wording.AMONG[one])) for one in Among)],
        default="",
    )

    @property
    def is_used(self) -> bool:
        """Whether anything was looked for."""
        return bool(self.arguments())

    def to_search(self, page: int) -> Search:
        """Return what is looked for; call it on a valid form only."""
        return Search(
            name=self.name.data or "",
            side=Side(self.side.data) if self.side.data else None,
            state=ProfileState(self.state.data) if self.state.data else None,
            place=self.place.data or "",
            occupation=self.occupation.data or "",
            among=Among(self.among.data) if self.among.data else None,
            page=page,
        )

    def arguments(self) -> dict[str, Any]:
        """Return what an address must carry to look for the same again."""
        return {field.name: field.data for field in self if field.data}
