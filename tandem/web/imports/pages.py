"""What the pages about a list are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from tandem.errors import NotFound
from tandem.extensions import db
from tandem.models import Import, ImportState
from tandem.services import intake
from tandem.services.imports import Company, Person, Understanding
from tandem.web.identity import signed_in_account
from tandem.web.imports import wording
from tandem.web.scope import current_programme

PAGE_SIZE = 25
FIRST_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A value beside what stood there."""

    label: str
    shown: str
    value: str
    is_sure: bool
    is_asked: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A person or a company as a page shows them."""

    line: int
    name: str
    cells: Sequence[Cell]
    notes: Sequence[str]
    remarks: Sequence[str] = ()
    gaps: str = ""
    person: Person | None = None
    because: str = ""
    double: intake.Double | None = None


@dataclass(frozen=True, kw_only=True)
class CompanyRow:
    """A company that cannot be taken yet, and why."""

    line: int
    name: str
    gaps: Sequence[str]
    shown: str


@dataclass(frozen=True)
class Asked:
    """An import that waits for its coordinator, opened up."""

    import_: Import
    plain: dict[str, Any] = field(repr=False)

    @cached_property
    def understanding(self) -> Understanding:
        """Everything that was understood."""
        return intake.understanding_of(self.plain)

    @cached_property
    def choices(self) -> intake.Choices:
        """What was decided so far."""
        return intake.choices_of(self.import_)

    @cached_property
    def plan(self) -> intake.Plan:
        """What becomes of everybody."""
        return intake.make_plan(self.understanding, self.plain["known"], self.choices)

    @cached_property
    def counts(self) -> intake.Counts:
        """How many are what."""
        return intake.count(
            self.understanding, self.plan, self.plain["known"], kind=self.import_.kind
        )

    @property
    def is_coded(self) -> bool:
        """Whether the list has the columns of `tandem match`."""
        return bool(self.plain["coded"])

    @cached_property
    def people(self) -> Sequence[Person]:
        """Everybody on the list, by line."""
        return intake.people_on(self.understanding)

    @cached_property
    def doubles(self) -> Sequence[Person]:
        """Everybody who seems to be known, or to stand in the list twice."""
        known = self.plain["known"]
        return [
            each for each in self.people if each.twice_of is not None or str(each.line) in known
        ]

    def row(self, person: Person) -> Row:
        """Return what a page shows of somebody."""
        known = self.plain["known"].get(str(person.line), {})
        missing = intake.gaps(person, self.import_.kind)
        return Row(
            line=person.line,
            name=_name(person),
            cells=_cells(person),
            notes=[note for note in map(str, person.left_over) if note],
            remarks=[str(wording.REMARKS[code]) for code in person.remarks],
            gaps=wording.gaps(missing) if missing else "",
            person=person,
            because=known.get("because", person.twice_because),
            double=intake.double_of(person, self.plain["known"], self.choices),
        )

    def company_rows(self) -> list[CompanyRow]:
        """Return the companies that cannot be taken yet."""
        return [
            CompanyRow(
                line=company.line,
                name=intake.company_value(company, "name", self.choices)
                or _("row %(line)s", line=company.line),
                gaps=intake.company_gaps(company, self.choices),
                shown="; ".join(
                    company.fields[name].shown
                    for name in ("sector", "postal_code")
                    if name in company.fields
                ),
            )
            for company in self.plan.incomplete
        ]


def get_import(key: str) -> Import:
    """Return the import of an address."""
    return intake.get_import(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def get_asked(key: str) -> Asked:
    """Return the import of an address, if it waits for its coordinator.

    Raises
    ------
    NotFound
        If it does not.
    """
    import_ = get_import(key)
    if import_.state is not ImportState.ASKING:
        raise NotFound
    return Asked(import_, intake.read_plain(db.session, import_))


def portion(all_: Sequence[Any], page: int) -> tuple[Sequence[Any], int, int]:
    """Return one page of many things, its number, and how many pages there are."""
    pages = max(1, -(-len(all_) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    return all_[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages


def _name(person: Person) -> str:
    parts = (person.value("first_name"), person.value("last_name"))
    name = " ".join(str(part) for part in parts if part)
    return name or str(person.value("email") or _("Row %(line)s", line=person.line))


def _cells(told: Person | Company) -> list[Cell]:
    return [
        Cell(
            label=str(wording.FIELDS[name]),
            shown=understood.shown,
            value=wording.value(name, understood.value),
            is_sure=understood.sure.value == "exact",
            is_asked=bool(understood.asks),
        )
        for name, understood in told.fields.items()
        if name in wording.FIELDS
    ]
