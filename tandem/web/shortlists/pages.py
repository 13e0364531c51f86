"""What the pages of short lists are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tandem.extensions import db
from tandem.models import RoundState, Shortlist
from tandem.services import permissions, rounds, shortlists
from tandem.services.shortlists import Card
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme
from tandem.web.shortlists import wording
from tandem.web.shortlists.forms import AskForm, EndForm, OrderForm


@dataclass(frozen=True)
class Own:
    """One's own short list, and who stands on it."""

    shortlist: Shortlist
    cards: Sequence[Card]

    def action(self, *, is_own: bool) -> str:
        """Return where the order is sent: by the mentee, or by who writes it down for them."""
        if is_own:
            return url_for("shortlists.answer", key=self.shortlist.key)
        return url_for("shortlists.fill_in", key=self.shortlist.mentee.key)

    def form(self, formdata: Any = None) -> OrderForm:
        """Return the form as it was saved, or as it was just sent."""
        return OrderForm.of(self.cards, version=self.shortlist.version, formdata=formdata)


def get_own(key: str) -> Own:
    """Return the short list of who is asking.

    Raises
    ------
    NotFound
        If it is somebody else's.
    """
    shortlist = shortlists.get_shortlist(
        db.session, key, programme=current_programme(), account=signed_in_account()
    )
    return Own(shortlist, shortlists.list_cards(db.session, shortlist))


def find_for(person_key: str) -> Own | None:
    """Return the short list that is filled in for a mentee whom the coordination calls."""
    found = shortlists.find_to_fill_in(
        db.session, person_key, programme=current_programme(), account=signed_in_account()
    )
    return get_own(found.key) if found else None


def show(own: Own, form: OrderForm | None = None, *, problem: str = "") -> str:
    """Return the page of one's own short list, with the form while there is time."""
    if shortlists.is_open(db.session, own.shortlist):
        return _open(own, form or own.form())
    return render_template("shortlists/over.html", order=wording.order(own.cards), problem=problem)


def overtaken(own: Own, form: OrderForm) -> str:
    """Show what was saved in another window beside what was just chosen (TRUST E17)."""
    form.version.data = str(own.shortlist.version)
    return _open(own, form, is_overtaken=True)


def ask(key: str, form: AskForm) -> ResponseReturnValue:
    """Return the page on which mentees are asked, or the round where that cannot be."""
    programme, actor = current_programme(), signed_in_account()
    round_ = rounds.get_round(db.session, key, programme=programme, actor=actor)
    if round_.is_asking:
        replies = shortlists.list_replies(db.session, round_)
        return render_template(
            "shortlists/asking.html",
            round=round_,
            replies=replies,
            answered=sum(reply.answered_at is not None for reply in replies),
            form=EndForm(formdata=None),
            wording=wording,
        )
    snapshot = rounds.solved_snapshot(db.session, round_)
    if round_.state is not RoundState.READY or snapshot is None:
        return redirect(url_for("rounds.show", key=key), 303)
    if not form.is_submitted():
        form.until.data = wording.usual_last_day(programme)
    return render_template(
        "shortlists/ask.html",
        round=round_,
        outlook=shortlists.find_outlook(db.session, round_, snapshot, programme=programme),
        points=shortlists.POINTS,
        dearest=shortlists.DEAREST_POINTS,
        form=form,
    ), 422 if form.errors else 200


def _open(own: Own, form: OrderForm, *, is_overtaken: bool = False) -> str:
    is_own = permissions.is_person(signed_in_account(), own.shortlist.mentee)
    return render_template(
        "shortlists/show.html",
        shortlist=own.shortlist,
        cards=own.cards,
        order=wording.order(own.cards),
        last_day=wording.last_day(own.shortlist.round),
        form=form,
        is_overtaken=is_overtaken,
        written_for=None if is_own else own.shortlist.mentee,
        action=own.action(is_own=is_own),
        wording=wording,
    )
