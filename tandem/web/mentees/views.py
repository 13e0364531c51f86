"""Register as a mentee."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tandem.extensions import db
from tandem.services import mentees
from tandem.web.access import Access, access
from tandem.web.mentees.forms import RegisterForm
from tandem.web.scope import current_programme

bp = Blueprint("mentees", __name__, url_prefix="/<slug>/mentees")


@bp.route("/register", methods=["GET", "POST"])
@access(Access.PUBLIC)
def register() -> ResponseReturnValue:
    """Register; the answer is the same for known and unknown addresses (TRUST B2)."""
    form = RegisterForm()
    if form.validate_on_submit():
        mentees.register(db.session, form.to_account(), programme=current_programme())
        return redirect(url_for("programmes.check_mail"), 303)
    return render_template("mentees/register.html", form=form), 422 if form.errors else 200
