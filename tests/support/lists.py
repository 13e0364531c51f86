"""Files as coordinators bring them, and what a worker does with them, in this process."""

import io
from datetime import timedelta

from tandem.clock import now
from tandem.models import Import, ImportKind, ImportState
from tandem.services import intake
from tandem.services.tables import write_csv
from tandem.work import claim

MENTEES = (
    ("Unsere Liste", "", "", "", "", "", ""),
    ("Name, Vorname", "E-Mail", "PLZ", "Deutsch", "Wunschberuf", "Bemerkung", "Telefon"),
    ("Haddad, Rima", "rima@people.example", "25746", "gut", "Elektroniker", "kommt gern", ""),
    ("Kaya, Emre", "", "25541", "B1", "", "", "0151 2345678"),
    ("Haddad, Rima", "rima@people.example", "25746", "B2", "", "nochmal", ""),
)
COMPANIES = (
    ("Firma", "Branche", "PLZ", "Ansprechpartner", "E-Mail", "Wie viele Mentees"),
    ("Werft Nord GmbH", "30", "25746", "Frau Ute Holm", "ute@werft.example", "2"),
    ("Werft Nord GmbH", "", "", "Jan Thiessen", "jan@werft.example", "1"),
    ("Hotel am Deich", "", "25541", "Anke Petersen", "anke@hotel.example", ""),
)


LEASE = timedelta(seconds=30)


def as_csv(rows):
    """Return rows as a file."""
    file = io.BytesIO()
    write_csv(file, rows)
    return file.getvalue()


def bring(session, programme, actor, *, rows=MENTEES, kind=ImportKind.MENTEES, name="Liste.csv"):
    """Bring a list along; nobody has read it yet."""
    file = intake.Upload(kind=kind, name=name, content=as_csv(rows))
    return intake.upload(session, file, programme=programme, actor=actor)


def read(session):
    """Read the list that waits, as a worker does."""
    work = claim(session, Import, now=now(), lease=LEASE)
    task = intake.begin(session, work, most_attempts=5)
    intake.publish(session, work, intake.read(task, lambda *_: None))
    return session.get_one(Import, work.id)


def take(session, import_, programme, actor, *, welcomes=False):
    """Ask for the people of a list, and take them in as a worker does."""
    intake.take(
        session, import_.key, welcomes=welcomes, programme=programme, actor=actor,
        seen_version=import_.version,
    )  # fmt: skip
    work_in(session)
    return session.get_one(Import, import_.id)


def work_in(session, **options):
    """Take in what was asked for."""
    only = Import.state == ImportState.TAKING
    work = claim(session, Import, now=now(), lease=LEASE, only=only)
    intake.take_in(session, work, lease=LEASE, most_attempts=5, **options)
