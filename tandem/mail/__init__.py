"""Mails in the reader's language, as text and HTML, without Flask; and which kinds there are."""

from tandem.mail.kinds import KINDS, Kind, Stop, Why, kind_of
from tandem.mail.rendering import BASE, SECRET, SIGNATURE, Content, has_notice, render

__all__ = [
    "BASE",
    "KINDS",
    "SECRET",
    "SIGNATURE",
    "Content",
    "Kind",
    "Stop",
    "Why",
    "has_notice",
    "kind_of",
    "render",
]
