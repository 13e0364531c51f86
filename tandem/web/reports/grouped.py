"""The tables of a fixed year: by group, and what people said in surveys."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.services.reports import QUESTIONS, Told
from tandem.web import codes
from tandem.web.context import number

_SURVEY: Final = {
    "satisfied": _l("Satisfied with the tandem as a whole"),
    "reached": _l("Reached what they wanted"),
    "supported": _l("Well supported by the coordination"),
}
_KINDS: Final = {
    "gender": _l("Mentees by gender"),
    "language": _l("Mentees by the language they speak best besides German"),
    "place": _l("Where the mentees live"),
    "scores": _l("Points of the matching beside what became of the mentees"),
}
_HEADS: Final = {
    "gender": _l("Gender"),
    "language": _l("Language"),
    "place": _l("Place"),
    "scores": _l("Points"),
}
_COLUMNS: Final = {
    "approved": _l("Approved"),
    "began": _l("New tandems"),
    "early": _l("Ended early"),
    "in_field": _l("Work in the field"),
    "other_work": _l("Other work"),
    "learning": _l("In training"),
    "searching": _l("Searching"),
}
_BANDS: Final = {
    "0": _l("below 5,000 points"),
    "5000": _l("5,000 to 6,499 points"),
    "6500": _l("6,500 to 7,999 points"),
    "8000": _l("8,000 points and more"),
}


def tell(told: Told) -> Iterator[dict[str, Any]]:
    """Yield the tables that are only there once a year was fixed."""
    if not told.has_groups:
        return
    groups = told.figures["groups"]
    yield _table("place", groups["place"], lambda label: label)
    yield _table("gender", groups["gender"], lambda label: str(codes.GENDERS[label]))
    yield _table("language", groups["language"], codes.language)
    yield _surveys(told.figures["surveys"])
    yield _table("scores", groups["scores"], lambda label: str(_BANDS[label]))


def _table(kind: str, table: Mapping[str, Any], name: Callable[[str], str]) -> dict[str, Any]:
    rows = [
        [name(row["label"]) if row["label"] else _("Not known"), *row["cells"]]
        for row in table["rows"]
    ]
    if any(table["rest"]):
        rows.append([_("Not shown separately"), *table["rest"]])
    return {
        "code": kind,
        "title": str(_KINDS[kind]),
        "meaning": [*_meaning(kind), _hidden()],
        "head": [str(_HEADS[kind]), *(str(_COLUMNS[code]) for code in table["columns"])],
        "rows": [*rows, [_("All"), *table["totals"]]],
    }


def _meaning(kind: str) -> list[str]:
    if kind == "scores":
        return [
            _(
                "Tandems by the points with which they were proposed, and by the last answer that"
                " was given in the year. Points say how well what people told us fits together;"
                " outcomes are shown beside them and never change any weight by themselves."
            )
        ]
    return [
        _(
            "What happened within the year: mentees who were first approved, tandems that began,"
            " tandems that ended early, and tandems whose mentee last answered to work in the"
            " field of the qualification. Groups are those of the mentee's profile."
        )
    ]


def _hidden() -> str:
    return str(
        _(
            "Numbers below five are not shown. A dash stands for such a number, or for "
            "one that is withheld so that nobody can work it out; their sum is under "
            "“Not shown separately”."
        )
    )


def _surveys(sides: list[dict[str, Any]]) -> dict[str, Any]:
    by_side = {line["side"]: line for line in sides}
    mentees, mentors = by_side["mentee"], by_side["mentor"]
    return {
        "code": "surveys",
        "title": _("What people said at the end"),
        "meaning": [
            _(
                "Answers given in the year after the end of a tandem, from %(least)s, not at all,"
                " to %(most)s, very much; means of five answers or more.",
                least=number(1),
                most=number(5),
            )
        ],
        "head": [_("Question"), _("Mentees"), _("Mentors")],
        "rows": [
            *(
                [str(_SURVEY[code]), mentees["means"][code], mentors["means"][code]]
                for code in QUESTIONS
            ),
            [_("Number of answers"), mentees["answered"], mentors["answered"]],
        ],
    }
