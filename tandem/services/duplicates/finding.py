"""Who seems to stand in a programme twice: by address, or by name and place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from tandem.models import (
    Account,
    Distinction,
    Membership,
    Mentee,
    Mentor,
    Merge,
    Profile,
    Programme,
    Side,
)
from tandem.models.profiles import IN_FORCE, OPEN
from tandem.services.accounts import NO_MAIL
from tandem.services.permissions import can_coordinate, require
from tandem.taxonomy.words import fold

LEAST_LIKENESS = 90
_LETTERS = 3
_MOST_COMPARED = 60


class Because(Enum):
    """Why two entries seem to be one person."""

    MAIL = "mail"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is compared of somebody."""

    key: str
    membership_id: int
    side: Side
    name: str
    email: str
    postal_code: str


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Two entries of one side that seem to be one person, the earlier one first."""

    one: Entry
    other: Entry
    because: Because


def find_duplicates(
    session: Session, programme: Programme, *, actor: Account
) -> Sequence[Likeness]:
    """Return the pairs of entries that seem to be one person, by name.

    Whom somebody told apart are left out.

    Notes
    -----
    Addresses are compared without what stands after a plus sign. Names are compared whatever
    the order of their words, where places are the same or one is unknown, among those that
    share the first letters of a word, and with the latest of these only: time grows with the
    number of people, not with its square.
    """
    require(can_coordinate(actor, programme.id))
    found: dict[tuple[str, str], Likeness] = {}
    apart = _told_apart(session, programme)
    for side in Side:
        entries = _read(session, programme, side)
        for likeness in (*_of_one_mail(entries), *_of_one_name(entries)):
            pair = likeness.one.membership_id, likeness.other.membership_id
            if (min(pair), max(pair)) not in apart:
                found.setdefault((likeness.one.key, likeness.other.key), likeness)
    return sorted(found.values(), key=lambda each: (each.one.name.casefold(), each.one.key))


def _told_apart(session: Session, programme: Programme) -> set[tuple[int, int]]:
    query = sa.select(Distinction.one_id, Distinction.other_id)
    rows = session.execute(query.where(Distinction.programme_id == programme.id))
    return {(row.one_id, row.other_id) for row in rows}


def _read(session: Session, programme: Programme, side: Side) -> Sequence[Entry]:
    person, whose, gone = (
        (Mentor, Profile.mentor_id, Merge.gone_mentor_id)
        if side is Side.MENTOR
        else (Mentee, Profile.mentee_id, Merge.gone_mentee_id)
    )
    merged = sa.select(gone).where(Merge.programme_id == programme.id, gone.is_not(None))
    query = (
        sa.select(
            person.key,
            person.membership_id,
            Account.first_name,
            Account.last_name,
            Account.email,
            sa.func.max(Profile.postal_code).label("postal_code"),
        )
        .join(Membership, Membership.id == person.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(Profile, (whose == person.id) & Profile.state.in_((*OPEN, *IN_FORCE)))
        .where(person.programme_id == programme.id, person.erased_at.is_(None))
        .where(person.id.not_in(merged))
        .group_by(
            person.id,
            person.key,
            person.membership_id,
            Account.first_name,
            Account.last_name,
            Account.email,
        )
        .order_by(person.id)
    )
    return [
        Entry(
            key=row.key,
            membership_id=row.membership_id,
            side=side,
            name=f"{row.first_name} {row.last_name}",
            email="" if row.email.endswith(f"@{NO_MAIL}") else row.email,
            postal_code=row.postal_code or "",
        )
        for row in session.execute(query)
    ]


def _of_one_mail(entries: Iterable[Entry]) -> Iterator[Likeness]:
    first: dict[str, Entry] = {}
    for entry in entries:
        local, _, domain = entry.email.partition("@")
        if not domain:
            continue
        earlier = first.setdefault(f"{local.partition('+')[0]}@{domain}", entry)
        if earlier is not entry:
            yield Likeness(one=earlier, other=entry, because=Because.MAIL)


class _Block:
    """Entries that may be alike, with their names as they are compared."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._entries: list[Entry] = []

    def add(self, name: str, entry: Entry) -> None:
        """Let those who come later be compared with this one."""
        self._names.append(name)
        self._entries.append(entry)

    def alike(self, name: str) -> Iterator[Entry]:
        """Yield those of the latest whose names are alike."""
        latest = self._names[-_MOST_COMPARED:]
        found = process.extract(
            name, latest, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None
        )
        for _, _, at in found:
            yield self._entries[at - len(latest)]


def _of_one_name(entries: Iterable[Entry]) -> Iterator[Likeness]:
    """Compare each with those before, block by block; no place is a place of its own."""
    blocks: dict[tuple[str, str], _Block] = defaultdict(_Block)
    everywhere: dict[str, _Block] = defaultdict(_Block)
    for entry in entries:
        words = sorted(fold(entry.name).split())
        name = " ".join(words)
        starts = sorted({word[:_LETTERS] for word in words})
        near = [blocks[start, entry.postal_code] for start in starts]
        others = [blocks[start, ""] if entry.postal_code else everywhere[start] for start in starts]
        alike = {each.key: each for block in (*near, *others) for each in block.alike(name)}
        for each in alike.values():
            yield Likeness(one=each, other=entry, because=Because.NAME)
        for block in (*near, *(everywhere[start] for start in starts)):
            block.add(name, entry)
