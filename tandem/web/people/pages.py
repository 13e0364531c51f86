"""What the pages about one person are given to show."""

from flask import render_template

from tandem.extensions import db
from tandem.services import exclusions, looks, notes, own_data, people, permissions
from tandem.web import codes
from tandem.web.identity import signed_in_account
from tandem.web.people import wording
from tandem.web.people.forms import DecideForm, NoteForm
from tandem.web.scope import current_programme


def get_person(key: str) -> people.Person:
    """Return the person whom an address names."""
    return people.get_person(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def show(
    key: str,
    *,
    form: DecideForm | None = None,
    note_form: NoteForm | None = None,
    overtaken: bool = False,
) -> str:
    """Return the page of a person, with forms as they were sent, if they were."""
    actor, programme = signed_in_account(), current_programme()
    person = get_person(key)
    form = form or DecideForm.about(person)
    if person.waiting and not form.version.data:
        form.version.data = str(person.waiting.version)
    changes = (
        people.compare(person.in_force, person.waiting)
        if person.in_force and person.waiting
        else []
    )
    page = render_template(
        "people/show.html",
        person=person,
        changes=wording.changed(changes, person.side, programme),
        gaps=wording.gaps(person.shown) if person.shown else [],
        tandems=people.list_tandems_of(db.session, programme, person.who),
        notes=notes.list_notes(db.session, programme, person.who, actor=actor),
        exclusions=exclusions.list_exclusions(db.session, programme, person.who, actor=actor),
        form=form,
        note_form=note_form or NoteForm(formdata=None),
        overtaken=overtaken,
        may_write=permissions.can_write_for(actor, person.who),
        may_ask=own_data.can_ask_for(db.session, actor, person.who),
        codes=codes,
        wording=wording,
    )
    looks.note_look(db.session, person.who, account=actor)
    return page
