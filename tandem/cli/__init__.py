"""The command line: each command calls one service, and is loaded only when it is used."""

from importlib import import_module

import click

_COMMANDS = {
    "demo": "tandem.cli.demo",
    "mail": "tandem.cli.mail",
    "match": "tandem.cli.match",
    "policy": "tandem.cli.policy",
    "round": "tandem.cli.round",
    "serve": "tandem.cli.serve",
    "simulate": "tandem.cli.simulate",
    "taxonomy": "tandem.cli.taxonomy",
    "upgrade": "tandem.cli.upgrade",
    "worker": "tandem.cli.worker",
}
_NAMES = {"round": "round_"}
"""Commands whose name is a word of Python."""


class _OnDemand(click.Group):
    """Loads a command when it is called, so that `tandem match` needs no web and no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(_COMMANDS[cmd_name]), _NAMES.get(cmd_name, cmd_name)
        )
        return command


@click.group(cls=_OnDemand)
@click.version_option(package_name="tandem")
def tandem() -> None:
    """Tandem: a municipality's mentoring programme."""
