"""What helps to answer the questions of a profile: examples, and what a rule means."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem import taxonomy
from tandem.models import Profile
from tandem.taxonomy import Regulation
from tandem.web import codes

HOTLINE = "+49 30 1815-1111"
RECOGNITION_PAGE = "https://www.anerkennung-in-deutschland.de"
ADVICE_PAGE = "https://www.netzwerk-iq.de"

LEVELS: Mapping[str, Any] = {
    "1": _l("For example: some years of school, work learned by doing."),
    "2": _l("For example: school finished after 9 or 10 years, a course for a trade."),
    "3": _l("For example: two years of training as a care assistant or salesperson."),
    "4": _l(
        "For example: three years of training for a trade, technical secondary school,"
        " baccalaureate."
    ),
    "5": _l("For example: a technical institute of two years after school, associate degree."),
    "6": _l("For example: bachelor, licence, lisans, four years of university, master of a trade."),
    "7": _l("For example: master, magistr, five years of university, medicine, law."),
    "8": _l("For example: PhD, doctorate, candidate of sciences."),
}
RECOGNITION: Mapping[str, Any] = {
    "none": _l("No office in Germany has looked at it yet."),
    "applied": _l("I have handed in my papers and am waiting, or something is missing."),
    "partial": _l("I have a notice that says what I still need, for example a course or a test."),
    "full": _l("I have a notice or licence that says it counts in Germany."),
    "not_needed": _l("I know that I can do this work without it."),
}
CEFR: Mapping[str, Any] = {
    "A1": _l("I can say who I am and ask for simple things when people speak slowly."),
    "A2": _l("I can shop, make an appointment, and talk about my family and my day."),
    "B1": _l("I can get along at work and at offices, and say what I think and why."),
    "B2": _l("I can follow a meeting about my work, ask back, and write clear e-mails."),
    "C1": _l("I speak without searching for words and understand long and difficult texts."),
    "C2": _l("I understand nearly everything and can say fine differences."),
}


def regulation(profile: Profile) -> tuple[str, str] | None:
    """Return whether the work that a mentee wants is regulated, and what that means."""
    if not profile.occupation:
        return None
    name = codes.occupation(profile.occupation)
    kind = taxonomy.regulation_of(profile.occupation)
    return _("The work you want: %(work)s", work=name), _meaning(kind)


def _meaning(kind: Regulation | None) -> str:
    said = {
        Regulation.WORK: _(
            "This work is regulated in Germany: you may do it only once your qualification is"
            " recognised. Until then you can often work as an assistant."
        ),
        Regulation.TITLE: _(
            "You may do this work without recognition, but use its title, such as engineer or"
            " architect, only with it."
        ),
        Regulation.BUSINESS: _(
            "You may be employed in this work without recognition. To open a business of "
            "your own in it, many trades ask for a master craftsperson's certificate or "
            "its equal."
        ),
        Regulation.PART: _(
            "Some of this work is regulated: it depends on the task, the place of work or the"
            " federal state. Ask before you apply."
        ),
    }
    free: str = _(
        "We know of no rule that you need recognition for this work. It can still help employers"
        " to understand what you have learned."
    )
    return said[kind] if kind else free
