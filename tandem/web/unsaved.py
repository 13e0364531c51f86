"""What somebody sent after their session had ended: kept in their browser until they are back.

Only the signed cookie of that browser holds it, and only the account that had signed in there
before gets it back.
"""

import json
import zlib

from flask import request
from flask import session as browser
from werkzeug.datastructures import MultiDict

from tandem.models import Account

KEEPING = frozenset({"profiles.edit"})
"""Views whose answers take time to write, and that know how to show them again."""
_ENTRIES, _OWNER = "unsaved", "owner"
_NOT_KEPT = frozenset({"csrf_token", "version", "find"})
_MOST_BYTES = 2400
"""A cookie holds about 4,000 bytes, with a third more for its encoding."""


def keep() -> str | None:
    """Keep what was just sent, where there is room for it; return where it belongs."""
    owner = browser.get(_OWNER)
    if request.method != "POST" or request.endpoint not in KEEPING or owner is None:
        return None
    entries = {name: values for name, values in request.form.lists() if name not in _NOT_KEPT}
    if len(zlib.compress(json.dumps(entries).encode())) <= _MOST_BYTES:
        browser[_ENTRIES] = {"owner": owner, "path": request.path, "entries": entries}
    return request.path


def begin_again(account: Account) -> None:
    """Empty the browser's session for ``account``, but for what this same person left unsaved."""
    left = browser.get(_ENTRIES)
    browser.clear()
    browser[_OWNER] = account.key
    if left and left["owner"] == account.key:
        browser[_ENTRIES] = left


def path() -> str | None:
    """Return the page on which something was left unsaved."""
    left = browser.get(_ENTRIES)
    return str(left["path"]) if left else None


def take() -> MultiDict[str, str] | None:
    """Return what was left unsaved on this page, once."""
    if request.method != "GET" or path() != request.path:
        return None
    entries = browser.pop(_ENTRIES)["entries"]
    return MultiDict((name, value) for name, values in entries.items() for value in values)
