"""Render mails in the reader's language, as text and HTML, without Flask.

One template a mail: its first line is the subject, blank lines part its paragraphs, and a
paragraph that is an address becomes a link.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_PACKAGE = Path(__file__).parent
_FOLDERS = [_PACKAGE / "templates", _PACKAGE.parent / "templates"]

BASE = "__BASE__"
"""Stands in a mail for the address of the service until the mail leaves."""
SECRET = "__SECRET__"  # noqa: S105 - a mark, not a secret
"""Stands in a mail for the secret part of its token until the mail leaves."""


@dataclass(frozen=True)
class Content:
    """What a mail says."""

    subject: str
    text: str
    html: str


def render(kind: str, locale: str, **values: object) -> Content:
    """Return the mail ``kind`` in the language ``locale``."""
    environment = _environment(locale)
    plain = environment.get_template(f"emails/{kind}.txt").render(**values)
    subject, _, body = plain.strip().partition("\n")
    paragraphs = [" ".join(part.split()) for part in body.split("\n\n") if part.strip()]
    html = environment.get_template("emails/layout.html").render(
        subject=subject.strip(), paragraphs=paragraphs, locale=locale, base=BASE
    )
    return Content(subject.strip(), "\n\n".join(paragraphs) + "\n", html)


@cache
def _environment(locale: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found: NullTranslations = Translations.load(_PACKAGE / "translations", [locale])
    environment.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    return environment
