"""Where to go after signing in: only ever to a page of ours (TRUST C3)."""

import unicodedata
from urllib.parse import unquote

from flask import session as browser

_WANTED = "wanted"


def local_path(target: str | None) -> str | None:
    """Return ``target`` where it is a path on this server and nothing else."""
    if not target or not all(_is_path(text) for text in (target, unquote(target))):
        return None
    return target


def remember(target: str | None) -> None:
    """Keep where somebody wants to go who may sign in by a link, in this same browser."""
    path = local_path(target)
    if path is None:
        browser.pop(_WANTED, None)
    else:
        browser[_WANTED] = path


def recall() -> str | None:
    """Return where this browser wanted to go before its owner signed in, once."""
    return local_path(browser.pop(_WANTED, None))


def _is_path(text: str) -> bool:
    odd = any(unicodedata.category(character)[0] in "CZ" for character in text)
    return text.startswith("/") and not text.startswith("//") and "\\" not in text and not odd
