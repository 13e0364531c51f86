"""One way to clean what people type, whatever language they type it in (TRUST D1)."""

import unicodedata

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

_DROPPED = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF]
)
_BREAKS = {"\n", "\t"}


class Unclean(ValueError):
    """The text holds control characters, which no person types."""


def clean(text: str) -> str:
    r"""Return ``text`` in NFC without what could disguise it, and without outer space.

    Marks that override the direction of writing and the zero-width space go; the
    zero-width joiners stay, since Persian and emoji need them. Line ends become ``\n``.

    Raises
    ------
    Unclean
        If a control character, NUL among them, or half of a surrogate pair remains.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = plain.translate(_DROPPED).strip()
    for character in plain:
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in _BREAKS:
            raise Unclean(f"control character U+{ord(character):04X}")
    return plain


def clean_line(text: str) -> str:
    """Return ``text`` cleaned, on one line: every run of white space becomes one space.

    Raises
    ------
    Unclean
        As :func:`clean`.
    """
    return " ".join(clean(text).split())


def clean_address(text: str) -> str:
    """Return a mail address in its one normal form.

    Raises
    ------
    Unclean
        If it is none.
    """
    return _address(text).normalized.lower()


def reachable_address(text: str) -> str:
    """Return an address as mail servers know it: a domain in other letters has an ASCII form.

    Raises
    ------
    Unclean
        If it is none.
    """
    found = _address(text)
    return f"{found.local_part}@{found.ascii_domain}"


def _address(text: str) -> ValidatedEmail:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Unclean("no mail address") from error
