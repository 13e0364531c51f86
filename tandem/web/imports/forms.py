"""Bring a list along; say what its columns and words mean, and who is known already."""

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import PurePath
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import NumberRange, Optional

from tandem import taxonomy
from tandem.models import Import, ImportKind
from tandem.services import intake
from tandem.services.imports import LEAVE_OUT, NOTE, ROLES, Answers, Question, Understanding, Value
from tandem.services.imports.roles import LANGUAGE_ROLE
from tandem.text import Unclean, clean_line
from tandem.web import codes
from tandem.web.fields import (
    Choices,
    OneOf,
    PostalCode,
    field_choices,
    sector_choices,
    work_choices,
)
from tandem.web.forms import BaseForm, LineField, VersionedForm, required
from tandem.web.imports import wording
from tandem.web.languages import locale_code

_UNNAMED = "list"
_LAST_LINE = 20_000
_NO_SUCH = "null"
NO_HEADER = 0
"""The row of the headings of a list that has none."""


class UploadForm(BaseForm):
    """Bring a file along."""

    kind = RadioField(
        _l("Who is on the list?"),
        choices=lambda: [(kind.value, str(name)) for kind, name in wording.KINDS.items()],
        default=ImportKind.MENTEES.value,
    )
    file = FileField(
        _l("File"),
        validators=[FileRequired(_l("Please choose a file."))],
        render_kw={"accept": ".xlsx,.csv"},
    )

    def to_upload(self) -> intake.Upload:
        """Return the file; call it on a valid form only."""
        file = required(self.file.data)
        return intake.Upload(
            kind=ImportKind(self.kind.data), name=_name(file.filename), content=file.read()
        )


def _name(text: str | None) -> str:
    try:
        return clean_line(PurePath(text or "").name)[-intake.LONGEST_NAME :] or _UNNAMED
    except Unclean:
        return _UNNAMED


class TakeForm(VersionedForm):
    """Take everybody in, with a mail or without."""

    welcomes = BooleanField(_l("Write to everybody who is taken in and has an e-mail address"))


def many_form(fields: Mapping[str, Any], **kwargs: Any) -> VersionedForm:
    """Return a form that asks the same about each of several things."""
    kind = type("ManyForm", (VersionedForm,), dict(fields))
    return cast("VersionedForm", kind(**kwargs))


def layout_fields(import_: Import, understanding: Understanding) -> dict[str, Any]:
    """Return a field for where the list is, and one for each of its columns."""
    sheets = [understanding.sheet, *(other.name for other in understanding.other_sheets)]
    fields: dict[str, Any] = {}
    if len(sheets) > 1:
        fields["sheet"] = SelectField(
            _l("Sheet"),
            choices=[SelectChoice(name, name) for name in sheets],
            default=understanding.sheet,
        )
    fields["header_line"] = IntegerField(
        _l("Row with the headings"),
        validators=[Optional(), NumberRange(1, _LAST_LINE)],
        default=understanding.header_line or None,
    )
    choices = _role_choices(import_)
    for column in understanding.columns:
        fields[f"c{column.index}"] = SelectField(
            column.label or _("Column %(number)s", number=column.index + 1),
            choices=choices,
            default=column.role,
        )
    return fields


def _role_choices(import_: Import) -> Choices:
    beside = [SelectChoice(code, wording.role(code)) for code in (NOTE, LEAVE_OUT)]
    own = [SelectChoice(code, wording.role(code)) for code in ROLES[import_.kind]]
    spoken = [f"{LANGUAGE_ROLE}{each.code}" for each in taxonomy.languages(locale_code())]
    return [
        *beside,
        *sorted(own, key=lambda choice: choice.label),
        *(SelectChoice(code, wording.role(code), optgroup=_("One language")) for code in spoken),
    ]


