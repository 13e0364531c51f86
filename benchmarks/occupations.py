"""How fast occupations are found: every beginning of every name, and names with an error.

Run ``python -m benchmarks.occupations``; it measures the built-in names, and then with made-up
labels of the size of ESCO beside them (3,000 occupations, 10 labels, 3 languages). Times are of
the process, in milliseconds, once everything is loaded; the slowest hundredth is asked twice, the
lesser time counts. Nothing here is a test.
"""

import gc
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tandem import taxonomy
from tandem.taxonomy import esco
from tandem.taxonomy.names import read_table

OCCUPATIONS, LABELS, LANGUAGES = 3_000, 10, ("de", "en", "fr")
MOST_ASKED = 5_000
UNIT_DIGITS = 4
READER = "de"
_TABLES = ("occupations", "everyday_occupations", "sectors", "everyday_sectors")
_SOUNDS = "ba bi co de di fe ga le li lo ma me mo na ne pa pre ra ri ro sa se ta ti to va"
_ENDS = ("eur", "euse", "ment", "tion", "iste", "ier", "age", "")


def made_up_labels(chosen: random.Random) -> dict[tuple[str, str], list[str]]:
    """Return labels as an import would: words of our tables mixed anew, and invented ones."""
    codes = [code for code in read_table("occupations") if len(code) == UNIT_DIGITS]
    words = {locale: _words(locale) for locale in ("de", "en")}
    words["fr"] = sorted(
        "".join(chosen.choices(_SOUNDS.split(), k=chosen.randint(2, 4))) + chosen.choice(_ENDS)
        for _ in range(OCCUPATIONS)
    )
    labels: dict[tuple[str, str], list[str]] = {}
    for at in range(OCCUPATIONS):
        for language in LANGUAGES:
            group = labels.setdefault((codes[at % len(codes)], language), [])
            group += [_label(words[language], language, chosen) for _ in range(LABELS)]
    return labels


def _words(locale: str) -> list[str]:
    names = (row[locale] for table in _TABLES for row in read_table(table).values())
    return sorted({word for name in names for word in re.findall(r"\w{4,}", name)})


def _label(words: list[str], language: str, chosen: random.Random) -> str:
    *first, last = chosen.choices(words, k=chosen.randint(1, 4))
    compound = chosen.choice(words) + last.lower() if language == "de" else last
    return " ".join([*first, compound])


def beginnings(names: Iterable[str]) -> list[str]:
    """Return every beginning of two letters or more, each once."""
    return sorted({name[:end] for name in names for end in range(2, len(name) + 1)})


def with_errors(names: list[str], chosen: random.Random) -> list[str]:
    """Return names in each of which one letter was left out."""
    drops = ((name, chosen.randrange(len(name))) for name in names)
    return [name[:at] + name[at + 1 :] for name, at in drops]


def measure(what: str, asked: list[str], chosen: random.Random) -> None:
    """Ask, and print a line of the table."""
    some = asked if len(asked) <= MOST_ASKED else chosen.sample(asked, MOST_ASKED)
    for text in some[::20]:
        _milliseconds(text)
    gc.collect()
    gc.freeze()
    times = sorted((_milliseconds(text), text) for text in some)
    slow = len(times) * 99 // 100
    times[slow:] = sorted((min(once, _milliseconds(text)), text) for once, text in times[slow:])
    median = statistics.median(each for each, _ in times)
    rare = times[slow][0]
    worst, text = times[-1]
    print(f"| {what} | {len(some)} | {median:.1f} | {rare:.1f} | {worst:.1f} ({text}) |")


def _milliseconds(text: str) -> float:
    start = time.process_time()
    taxonomy.search_occupations(text, READER)
    return 1000 * (time.process_time() - start)


def names_searched() -> list[str]:
    """Return every name that the search knows."""
    stamp = esco.stamp()
    own = [
        text for table in _TABLES[:2] for row in read_table(table).values() for text in row.values()
    ]
    names = [name for text in own for name in text.split("; ")]
    return names + ([name.text for name in esco.read_names(stamp)] if stamp else [])


def measure_all(what: str) -> None:
    """Measure loading, beginnings and errors."""
    chosen = random.Random(1)  # noqa: S311 - no secret
    loading = _milliseconds("xx")
    names = names_searched()
    print(f"\n{what}: {len(names)} names, first search {loading:.0f} ms\n")
    print("| asked | how many | median ms | 99 of 100 ms | worst ms |\n|---|---|---|---|---|")
    every = beginnings(names)
    measure("beginnings of 2 and 3 letters", [text for text in every if len(text) <= 3], chosen)
    measure("all beginnings", every, chosen)
    measure("names with an error", with_errors(names, chosen), chosen)


def main() -> None:
    """Measure and print."""
    measure_all("Built in")
    with tempfile.TemporaryDirectory() as folder:
        text = esco.to_text(made_up_labels(random.Random(1)))  # noqa: S311 - no secret
        (Path(folder) / esco.FILE).write_text(text, encoding="utf-8")
        taxonomy.use(Path(folder))
        measure_all("With labels of the size of ESCO")


if __name__ == "__main__":
    main()
