"""One row of a list as a person: all its cells read, none of them lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.finding import Line
from tandem.services.imports.reading.outcome import Outcome, Reader
from tandem.services.imports.reading.places import is_town_of
from tandem.services.imports.reading.work import AS_BEFORE
from tandem.services.imports.roles import LEAVE_OUT, NOTE
from tandem.services.imports.understood import Column, Person, Said, Sure, Understood, Value

_UNITED = frozenset({"languages", "topics", "sectors", "fields"})
"""Fields to which several columns may add."""
_SURE = (Sure.UNKNOWN, Sure.READ, Sure.EXACT)


@dataclass
class Gathered:
    """What the cells of a row have said so far."""

    fields: dict[str, Understood] = field(default_factory=dict)
    left_over: list[Said] = field(default_factory=list)
    loosely_read: list[Said] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """The header of the column that a field was first read from."""

    def add(self, said: Said, outcome: Outcome) -> None:
        """Take in what a cell was read to; what finds no room is left over."""
        self.remarks.update(dict.fromkeys(outcome.remarks))
        has_room = [self._take(name, value, said) for name, value in outcome.values.items()]
        understood = any(value.value is not None for value in outcome.values.values())
        asks = any(value.asks for value in outcome.values.values())
        if not all(has_room) or not (outcome.keeps_all or understood or asks):
            self.left_over.append(said)
        elif not outcome.keeps_all:
            self.loosely_read.append(said)

    @property
    def has_postal_code(self) -> bool:
        """Whether it is known where the person lives."""
        known = self.fields.get("postal_code")
        return known is not None and known.value is not None

    def add_place(self, said: Said) -> None:
        """Take in where else a place stands beside a postal code that is known."""
        known = self.fields["postal_code"]
        if is_town_of(str(known.value), said.text):
            self.fields["postal_code"] = replace(known, shown=f"{known.shown} | {said}")
        else:
            self.left_over.append(said)

    def _take(self, name: str, value: Understood, said: Said) -> bool:
        known = self.fields.get(name)
        if known is None or (known.value is None and not known.asks):
            self.fields[name] = value
            self.labels[name] = said.label
            return True
        if name in _UNITED:
            self.fields[name] = self._united(known, value, said)
            return True
        if value.value is not None and value.value != known.value:
            self.remarks["contradicts"] = None
            return False
        return True

    def _united(self, known: Understood, value: Understood, said: Said) -> Understood:
        sures = (known.sure, value.sure)
        return Understood(
            value=self._both(known.value, value.value),
            shown=f"{known.shown} | {said}",
            sure=min(sures, key=_SURE.index) if value.value or value.asks else known.sure,
            asks=tuple(dict.fromkeys((*known.asks, *value.asks))),
        )

    def _both(self, known: Value, other: Value) -> Value:
        if isinstance(known, dict) and isinstance(other, dict):
            both = [code for code in known if other.get(code, known[code]) != known[code]]
            self.remarks.update(dict.fromkeys(["contradicts"] if both else []))
            return known | other | {code: min(known[code], other[code]) for code in both}
        if isinstance(known, list) and isinstance(other, list):
            return list(dict.fromkeys([*known, *other]))
        return other if known is None else known

    def as_person(self, line: int) -> Person:
        """Return the person of this row."""
        return Person(
            line=line,
            fields=dict(self.fields),
            left_over=tuple(self.left_over),
            loosely_read=tuple(self.loosely_read),
            remarks=tuple(self.remarks),
        )


class RowReader:
    """Reads the cells of a row by the roles of their columns, each different text only once."""

    def __init__(
        self, columns: Sequence[Column], readers: Callable[[Column], Reader], asking: Asking
    ) -> None:
        read_at_all = [column for column in columns if column.role != LEAVE_OUT]
        self._columns = sorted(read_at_all, key=_order)
        self._readers = {
            column.index: readers(column) for column in read_at_all if column.role != NOTE
        }
        self._asking = asking
        self._known: dict[tuple[int, str], Outcome] = {}

    def read(self, line: Line, roles: Callable[[str], bool]) -> Gathered:
        """Return what the cells say whose columns have one of these roles."""
        gathered = Gathered()
        self._asking.line = line.number
        for column in self._columns:
            text = line.texts[column.index]
            if text and roles(column.role):
                said = Said(label=column.label, text=text)
                if column.role == NOTE:
                    gathered.left_over.append(said)
                elif column.role == "place" and gathered.has_postal_code:
                    gathered.add_place(said)
                else:
                    gathered.add(said, self._outcome(column.index, text))
        return gathered

    def _outcome(self, index: int, text: str) -> Outcome:
        outcome = self._known.get((index, text))
        if outcome is None:
            outcome = self._readers[index](text, self._asking)
            # What is asked is counted each time it stands somewhere.
            if not any(value.asks for value in outcome.values.values()):
                self._known[index, text] = outcome
        return outcome


def _order(column: Column) -> tuple[bool, float]:
    """Put notes last, and of several columns of places the one with the codes first."""
    return column.role == NOTE, -column.certainty if column.role == "place" else 0.0


def mentee(gathered: Gathered) -> Gathered:
    """Settle what several cells of a mentee say together."""
    _go_on_as_before(gathered.fields)
    wish, gender = gathered.fields.get("same_gender"), gathered.fields.get("gender")
    if wish and wish.value is True and gender and gender.value == "m":
        gathered.fields["same_gender"] = replace(wish, value=None, sure=Sure.UNKNOWN)
        gathered.remarks["only_women_but_a_man"] = None
    return gathered


def _go_on_as_before(fields: dict[str, Understood]) -> None:
    """Take what somebody did before for what they want, where they say so."""
    words = fields.get("occupation_words")
    before = fields.get("past_occupation")
    if words and before and normalise(words.shown) in AS_BEFORE:
        fields["occupation"] = replace(
            before, shown=words.shown, sure=Sure.READ if before.value else Sure.UNKNOWN
        )
        said = fields.get("past_occupation_words", words)
        fields["occupation_words"] = replace(said, shown=words.shown, sure=Sure.READ)
