"""What a list's words mean: answers that are known, and questions for those that are not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tandem.services.imports.understood import Answers, Key, Question, Value
from tandem.taxonomy.words import fold

LONGEST_KEY = 200
MOST_OFFERED_FOR = 300
_MOST_EXAMPLES = 3
_MOST_LINES = 5

Offer = Callable[[], Sequence[Value]]


def normalise(text: str) -> str:
    """Return ``text`` as answers go by it: whatever its case, accents and punctuation.

    What consists of signs only stays as it is.
    """
    return (fold(text) or text.strip())[:LONGEST_KEY]


@dataclass
class _Asked:
    offer: Offer
    examples: dict[str, None] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    count: int = 0


class Asking:
    """Answers and questions of one list, while it is read."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._asked: dict[Key, _Asked] = {}
        self.line = 0
        """The line that is being read."""

    def answer(self, field_: str, text: str) -> tuple[Value] | None:
        """Return the answer to what ``text`` means, in a tuple since it may be None."""
        key = field_, normalise(text)
        return (self._answers[key],) if key in self._answers else None

    def ask(self, field_: str, text: str, offer: Offer, *, example: str = "") -> Key:
        """Note the question what ``text`` means, and return its key."""
        key = field_, normalise(text)
        asked = self._asked.setdefault(key, _Asked(offer))
        asked.count += 1
        if len(asked.examples) < _MOST_EXAMPLES:
            asked.examples[example or text] = None
        if len(asked.lines) < _MOST_LINES and self.line not in asked.lines:
            asked.lines.append(self.line)
        return key

    def questions(self) -> tuple[Question, ...]:
        """Return the questions, those that stand most often first."""
        ordered = sorted(self._asked.items(), key=lambda item: (-item[1].count, item[0]))
        return tuple(
            Question(
                field=key[0],
                text=key[1],
                examples=tuple(asked.examples),
                lines=tuple(asked.lines),
                count=asked.count,
                offered=tuple(asked.offer()) if at < MOST_OFFERED_FOR else (),
            )
            for at, (key, asked) in enumerate(ordered)
        )
