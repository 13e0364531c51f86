"""Certificates as tagged PDF, in the language of whom they are about or another."""

from datetime import time

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from tandem.extensions import db
from tandem.locales import regional
from tandem.models import Side
from tandem.services import closings, documents
from tandem.services.programmes import at_local_time
from tandem.web import languages
from tandem.web.access import Access, access
from tandem.web.closings import wording
from tandem.web.closings.views import bp
from tandem.web.files import pdf_file
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

_NOON = time(12)


@bp.get("/certificates/<key>")
@access(Access.MEMBER)
def certificate(key: str) -> ResponseReturnValue:
    """Hand one's own certificate out; a coordinator gets that of the side they ask for."""
    programme = current_programme()
    side = Side.MENTOR if request.args.get("side") == Side.MENTOR.value else Side.MENTEE
    made = closings.get_certificate(
        db.session, key, programme=programme, actor=signed_in_account(), side=side
    )
    locale = languages.of_document(made.locale)
    with force_locale(regional(locale)):
        said = wording.certificate(made, programme)
    made_at = at_local_time(made.ended_on, _NOON, programme)
    document = documents.render("certificate", said, locale=locale, made_at=made_at)
    return pdf_file(f"certificate-{locale}", document, language=locale)
