"""How long a coordinator's list takes to be understood and taken in, and how much memory.

Run ``python -m benchmarks.imports [ROWS]`` (default 10,000). It makes up a list with human
habits, as workbook and as CSV, each file in a process of its own: CPU time of that process and
of the one that parses for it, and the peak memory of both together at worst. Then it takes the
workbook into an empty SQLite database, as a worker does. Nothing is a test.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import harden
from tandem.models import Account, Base, Import, ImportKind, Membership, Mentee, Role
from tandem.services import demo, intake
from tandem.services.imports import understand
from tandem.services.tables import Cell, read_path, write_csv, write_xlsx
from tandem.work import Claim, claim

ROWS = 10_000
_LEASE = timedelta(minutes=10)
_HEADER = (
    "Nr", "Name, Vorname", "Anr.", "PLZ/Ort", "Tel.", "E-Mail ", "Beruf (Herkunft)", "Wunsch",
    "Abschluss", "anerk.?", "Deutsch", "weitere Sprachen", "PKW", "Kinderbetr.",
    "nur Frau als Mentorin", "Erstgespräch", "Bemerkung",
)  # fmt: skip
_SYLLABLES = ("ma", "re", "lo", "ti", "sa", "nu", "ke", "da", "ri", "jo", "el", "am")
_PLACES = ("25746", "25746 Heide", "Heide (25746)", "Marne", "25709 Marne", "St. Michaelisdonn")
_PAST = ("Krankenschwester", "Chemielaborantin", "Juristin", "Koch, später Hotelmanagement",
         "Lehrer (Mathe/Physik)", "KFZ-Mechatroniker", "Buchhalterin")  # fmt: skip
_WISHES = ("wie bisher", "egal, Hauptsache Arbeit", "Pflege (Klinik)", "Büro, Buchhaltung")
_DEGREES = ("Dr.", "Master (nicht abgeschl.)", "Ausbildung 3 J.", "Techniker", "?", "Diplom")
_RECOGNISED = ("ja", "nein", "läuft", "beantragt 03/24", "H+ lt. anabin", None)
_GERMAN = ("B1 Zertifikat", "A2/B1", "gut", "wenig", "b2", "C1 (telc)", None)
_OTHERS = ("Ukrainisch, Russisch (Mutterspr.), engl. B2", "Arabisch, Englisch gut", "-",
           "Türkisch/Kurdisch", "Dari, Farsi, etwas Englisch")  # fmt: skip


def rows(count: int) -> Iterator[Sequence[Cell]]:
    """Yield a title, a header, and ``count`` people, always the same."""
    dice = random.Random(1)  # noqa: S311 - made-up people, no secrets
    yield ("Mentoring Tandem",)
    yield _HEADER
    for number in range(count):
        first, last = ("".join(dice.choices(_SYLLABLES, k=4)).title() for _ in range(2))
        yield (
            number, f"{last}, {first}", dice.choice(("Fr.", "Hr.")), dice.choice(_PLACES),
            f"0151-{number:07d}", f"{first}.{number}@example.org".lower(), dice.choice(_PAST),
            f"{dice.choice(_WISHES)} {number % 500}" if number % 5 == 0 else dice.choice(_WISHES),
            dice.choice(_DEGREES), dice.choice(_RECOGNISED), dice.choice(_GERMAN),
            dice.choice(_OTHERS), dice.choice(("x", "nein", None)), None,
            dice.choice(("ja bitte", None)), f"{1 + number % 28}.{1 + number % 12}.26",
            f"ruft am {number % 31}. zurück",
        )  # fmt: skip


def measure(path: Path) -> None:
    """Read and understand one file and print a row of a table."""
    reports = 0

    def heard(_done: int, _total: int) -> None:
        nonlocal reports
        reports += 1

    start = time.process_time()
    sheets = read_path(path)
    read = time.process_time() - start
    understanding = understand(sheets, ImportKind.MENTEES, progress=heard)
    understood = time.process_time() - start - read
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    peaks = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, child.ru_maxrss]
    cells = (path.suffix, len(understanding.people), len(understanding.questions), reports,
             f"{child.ru_utime + child.ru_stime:.1f}", f"{read:.1f}", f"{understood:.1f}",
             f"{sum(peaks) / 1024:.0f}")  # fmt: skip
    print("| " + " | ".join(map(str, cells)) + " |")


def measure_taking(path: Path) -> None:
    """Read a file, keep what was understood, take everybody in, and print a row of a table."""
    engine = sa.create_engine(f"sqlite:///{path.with_suffix('.db')}")
    harden(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        seconds = [f"{after - before:.1f}" for before, after in pairwise(_take_in(session, path))]
        people = session.scalar(sa.select(sa.func.count(Mentee.id)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| " + " | ".join(map(str, (path.suffix, people, *seconds, f"{peak:.0f}"))) + " |")


def _take_in(session: Session, path: Path) -> Iterator[float]:
    """Yield the time of the processor before and after each of the steps of a worker."""
    programme = demo.make_sized(session, mentors=1, mentees=1, seed=1, password="x" * 12)
    coordinators = sa.select(Account).join(Membership).where(Membership.role == Role.COORDINATOR)
    actor = session.scalars(coordinators.order_by(Account.id).limit(1)).one()
    file = intake.Upload(kind=ImportKind.MENTEES, name=path.name, content=path.read_bytes())
    import_ = intake.upload(session, file, programme=programme, actor=actor)
    work = _claimed(session)
    task = intake.begin(session, work, most_attempts=1) or {}
    yield time.process_time()
    result = intake.read(task, lambda *_: None)
    yield time.process_time()
    intake.publish(session, work, result)
    yield time.process_time()
    intake.take(
        session, import_.key, welcomes=False, seen_version=import_.version, programme=programme,
        actor=actor,
    )  # fmt: skip
    intake.take_in(session, _claimed(session), lease=_LEASE, most_attempts=1)
    yield time.process_time()


def _claimed(session: Session) -> Claim[Import]:
    work = claim(session, Import, now=now(), lease=_LEASE)
    if work is None:
        raise LookupError("nothing is due")
    return work


def main() -> None:
    """Make the files, measure each, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print("| file | people | questions | reports | parse s | receive s | understand s | peak MiB |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"list{ending}") for ending in (".xlsx", ".csv")]
        with paths[0].open("wb") as file:
            write_xlsx(file, {"Mentees": rows(count)})
        with paths[1].open("wb") as file:
            write_csv(file, rows(count))
        for path in paths:
            process = multiprocessing.get_context("spawn").Process(target=measure, args=(path,))
            process.start()
            process.join()
        print("\n| file | taken in | read s | keep s | take s | peak MiB |")
        print("|---|---|---|---|---|---|")
        taking = multiprocessing.get_context("spawn").Process(
            target=measure_taking, args=(paths[0],)
        )
        taking.start()
        taking.join()


if __name__ == "__main__":
    main()
