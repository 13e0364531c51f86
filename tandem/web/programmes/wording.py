"""Where things stand, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import format_date
from flask_babel import gettext as _

from tandem.models import RUNNING, Shortlist, Tandem, TandemState
from tandem.services import profiles
from tandem.services.standings import Stage, Standing


@dataclass(frozen=True)
class Step:
    """The one thing to do next, and what the button says."""

    label: str
    endpoint: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """What the page says about one person."""

    sentence: str
    next: str
    step: Step | None
    way: list[tuple[str, str | None]]
    current: int


_PLACE = {
    Stage.TELLING: 2,
    Stage.RETURNED: 2,
    Stage.DECLINED: 3,
    Stage.COMPANY_DECLINED: 3,
    Stage.READING: 3,
    Stage.VETTING: 3,
    Stage.PAUSED: 4,
    Stage.LOOKING: 4,
    Stage.CHOOSING: 4,
    Stage.ASKED: 5,
    Stage.SAID_YES: 5,
    Stage.TOGETHER: 6,
}


def describe(standing: Standing) -> View:
    """Return what the page says."""
    stage = standing.stage
    sentence, following = _said(standing)[stage]
    return View(sentence, following, _step(standing), _way(standing), _PLACE[stage])


def _said(standing: Standing) -> dict[Stage, tuple[str, str]]:
    return _said_before(standing) | _said_of_pairing(standing)


def _said_before(standing: Standing) -> dict[Stage, tuple[str, str]]:
    call_us = _("If you have questions, call us or write to us.")
    return {
        Stage.TELLING: _said_while_telling(standing),
        Stage.RETURNED: (
            _("We have a question about your profile."),
            _("Change what is needed and send your profile again."),
        ),
        Stage.READING: (
            _("We are reading your profile."),
            _(
                "The coordination will talk to you within about two weeks. Then we look for"
                " somebody who fits. There is nothing to do until then."
            ),
        ),
        Stage.VETTING: (
            _("We are getting to know your company."),
            _("As soon as the coordination has said yes to it, you can take part."),
        ),
        Stage.DECLINED: (_("We cannot take you into the programme."), call_us),
        Stage.COMPANY_DECLINED: (_("Your company does not take part."), call_us),
    }


def _said_while_telling(standing: Standing) -> tuple[str, str]:
    if standing.versions.open is None:
        return (
            _("Tell us about yourself."),
            _("It takes about ten minutes. You can stop at any time: each page is saved."),
        )
    if profiles.next_step(standing.versions.open) is None:
        return _("Your profile is not sent yet."), _("Check your answers, then send them.")
    return (
        _("Your profile is not finished yet."),
        _("Your answers so far are saved. Go on where you stopped."),
    )


def _said_of_pairing(standing: Standing) -> dict[Stage, tuple[str, str]]:
    mentor = standing.is_mentor
    return {
        Stage.PAUSED: (
            _("You are taking a break."),
            _("We do not suggest anyone to you until you come back."),
        ),
        Stage.LOOKING: (
            _("We are looking for a mentee for you.")
            if mentor
            else _("We are looking for a mentor for you."),
            _(
                "You will get an e-mail as soon as we have a suggestion. There is nothing to "
                "do now."
            ),
        ),
        Stage.CHOOSING: (
            _("We would like to know your wish."),
            _until(standing.shortlist) if standing.shortlist else "",
        ),
        Stage.ASKED: (
            _("We have a suggestion for you."),
            _("Read why the two of you might fit, and say yes or no."),
        ),
        Stage.SAID_YES: (
            _("You said yes."),
            _("Now we are waiting for the other answer. We will write to you."),
        ),
        Stage.TOGETHER: (
            _("You are part of a tandem."),
            _("Names, contact data and the next steps are on the page of your tandem."),
        ),
    }


def _until(shortlist: Shortlist) -> str:
    day = format_date(shortlist.round.asks_until, "full")
    if shortlist.answered_at is None:
        waiting: str = _("A short list of mentors waits for you until %(day)s.", day=day)
        return waiting
    saved: str = _("Your order is saved. You can change it until %(day)s.", day=day)
    return saved


def _step(standing: Standing) -> Step | None:
    stage = standing.stage
    if stage is Stage.CHOOSING and standing.shortlist is not None:
        return Step(_("Go to the short list"), "shortlists.show", {"key": standing.shortlist.key})
    if stage in {Stage.ASKED, Stage.TOGETHER, Stage.SAID_YES}:
        tandem = _first_of(standing)
        label = _("Look at the suggestion") if stage is Stage.ASKED else _("Go to the tandem")
        if stage is Stage.SAID_YES:
            label = _("Look at the suggestion again")
        return Step(label, "tandems.show", {"key": tandem.key})
    if stage is Stage.TELLING:
        return _step_of_telling(standing)
    labels = {
        Stage.RETURNED: _("Change my profile"),
        Stage.PAUSED: _("Come back"),
    }
    return Step(labels[stage], "profiles.show") if stage in labels else None


def _step_of_telling(standing: Standing) -> Step:
    """Lead to where a draft was left off."""
    following = profiles.next_step(standing.versions.current)
    if standing.versions.open is None or following is None:
        return Step(_("Go to my profile"), "profiles.show")
    return Step(_("Go on with my profile"), "profiles.edit", {"step": following})


def _first_of(standing: Standing) -> Tandem:
    """Return the tandem that the sentence is about."""
    if standing.stage is Stage.TOGETHER:
        return next(each for each in standing.tandems if each.state in RUNNING)
    asked = [each for each in standing.tandems if each.state is TandemState.INVITED]
    return next((each for each in asked if not standing.has_said_yes(each)), asked[0])


def _way(standing: Standing) -> list[tuple[str, str | None]]:
    current = standing.versions.current
    sent = current.submitted_at
    read = (
        _("The coordination reads your profile and gets to know your company")
        if standing.is_mentor
        else _("The coordination talks to you and reads your profile")
    )
    return [
        (_("You registered and confirmed your address"), None),
        (
            _("You tell about yourself"),
            _("sent on %(day)s", day=format_date(sent)) if sent else None,
        ),
        (read, None),
        (_("We look for someone who fits"), None),
        (
            _("Both of you are asked"),
            _("Only after both have said yes, you see each other's full names and contact data."),
        ),
        (_("You meet, every two to four weeks"), None),
    ]


def tandem_with(standing: Standing, tandem: Tandem) -> str:
    """Return the first name of the other person."""
    return tandem.mentee.first_name if standing.is_mentor else tandem.mentor.first_name


def tandem_state(standing: Standing, tandem: Tandem) -> str:
    """Say where one tandem stands."""
    if tandem.state is TandemState.INVITED and standing.has_said_yes(tandem):
        return str(_("You said yes. We are waiting for the other answer."))
    names: dict[TandemState, str] = {
        TandemState.INVITED: _("Please answer by %(day)s.", day=format_date(tandem.expires_at)),
        TandemState.ACTIVE: _("Running"),
        TandemState.PAUSED: _("Paused"),
        TandemState.COMPLETED: _("Completed"),
        TandemState.ENDED_EARLY: _("Ended"),
    }
    return names[tandem.state]