def to_layout(form: VersionedForm, understanding: Understanding) -> intake.Layout:
    """Return where the list is; elsewhere its columns are guessed anew."""
    sheet = form["sheet"].data if "sheet" in form else None
    header_line = form["header_line"].data or NO_HEADER
    here = (understanding.sheet, understanding.header_line or NO_HEADER)
    moved = (sheet or understanding.sheet, header_line) != here
    roles = {
        column.index: form[f"c{column.index}"].data
        for column in understanding.columns
        if form[f"c{column.index}"].data != column.role or column.certainty == 1
    }
    return intake.Layout(sheet=sheet, header_line=header_line, roles={} if moved else roles)


def question_fields(questions: Sequence[Question]) -> dict[str, Any]:
    """Return a field for each question."""
    return {
        f"q{at}": SelectField(
            _(
                "“%(text)s” means",
                text=question.examples[0] if question.examples else question.text,
            ),
            choices=_answer_choices(question),
            default="",
        )
        for at, question in enumerate(questions)
    }


def to_answers(form: VersionedForm, questions: Sequence[Question]) -> Answers:
    """Return what was answered."""
    return {
        question.key: json.loads(form[f"q{at}"].data)
        for at, question in enumerate(questions)
        if form[f"q{at}"].data
    }


def _answer_choices(question: Question) -> Choices:
    offered = [_choice(question.field, value) for value in question.offered]
    known = {choice.value for choice in offered}
    others = [each for each in _others(question.field) if each.value not in known]
    return [
        SelectChoice("", _("Decide later")),
        SelectChoice(_NO_SUCH, _("None of these: keep it as a note")),
        *offered,
        *others,
    ]


def _choice(field: str, value: Value) -> Any:
    return SelectChoice(json.dumps(value), wording.value(field, value))


def _others(field: str) -> Choices:
    """Return everything that can be meant, as far as a list holds it."""
    grouped = {"occupation": work_choices, "sector": sector_choices, "field": field_choices}
    if field in grouped:
        return [
            SelectChoice(json.dumps(each.value), each.label, optgroup=each.optgroup)
            for each in grouped[field]()
            if each.value
        ]
    return [_choice(field, value) for value in _values(field)]


def _values(field: str) -> Sequence[Value]:
    if field == "language":
        return [each.code for each in taxonomy.languages(locale_code())]
    several = {"modes": tuple(codes.MODES), "travel": tuple(codes.TRAVEL)}
    if field in several:
        ways = several[field]
        return [list(some) for size in range(1, len(ways) + 1) for some in combinations(ways, size)]
    few: Mapping[str, Sequence[Value]] = {
        "language_level": taxonomy.CEFR,
        "unstated_level": taxonomy.CEFR,
        "topic": tuple(codes.TOPICS),
        "recognition": tuple(codes.RECOGNITION),
        "level": tuple(codes.LEVELS),
        "same_gender": (True, False),
        "internships": (True, False),
    }
    return few.get(field, ())


def double_fields(rows: Sequence[Any]) -> dict[str, Any]:
    """Return a field for each person who seems to be known or to stand in the list twice."""
    return {
        f"d{row.person.line}": SelectField(
            row.name,
            choices=[
                SelectChoice(choice.value, str(words))
                for choice, words in wording.DOUBLES.items()
                if choice is not intake.Double.TAKE or row.because != "same_mail"
            ],
            default=row.double.value,
        )
        for row in rows
    }


def company_fields(companies: Sequence[Any]) -> dict[str, Any]:
    """Return the fields for what companies are missing."""
    fields: dict[str, Any] = {}
    for row in companies:
        if "name" in row.gaps:
            fields[f"name{row.line}"] = LineField(
                _("Name of the company in row %(line)s", line=row.line)
            )
        if "sector" in row.gaps:
            label = _("Sector of %(company)s", company=row.name)
            fields[f"sector{row.line}"] = OneOf(label, choices=sector_choices())
        if "postal_code" in row.gaps:
            label = _("Postal code of %(company)s", company=row.name)
            fields[f"postal_code{row.line}"] = LineField(
                label, validators=[Optional(), PostalCode()], render_kw={"inputmode": "numeric"}
            )
    return fields
