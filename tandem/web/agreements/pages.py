"""An agreement as one reader finds it, and the pages made of that."""

from dataclasses import dataclass
from functools import cached_property

from flask import render_template

from tandem.errors import NotFound
from tandem.extensions import db
from tandem.models import Agreement, Side, Tandem, TandemState
from tandem.services import agreements, tandems
from tandem.services.agreements import Wordings, draft_of
from tandem.services.tandems.letters import other, person_on
from tandem.web import codes
from tandem.web.agreements import wording
from tandem.web.agreements.forms import AgreementForm, WordingForm
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme


@dataclass(frozen=True)
class Reading:
    """What a tandem has agreed on, and what the reader may do about it."""

    tandem: Tandem

    @cached_property
    def wordings(self) -> Wordings:
        """What is in force and what is proposed."""
        return agreements.wordings(db.session, self.tandem)

    @cached_property
    def voices(self) -> tuple[Side, ...]:
        """For which sides the reader may speak."""
        return tandems.voices(signed_in_account(), self.tandem)

    @property
    def is_own(self) -> bool:
        """Whether it is the reader's own tandem."""
        return tandems.side_of(signed_in_account(), self.tandem) is not None

    @property
    def is_active(self) -> bool:
        """Whether wordings are proposed and agreed to now."""
        return self.tandem.state is TandemState.ACTIVE

    @property
    def may_write(self) -> bool:
        """Whether the reader may write a wording now."""
        return self.is_active and bool(self.voices)

    @property
    def speaks_for(self) -> str:
        """The first name of the person for whom the reader writes."""
        return self.name_of(self.voices[0])

    @property
    def across(self) -> str:
        """The first name of the person who is asked about what the reader writes."""
        return self.name_of(other(self.voices[0]))

    @property
    def proposed(self) -> Agreement | None:
        """The wording that waits for a yes, as long as one can be given."""
        return self.wordings.proposed if self.is_active else None

    @property
    def waits_for(self) -> Side | None:
        """The side whose yes is missing."""
        return other(self.proposed.proposed_by) if self.proposed else None

    @property
    def may_agree(self) -> bool:
        """Whether the missing yes is the reader's to give, or to write down."""
        return self.waits_for in self.voices

    def name_of(self, side: Side) -> str:
        """Return the first name on one side."""
        return person_on(self.tandem, side).first_name


def read(key: str) -> Reading:
    """Return what the tandem under this key has agreed on.

    Raises
    ------
    NotFound
        If there is none that the reader may know of, or it has not begun.
    """
    actor, programme = signed_in_account(), current_programme()
    tandem = tandems.get_tandem(db.session, key, programme=programme, actor=actor)
    if not tandem.shows_contact_data:
        raise NotFound
    return Reading(tandem)


def show(key: str, *, overtaken: bool = False) -> str:
    """Show what is in force and what is proposed."""
    reading = read(key)
    in_force, proposed = reading.wordings.in_force, reading.proposed
    changes = in_force and proposed and wording.differences(draft_of(proposed), in_force)
    return render_template(
        "agreements/show.html",
        reading=reading,
        tandem=reading.tandem,
        in_force=in_force,
        proposed=proposed,
        changes=changes,
        form=WordingForm(formdata=None, wording=proposed.key if proposed else ""),
        overtaken=overtaken,
        wording=wording,
    )


def edit(reading: Reading, form: AgreementForm, *, overtaken: bool = False) -> str:
    """Ask for a wording; where somebody was faster, show theirs beside what was typed."""
    theirs = reading.wordings.latest if overtaken else None
    if theirs is not None:
        form.version.data = str(theirs.number)
    return render_template(
        "agreements/edit.html",
        reading=reading,
        tandem=reading.tandem,
        form=form,
        theirs=theirs,
        differences=wording.differences(form.to_draft(), theirs) if theirs else [],
        codes=codes,
        wording=wording,
    )
