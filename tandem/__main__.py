"""The `tandem` command: `python -m tandem` is the same."""

from tandem.cli import tandem


def main() -> None:
    """Run the command line."""
    tandem(prog_name="tandem")


if __name__ == "__main__":
    main()
