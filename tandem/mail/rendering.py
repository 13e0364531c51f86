"""Render mails: one template a kind, one footer for all.

The first line of a template is the subject, blank lines part its paragraphs, and a
paragraph that is an address becomes a link. The footer says why the mail came and how to
stop it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tandem.mail.kinds import kind_of

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = [_PACKAGE / "templates", _PACKAGE.parent / "templates"]

BASE = "__BASE__"
"""Stands in a mail for the address of the service until the mail leaves."""
SECRET = "__SECRET__"  # noqa: S105 - a mark, not a secret
"""Stands in a mail for the secret part of its token until the mail leaves."""
SIGNATURE = "-- \n"
"""The line above the footer; mail programs leave out what follows it in an answer."""


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
    paragraphs = _paragraphs(body)
    footer = _paragraphs(
        environment.get_template("emails/footer.txt").render(
            why=kind_of(kind).why.value, stop=kind_of(kind).stop.value, **values
        )
    )
    html = environment.get_template("emails/layout.html").render(
        subject=subject.strip(), paragraphs=paragraphs, footer=footer, locale=locale, base=BASE
    )
    text = "\n\n".join([*paragraphs, SIGNATURE + "\n\n".join(footer)])
    return Content(subject.strip(), text + "\n", html)


def has_notice(kind: str) -> bool:
    """Whether there is a sentence that tells those who coordinate of something of this kind."""
    return any((folder / "emails" / "notices" / f"{kind}.txt").exists() for folder in _FOLDERS)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


@cache
def _environment(locale: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found: NullTranslations = Translations.load(_PACKAGE / "translations", [locale])
    environment.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    return environment
