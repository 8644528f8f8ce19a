"""Command line in; exit codes, data on stdout and everything else on stderr out. Prints and exits happen only here."""


def main() -> None:
    """Run the command line: the entry point of `outreach`."""
    from outreach.cli.app import app

    app()
