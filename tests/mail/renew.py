"""What every mail looks like, one file a kind, to be read: ``python -m tests.mail.renew``.

Run it after a template or a translation has changed, and read the difference before you
commit it.
"""

from pathlib import Path

from tandem import mail
from tests.mail.samples import rendered

FOLDER = Path(__file__).parent / "snapshots"
TEMPLATES = Path(__file__).parents[2] / "templates" / "emails"
LOCALES = ("de", "en")
_RULE = "=" * 20
_NO_MAILS = {"footer"}


def kinds() -> list[str]:
    """Return every kind of mail that has a template."""
    return sorted({path.stem for path in TEMPLATES.glob("*.txt")} - _NO_MAILS)


def snapshot(kind: str, locale: str) -> str:
    """Return a kind of mail as text, in each of its ways, and its first way as HTML."""
    ways = rendered(kind, locale)
    parts = [f"{_RULE} {locale}, {number}\nSubject: {way.subject}\n\n{way.text}"
             for number, way in enumerate(ways, start=1)]  # fmt: skip
    return "\n".join([*parts, f"{_RULE} {locale}, 1, HTML\n{_compact(ways[0])}"])


def _compact(way: mail.Content) -> str:
    return "\n".join(line.strip() for line in way.html.splitlines() if line.strip()) + "\n"


def main() -> None:
    """Write all snapshots anew, and drop those of mails that are no more."""
    wanted = {FOLDER / f"{kind}.{locale}.txt": (kind, locale)
              for kind in kinds() for locale in LOCALES}  # fmt: skip
    for path in set(FOLDER.glob("*.txt")) - set(wanted):
        path.unlink()
    for path, (kind, locale) in wanted.items():
        path.write_text(snapshot(kind, locale), encoding="utf-8")


if __name__ == "__main__":
    main()
