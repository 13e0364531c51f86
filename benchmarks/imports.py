"""How long a coordinator's list takes to be read and understood, and how much memory.

Run ``python -m benchmarks.imports [ROWS]`` (default 10,000). It makes up a list with human
habits, as workbook and as CSV, each file in a process of its own: CPU time of that process and
of the one that parses for it, and the peak memory of both together at worst. Nothing is a test.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tandem.models import ImportKind
from tandem.services.imports import understand
from tandem.services.tables import Cell, read_path, write_csv, write_xlsx

ROWS = 10_000
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


if __name__ == "__main__":
    main()
