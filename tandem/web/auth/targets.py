"""Where to go after signing in: only ever to a page of ours (TRUST C3)."""

import unicodedata
from urllib.parse import unquote


def local_path(target: str | None) -> str | None:
    """Return ``target`` where it is a path on this server and nothing else."""
    if not target or not all(_is_path(text) for text in (target, unquote(target))):
        return None
    return target


def _is_path(text: str) -> bool:
    odd = any(unicodedata.category(character)[0] in "CZ" for character in text)
    return text.startswith("/") and not text.startswith("//") and "\\" not in text and not odd
