"""Nothing in; how large the cache of answers is, or an empty one, out: `cache info` and `cache clear`."""

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import put


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    cache = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="The cache of model answers: nothing is paid for twice.",
    )
    cache.command("info")(info)
    cache.command("clear")(clear)
    app.add_typer(cache, name="cache")


def info(context: typer.Context) -> None:
    """Say how many answers are kept, and how much room they take."""
    from outreach.llm.cache import CompletionCache
    from outreach.running.models import cache_folder

    with CompletionCache(cache_folder(session_of(context).root)) as cache:
        found = cache.info()
    put(f"{found.entries} answers, {found.size_bytes / 1e6:.1f} MB in {found.folder}")


def clear(context: typer.Context) -> None:
    """Forget every answer. Drafts stay; drafting anew calls the model again."""
    from outreach.llm.cache import CompletionCache
    from outreach.running.models import cache_folder

    with CompletionCache(cache_folder(session_of(context).root)) as cache:
        put(f"{cache.clear()} answers removed")
