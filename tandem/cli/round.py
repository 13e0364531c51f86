"""`tandem round`: check what was worked out for a round."""

from collections.abc import Sequence

import click

from tandem.cli.settings import open_session, read_settings
from tandem.errors import NotFound
from tandem.services.matchmaking.replaying import Pair, Replay, replay
from tandem.services.matchmaking.solving import NotSolved

_MOST_SHOWN = 20
_DIFFERS = 1


@click.group("round")
def round_() -> None:
    """Check what was worked out for a round."""


# A key is random and may begin with a hyphen.
@round_.command("replay", context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.option("--solving", type=click.IntRange(1), help="Which one; default: the result in use.")
def replay_round(key: str, solving: int | None) -> None:
    """Solve the round under KEY once more and compare; KEY ends the address of its page.

    Ends with 1 where anything differs.
    """
    with open_session(read_settings()) as session:
        try:
            found = replay(session, key, number=solving)
        except NotFound as error:
            raise click.ClickException("No such round, or it has no such result.") from error
        except NotSolved as error:
            raise click.ClickException(f"The engine refuses it now: {error}") from error
    for line in _told(found):
        click.echo(line)
    if not found.is_same:
        raise SystemExit(_DIFFERS)


def _told(found: Replay) -> list[str]:
    lines = [f"solving {found.number}, {found.engine}", f"digest {found.digest}"]
    if found.erased:
        lines.append(f"people erased since: {found.erased} (their entries count, without a name)")
    if found.is_same:
        return [*lines, "The same, digit for digit."]
    lines.append(f"digest now {found.digest_now}")
    if found.engine != found.engine_now:
        lines.append(f"engine now {found.engine_now}: results may differ from those of another")
    lines.append(f"points {found.score}, now {found.score_now}")
    for what, pairs in (
        ("no longer made", found.lost),
        ("made now", found.gained),
        ("other points", found.rescored),
    ):
        lines += _listed(what, pairs)
    return [*lines, "It differs."]


def _listed(what: str, pairs: Sequence[Pair]) -> list[str]:
    lines = [f"{what}: {mentor} with {mentee}" for mentor, mentee in pairs[:_MOST_SHOWN]]
    more = len(pairs) - len(lines)
    return [*lines, f"{what}: {more} more"] if more > 0 else lines
