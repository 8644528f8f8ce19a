"""Texts in; lines on stdout (data) or stderr (all else) out, without what could drive the terminal."""

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from outreach.errors import OutreachError


def plain(text: str) -> str:
    """Return a text without control and bidi characters: what a prospect wrote must not move the cursor."""
    return "".join(
        char
        if char in "\n\t" or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in _BIDI)
        else " "
        for char in text
    )


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def say(text: str = "") -> None:
    """Write a line for a person on stderr."""
    typer.echo(plain(text), err=True)


def put(text: str = "") -> None:
    """Write a line of data on stdout."""
    typer.echo(plain(text))


def put_raw(text: str) -> None:
    """Write machine-readable text on stdout as it is; JSON escapes what could do harm."""
    sys.stdout.write(text)


def heading(text: str) -> str:
    """Return a text in bold where stdout is a terminal."""
    return typer.style(plain(text), bold=True) if sys.stdout.isatty() else plain(text)


def dim(text: str) -> str:
    """Return a text in grey where stdout is a terminal."""
    return typer.style(plain(text), dim=True) if sys.stdout.isatty() else plain(text)


def width() -> int:
    """Return the columns to write in: the terminal's, between 60 and 100."""
    return min(max(shutil.get_terminal_size((88, 24)).columns, 60), 100)


def wrap(text: str, indent: str = "  ", first: str | None = None) -> str:
    """Return a text wrapped to the width, each paragraph on its own, behind an indent."""
    start = indent if first is None else first
    lines: list[str] = []
    for number, paragraph in enumerate(plain(text).split("\n")):
        lines += textwrap.wrap(paragraph, width(), initial_indent=start if number == 0 else indent,
                               subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [indent.rstrip()]  # fmt: skip
    return "\n".join(lines)


def table(rows: Iterable[Sequence[Any]], header: Sequence[str] = ()) -> str:
    """Return rows as left-aligned columns two spaces apart; the last column is not cut."""
    cells = [
        [plain(str(cell)).replace("\n", " ") for cell in row]
        for row in ([header] if header else []) + list(rows)
    ]
    if not cells:
        return ""
    widths = [
        max(display_width(row[i]) for row in cells if i < len(row)) for i in range(max(map(len, cells)))
    ]
    lines = []
    for row in cells:
        padded = [cell + " " * (widths[i] - display_width(cell)) for i, cell in enumerate(row[:-1])]
        lines.append("  ".join([*padded, row[-1]]).rstrip())
    return "\n".join(lines)


def display_width(text: str) -> int:
    """Return the terminal cells a text takes: wide characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def report_error(error: OutreachError) -> None:
    """Write an error's two lines on stderr."""
    say(str(error))


def report_usage(error: Any) -> None:
    """Write a mistake on the command line in two lines."""
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "outreach")
    say(f"{command}: {str(error.format_message()).splitlines()[0]}")
    say(f"hint: {command} --help")


class Progress:
    """One line on stderr that counts; silent where stderr is no terminal."""

    def __init__(self, total: int, what: str) -> None:
        """Count up to `total` of `what`."""
        self.total, self.what, self.done = total, what, 0
        self.shown = sys.stderr.isatty() and total > 0

    def step(self, note: str = "") -> None:
        """Count one more."""
        self.done += 1
        if self.shown:
            typer.echo(f"\r{self.done}/{self.total} {self.what} {plain(note)[:40]:40}", nl=False, err=True)

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            typer.echo("\r" + " " * 70 + "\r", nl=False, err=True)
