"""One's own data as a file to take along: JSON for machines, CSV for spreadsheets."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, Programme
from tandem.services.own_data.asked_for import whose
from tandem.services.own_data.gathering import Rows, gather
from tandem.services.tables import Cell, write_csv

_EPOCH = (1980, 1, 1, 0, 0, 0)


def export(session: Session, *, actor: Account, programme: Programme, about: str = "") -> bytes:
    """Return a ZIP archive with ``data.json`` and a CSV file of each kind of data.

    It holds what ``programme`` knows about ``actor``, or about whom a coordinator asks for it
    (``about`` is their key), and nothing that says who others are; only staff who looked or
    decided are named.

    Raises
    ------
    NotFound
        If ``actor`` is neither mentor nor mentee there, or the programme has no such person.
    NotAllowed
        If ``actor`` may not ask for it.
    """
    owner = whose(session, actor, programme, about=about)
    data = gather(session, actor=owner, programme=programme)
    content = {"programme": programme.name, "made_at": now(), **data}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member("data.json"), _json(content))
        for name, rows in data.items():
            if rows:
                archive.writestr(_member(f"{name}.csv"), _csv(rows))
    return file.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _csv(rows: Rows) -> bytes:
    file = io.BytesIO()
    heads = list(rows[0])
    write_csv(file, [heads, *([_cell(row[head]) for head in heads] for row in rows)])
    return file.getvalue()


def _cell(value: Any) -> Cell:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(each) for each in value)
    return value if value is None or isinstance(value, bool | int | float) else str(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return getattr(value, "value", value)
