"""Certificates as tagged PDF, in the language of whom they are about."""

from datetime import time

from flask import make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from tandem.extensions import db
from tandem.models import Side
from tandem.services import closings, documents
from tandem.services.programmes import at_local_time
from tandem.web.access import Access, access
from tandem.web.closings import wording
from tandem.web.closings.views import bp
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
    with force_locale(made.locale):
        said = wording.certificate(made, programme)
    made_at = at_local_time(made.ended_on, _NOON, programme)
    answer = make_response(
        documents.render("certificate", said, locale=made.locale, made_at=made_at)
    )
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return answer
