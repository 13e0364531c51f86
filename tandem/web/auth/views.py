"""Sign in with a password, and sign out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import Account, Role
from tandem.services import accounts
from tandem.web import languages
from tandem.web.access import Access, access
from tandem.web.auth import targets
from tandem.web.auth.forms import SignInForm
from tandem.web.auth.targets import local_path
from tandem.web.identity import begin_session, end_session

bp = Blueprint("auth", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@access(Access.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in; every refusal reads the same (TRUST B2)."""
    form = SignInForm()
    targets.remember(request.args.get("next"))
    if form.validate_on_submit():
        try:
            account = accounts.sign_in(
                db.session,
                form.email.data or "",
                form.password.data or "",
                locale=languages.picked_before(),
            )
        except accounts.SignInRefused:
            form.form_errors.append(
                _(
                    "This address and this password do not match, or the address is not "
                    "confirmed yet. If it is yours, look for a new e-mail from us."
                )
            )
        else:
            begin_session(account)
            return redirect(local_path(request.args.get("next")) or home_of(account), 303)
    return render_template("auth/sign_in.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
@access(Access.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session, here and on the server."""
    end_session()
    answer = redirect(url_for("programmes.index"), 303)
    # Not "cookies": that would sign people out of every other service of the same domain.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def home_of(account: Account) -> str:
    """Return where a person's day begins."""
    if not account.memberships:
        return url_for("programmes.index")
    first = account.memberships[0]
    page = "today.index" if first.role is Role.COORDINATOR else "programmes.home"
    return url_for(page, slug=first.programme.slug)
