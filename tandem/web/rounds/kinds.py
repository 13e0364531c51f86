"""Kinds of mentors to look for, and groups of mentees, in words."""

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from tandem.locales import regional
from tandem.services.rounds import Group, Grouping, Wanted
from tandem.web import codes
from tandem.web.languages import locale_code
from tandem.web.scope import current_programme

_OTHERS = "others"
_FEW = 5
_WIDELY_SPOKEN = ("de", "en")
GROUPING = {
    "gender": _l("By gender"),
    "language": _l("By the language they speak best besides German"),
    "place": _l("By place"),
    "recognition": _l("By recognition of the qualification"),
}


def title(wanted: Wanted) -> str:
    """Name the work of the mentor who would help."""
    return codes.occupation(wanted.occupation)


def details(wanted: Wanted, *, public: bool = False) -> list[str]:
    """Say what else the mentor would bring.

    In public nothing is said from which somebody could guess at one mentee: a wish, or a
    place or rare language that only few have.
    """
    telling = public and len(wanted.mentees) < _FEW
    spoken = [code for code in wanted.languages if not telling or code in _WIDELY_SPOKEN]
    parts = [
        _("sector: %(sectors)s", sectors=codes.sectors(wanted.sectors)) if wanted.sectors else "",
        _("speaks %(languages)s", languages=_listed(spoken)) if spoken else "",
        "" if telling else _where(wanted),
        _places(wanted.places),
        _qualification(wanted.level),
    ]
    if wanted.gender and not public:
        parts.append(_("gender: %(gender)s", gender=codes.GENDERS[wanted.gender]))
    return [part for part in parts if part]


def group(grouping: Grouping, each: Group) -> str:
    """Name a group of mentees."""
    if each.label == _OTHERS:
        return str(_("all others"))
    if grouping.kind == "place":
        return each.label
    if grouping.kind == "language":
        return codes.language(each.label)
    names = codes.GENDERS if grouping.kind == "gender" else codes.RECOGNITION
    return str(names[each.label])


def _listed(languages: Sequence[str]) -> str:
    """Name languages of which each is enough."""
    return format_list([codes.language(code) for code in languages], "or", regional(locale_code()))


def _places(number: int) -> str:
    return str(ngettext("time for one mentee", "time for %(num)d mentees", number))


def _qualification(level: int | None) -> str:
    if not level:
        return ""
    return str(_("qualification: %(level)s or similar", level=codes.LEVELS[level]))


def _where(wanted: Wanted) -> str:
    if list(wanted.modes) == ["online"]:
        return str(_("online is enough"))
    place = current_programme().place(wanted.postal_code)
    return str(_("in or near %(place)s", place=place)) if place else ""
