"""The day in words: a greeting, what waits, and for how long."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.clock import now
from tandem.models import Again, Outcome, Programme, RoundState, Side, Survey, Todo
from tandem.services.today import Today
from tandem.services.today.approvals import Approval
from tandem.services.today.watching import Ending, Invitation, Silence
from tandem.web import codes
from tandem.web.context import number

_NOON, _EVENING = 11, 17
MOST_SHOWN = 6
"""How many of a list are shown at once; the rest folds open."""
DOTS = 5
ROUNDS = {
    RoundState.PREPARING: _l("being prepared"),
    RoundState.QUEUED: _l("being solved"),
    RoundState.RUNNING: _l("being solved"),
    RoundState.READY: _l("solved, waiting for decisions"),
    RoundState.ASKING: _l("short lists are out"),
    RoundState.CANCELLED: _l("solving was cancelled"),
    RoundState.FAILED: _l("solving failed"),
}


def greeting(name: str, programme: Programme) -> str:
    """Greet by the time of day where the programme is."""
    hour = now().astimezone(ZoneInfo(programme.zone)).hour
    if hour < _NOON:
        return str(_("Good morning, %(name)s.", name=name))
    if hour < _EVENING:
        return str(_("Hello, %(name)s.", name=name))
    return str(_("Good evening, %(name)s.", name=name))


def what_waits(today: Today) -> str:
    """Say how many things wait, and how many of them until tonight."""
    if not today.waiting:
        return str(_("Nothing waits for you. All tandems are in good hands."))
    said = ngettext("%(num)d thing waits for you.", "%(num)d things wait for you.", today.waiting)
    if not today.until_tonight:
        return str(said)
    tonight = ngettext(
        "%(num)d of them only until tonight.",
        "%(num)d of them only until tonight.",
        today.until_tonight,
    )
    return f"{said} {tonight}"


def time_left(invitation: Invitation) -> str:
    """Say how much time there is to answer an invitation."""
    if invitation.days_left <= 0:
        return str(_("until tonight"))
    return str(ngettext("%(num)d day left", "%(num)d days left", invitation.days_left))


def silence(silent: Silence) -> str:
    """Say when the two met last, and how often they wanted to."""
    if not silent.held:
        since = ngettext(
            "No meeting yet, for %(num)d day", "No meeting yet, for %(num)d days", silent.days
        )
    else:
        since = ngettext("Last met %(num)d day ago", "Last met %(num)d days ago", silent.days)
    weeks = silent.pair.every_weeks
    if weeks is None:
        return str(since)
    rhythm = ngettext("agreed: every week", "agreed: every %(num)d weeks", weeks)
    return codes_joined(str(since), str(rhythm))


def ending(each: Ending) -> str:
    """Say when a tandem ends, or was to end."""
    day = format_date(each.last_day, "long")
    if each.days_left < 0:
        return str(_("Was to end on %(day)s", day=day))
    if each.pair.is_wished:
        return str(_("One of the two says that they have reached what they wanted"))
    return str(_("Ends on %(day)s", day=day))


def approval(each: Approval, programme: Programme) -> str:
    """Say who waits for a decision: mentee, draughtsman, Brunsbüttel."""
    occupation = codes.occupation(each.occupation) if each.occupation else ""
    kinds = {Side.MENTEE: _("Mentee"), Side.MENTOR: _("Mentor"), None: _("Company")}
    place = programme.place(each.postal_code)
    return ", ".join(
        part for part in (str(kinds[each.side]), each.what or occupation, place) if part
    )


def waits_since(each: Approval, today: Today, programme: Programme) -> str:
    """Say for how long somebody has waited."""
    days = (today.day - each.since.astimezone(ZoneInfo(programme.zone)).date()).days
    if days <= 0:
        return str(_("since today"))
    return str(ngettext("since yesterday", "for %(num)d days", days))


def due(todo: Todo, today: Today) -> str:
    """Say when a to-do is due."""
    days = (todo.due_on - today.day).days
    if days < 0:
        return str(_("overdue since %(day)s", day=format_date(todo.due_on, "medium")))
    if days == 0:
        return str(_("today"))
    return str(_("tomorrow")) if days == 1 else str(format_date(todo.due_on, "medium"))


def outcome(each: Outcome) -> str:
    """Say which answer is missing."""
    if not each.months:
        return str(_("What became of the mentee at the end of the tandem?"))
    return str(
        ngettext(
            "What became of the mentee, %(num)d month after the end?",
            "What became of the mentee, %(num)d months after the end?",
            each.months,
        )
    )


def again(survey: Survey) -> str:
    """Say what somebody answered about taking part once more."""
    is_mentor = survey.side is Side.MENTOR
    if survey.again is Again.YES:
        return str(_("would accompany somebody again") if is_mentor else _("would become a mentor"))
    later = (
        _("would accompany somebody again later") if is_mentor else _("would become a mentor later")
    )
    return str(later)


def went_well(today: Today) -> list[str]:
    """Say what went well in the last thirty days."""
    figures = today.figures
    said = []
    if figures.begun:
        said.append(
            ngettext("%(num)d tandem has begun.", "%(num)d tandems have begun.", figures.begun)
        )
    if figures.completed:
        said.append(
            ngettext(
                "%(num)d tandem was completed.",
                "%(num)d tandems were completed.",
                figures.completed,
            )
        )
    if figures.found_work:
        said.append(
            ngettext(
                "%(num)d mentee has found work.",
                "%(num)d mentees have found work.",
                figures.found_work,
            )
        )
    return [str(each) for each in said]


def codes_joined(*parts: str) -> str:
    """Join parts of a remark."""
    return "; ".join(parts)


def quiet(today: Today) -> list[str]:
    """Say of which kind nothing waits."""
    watch = today.watch
    said: list[tuple[str, Sequence[object]]] = [
        (str(_("No invitation expires soon.")), watch.expiring),
        (str(_("No invitation has come to nothing.")), watch.came_to_nothing),
        (str(_("No tandem is silent.")), watch.silent),
        (str(_("Nobody says that it goes badly.")), today.check_ins),
        (str(_("Nobody waits for approval.")), today.approvals.first),
        (str(_("Nobody has missed a meeting.")), watch.missed),
        (str(_("All tandems have agreed on their goals.")), watch.unsigned),
        (str(_("No tandem ends soon.")), watch.ending),
        (str(_("All outcomes are known.")), today.outcomes),
        (str(_("Nobody has offered to take part again lately.")), today.again),
    ]
    return [sentence for sentence, rows in said if not rows]


def figures(today: Today) -> list[tuple[str, str]]:
    """Return the figures of the programme, with their names."""
    shown = today.figures
    return [
        (str(_("running tandems")), number(shown.running)),
        (str(_("meetings in 30 days")), number(shown.meetings)),
        (str(_("wait for a tandem")), number(shown.waiting)),
        (str(_("free places")), number(shown.places)),
    ]
