"""What a reader makes of a cell."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tandem.services.imports.asking import Asking, Offer, normalise
from tandem.services.imports.understood import Sure, Understood, Value

NOTHING = frozenset(
    {"", "-", "--", "---", "\u2013", "\u2014", "/", ".", "?", "??", "???", "…", "...", "ka", "k a"}
    | {"n a", "na", "keine angabe", "keine angaben", "unbekannt", "unklar", "offen", "tbd"}
    | {"unknown", "not known", "not specified", "none given", "nicht bekannt", "folgt"}
)
"""What people write, normalised, where they know nothing."""
_INNER_NOTE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Outcome:
    """What a reader found in one cell.

    ``values`` go by the name of their field. ``keeps_all`` tells that they say all the cell
    says; else the cell goes into the staff note as well. ``remarks`` are codes.
    """

    values: Mapping[str, Understood] = field(default_factory=dict)
    keeps_all: bool = True
    remarks: tuple[str, ...] = ()


Reader = Callable[[str, Asking], Outcome]


def exact(field_: str, value: Value, shown: str) -> Outcome:
    """Return a value that stood there as it is."""
    return Outcome({field_: Understood(value=value, shown=shown, sure=Sure.EXACT)})


def read(field_: str, value: Value, shown: str) -> Outcome:
    """Return a value that was read from other words, which the note keeps."""
    return Outcome({field_: Understood(value=value, shown=shown, sure=Sure.READ)}, keeps_all=False)


def unknown(field_: str, shown: str) -> Outcome:
    """Return that nothing was understood, and nobody is asked."""
    known = Understood(value=None, shown=shown, sure=Sure.UNKNOWN)
    return Outcome({field_: known}, keeps_all=says_nothing(shown))


def says_nothing(text: str) -> bool:
    """Tell whether ``text`` only says that nothing is known."""
    return normalise(text) in NOTHING


def answered(field_: str, text: str, asking: Asking) -> Outcome | None:
    """Return what was answered to this text, if it was asked before."""
    answer = asking.answer(field_, text)
    if answer is None:
        return None
    if answer[0] is None:
        return Outcome(
            {field_: Understood(value=None, shown=text, sure=Sure.READ)}, keeps_all=False
        )
    return read(field_, answer[0], text)


def asked(field_: str, text: str, asking: Asking, *, offer: Offer) -> Outcome:
    """Return what was answered; else ask."""
    known = answered(field_, text, asking)
    if known is not None:
        return known
    key = asking.ask(field_, text, offer)
    open_ = Understood(value=None, shown=text, sure=Sure.UNKNOWN, asks=(key,))
    return Outcome({field_: open_}, keeps_all=False)


def from_words(
    field_: str, words: Mapping[str, Value], *, codes: Sequence[str] = (), offered: Sequence[Value]
) -> Reader:
    """Return a reader of texts each of which stands for one value.

    ``words`` go normalised; ``codes`` stand for themselves; ``offered`` is what can be
    answered where a text is neither.
    """

    def reader(text: str, asking: Asking) -> Outcome:
        known = answered(field_, text, asking)
        if known is not None:
            return known
        if text in codes:
            return exact(field_, text, text)
        if says_nothing(text):
            return unknown(field_, text)
        for said in (text, _INNER_NOTE.sub("", text)):
            if normalise(said) in words:
                return read(field_, words[normalise(said)], text)
        return asked(field_, text, asking, offer=lambda: offered)

    return reader


def renamed(outcome: Outcome, old: str, new: str) -> Outcome:
    """Return the outcome with one field under another name."""
    values = {new if name == old else name: value for name, value in outcome.values.items()}
    return replace(outcome, values=values)
