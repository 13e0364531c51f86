"""The record of a round: a page to read and print, and a document to keep."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tandem.extensions import db
from tandem.services import documents
from tandem.services.records import Record, get_record
from tandem.web import languages
from tandem.web.access import Access, access
from tandem.web.files import pdf_file
from tandem.web.identity import signed_in_account
from tandem.web.rounds import record_people, record_words
from tandem.web.rounds.views import bp
from tandem.web.scope import current_programme


@bp.get("/<key>/record")
@access(Access.COORDINATOR)
def record(key: str) -> ResponseReturnValue:
    """Show what went into a round, what came out, and what people decided."""
    found = _get(key)
    return render_template(
        "rounds/record.html", round=found.round, said=_said(found), pseudonyms=_pseudonyms()
    )


@bp.get("/<key>/record.pdf")
@access(Access.COORDINATOR)
def record_pdf(key: str) -> ResponseReturnValue:
    """Hand the record out as a tagged PDF."""
    found = _get(key)
    made_at = found.round.closed_at or found.snapshot.solved_at or found.round.created_at
    locale = languages.locale_code()
    made = documents.render("record", _said(found), locale=locale, made_at=made_at)
    return pdf_file(f"round-{found.round.key}", made, language=locale)


def _get(key: str) -> Record:
    return get_record(db.session, key, programme=current_programme(), actor=signed_in_account())


def _said(found: Record) -> dict[str, Any]:
    return record_words.tell(found, record_people.naming(found, pseudonyms=_pseudonyms()))


def _pseudonyms() -> bool:
    return request.args.get("people") == "pseudonyms"
