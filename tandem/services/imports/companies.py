"""Rows of mentors, gathered by their companies."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tandem.services.imports.asking import normalise
from tandem.services.imports.finding import Line
from tandem.services.imports.people import Gathered
from tandem.services.imports.understood import Company, Person, Said, Sure, Understood


@dataclass
class _Found:
    line: int
    gathered: Gathered
    mentors: list[Person] = field(default_factory=list)


class Companies:
    """Companies of a list while it is read; a blank name means the company of the row above."""

    def __init__(self) -> None:
        self._found: dict[str, _Found] = {}
        self._last: _Found | None = None

    def add(self, line: Line, company: Gathered, mentor: Gathered) -> None:
        """Take in a row: what it says of a company, and of somebody in it."""
        name = company.fields.get("name")
        key = normalise(str(name.value)) if name and name.value else ""
        found = self._found.get(key) if key else self._last
        if found is not None and not key:
            mentor.remarks["company_from_above"] = None
        if found is None:
            found = self._found[key] = _Found(line.number, company)
        else:
            self._compare(found, company, mentor)
            mentor.left_over += company.left_over
            mentor.loosely_read += company.loosely_read
        self._last = found
        self._add_mentor(found, line, mentor, sector=company.fields.get("sector"))

    def _compare(self, found: _Found, company: Gathered, mentor: Gathered) -> None:
        """Keep what another row says differently of a company with that row."""
        for name, value in company.fields.items():
            known = found.gathered.fields.get(name)
            if known is None or (known.value is None and not known.asks):
                found.gathered.fields[name] = value
            elif known.shown != value.shown:
                mentor.left_over.append(Said(label=company.labels[name], text=value.shown))
                if name == "sector" and normalise(known.shown) != normalise(value.shown):
                    mentor.remarks["sector_differs"] = None

    def _add_mentor(
        self, found: _Found, line: Line, mentor: Gathered, *, sector: Understood | None
    ) -> None:
        fields = found.gathered.fields
        if "postal_code" in mentor.fields:
            fields.setdefault("postal_code", mentor.fields["postal_code"])
        if not _is_somebody(mentor.fields):
            found.gathered.left_over += mentor.left_over
            found.gathered.loosely_read += mentor.loosely_read
            found.gathered.fields = {**mentor.fields, **fields}
            return
        _take_sector(fields, mentor.fields)
        sector = sector or fields.get("sector")
        if sector and "sectors" not in mentor.fields:
            value = [sector.value] if isinstance(sector.value, str) else None
            sure = Sure.READ if value else Sure.UNKNOWN
            mentor.fields["sectors"] = replace(sector, value=value, sure=sure)
        found.mentors.append(mentor.as_person(line.number))

    def all(self) -> Iterable[Company]:
        """Return the companies in the order in which they were named."""
        for found in self._found.values():
            gathered = found.gathered
            yield Company(
                line=found.line,
                fields=dict(gathered.fields),
                mentors=tuple(found.mentors),
                left_over=tuple(gathered.left_over),
                loosely_read=tuple(gathered.loosely_read),
            )


def _take_sector(company: dict[str, Understood], mentor: dict[str, Understood]) -> None:
    """Take the only sector of a mentor for the company's, where nothing else is said."""
    sectors = mentor.get("sectors")
    match sectors.value if sectors else None:
        case [str(code)] if sectors and not code.isalpha():
            company.setdefault("sector", replace(sectors, value=code, sure=Sure.READ))


def _is_somebody(fields: dict[str, Understood]) -> bool:
    return any(fields.get(name) for name in ("first_name", "last_name", "email"))
