"""`tandem demo`: make a demo programme and print how to sign in."""

import click

from tandem.cli.settings import open_session, read_settings
from tandem.services import demo as demos

_MOST = 5000
_PEOPLE = click.IntRange(0, _MOST)


@click.command()
@click.option("--mentors", type=_PEOPLE, help="How many mentors; default: the written demo.")
@click.option("--mentees", type=_PEOPLE, help="How many mentees.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
def demo(mentors: int | None, mentees: int | None, seed: int) -> None:
    """Make a demo programme with approved profiles, ready for a round.

    Without numbers it is "Tandem Dithmarschen", written by hand. A programme that is there
    already stays as it is.
    """
    if (mentors is None) != (mentees is None):
        raise click.UsageError("Give both --mentors and --mentees, or neither.")
    settings = read_settings()
    if settings.production:
        raise click.ClickException("Demo people have no place in production.")
    password = demos.demo_password(settings.instance)
    with open_session(settings) as session:
        if mentors is None or mentees is None:
            programme = demos.make_dithmarschen(session, password=password)
        else:
            programme = demos.make_sized(
                session, mentors=mentors, mentees=mentees, seed=seed, password=password
            )
        click.echo(f"{programme.name}: {settings.public_base_url}/{programme.slug}/")
        for card in demos.sign_in_cards(session, programme):
            click.echo(f"  {card.role.value:<12} {card.email:<52} {password}")
        click.echo("  (all other demo people sign in with the same password)")
