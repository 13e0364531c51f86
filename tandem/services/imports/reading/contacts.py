"""Mail addresses, telephone numbers and websites as lists write them."""

import re

from tandem.services.imports.asking import Asking
from tandem.services.imports.reading.outcome import Outcome, exact, read, unknown
from tandem.text import Unclean, clean_address

LONGEST_PHONE = 40
LONGEST_WEBSITE = 200
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@(?:[^\s@<>()\[\],;:\"'.]+\.)+[^\W\d_]{2,}")
_PHONE = re.compile(r"(?<!\w)(?:\+|\(?0)[\d ()/.\-–]{4,}\d")  # noqa: RUF001 - a dash people type
_LEAST_DIGITS = 6
_MOST_DIGITS = 15
_WEBSITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)


def has_mail(text: str) -> bool:
    """Tell whether a mail address stands somewhere in ``text``."""
    return _MAIL.search(text) is not None


def has_phone(text: str) -> bool:
    """Tell whether a telephone number stands somewhere in ``text``."""
    return _PHONE.search(text) is not None


def read_email(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read the first mail address that stands in the cell."""
    found = _MAIL.search(text)
    try:
        mail = clean_address(found[0] if found else "")
    except Unclean:
        return unknown("email", text)
    alone = text.removeprefix("mailto:").strip(" <>;,.").lower()
    return exact("email", mail, text) if alone == mail else read("email", mail, text)


def read_phone(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read the first telephone number, written as from abroad."""
    found = _PHONE.search(text)
    if found is None:
        return unknown("phone", text)
    number = _international(found[0])
    digits = sum(sign.isdigit() for sign in number)
    if not _LEAST_DIGITS <= digits <= _MOST_DIGITS:
        return unknown("phone", text)
    return exact("phone", number, text) if found[0] == text else read("phone", number, text)


def _international(text: str) -> str:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+49{digits[1:]}"


def read_website(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read an address of the web; without its kind it is taken for https."""
    if not _WEBSITE.fullmatch(text) or len(text) > LONGEST_WEBSITE - len("https://"):
        return unknown("website", text)
    if text.lower().startswith(("http://", "https://")):
        return exact("website", text, text)
    return exact("website", f"https://{text}", text)
