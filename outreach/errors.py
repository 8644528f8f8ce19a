"""What a user may be told: where, what is wrong, what to do, and the exit code it ends in."""

from pathlib import Path


class OutreachError(Exception):
    """A mistake a user can mend. Shown as two lines: `path:line: what` and `hint: …`; never as a traceback."""

    exit_code = 1

    def __init__(
        self, what: str, *, where: str | Path | None = None, line: int | None = None, hint: str = ""
    ) -> None:
        """Say what is wrong, at which file and line, and what to do."""
        super().__init__(what)
        self.what = what
        self.where = None if where is None else str(where)
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        """Return the two lines a user reads."""
        place = "" if self.where is None else self.where + (f":{self.line}" if self.line else "") + ": "
        return f"{place}{self.what}" + (f"\nhint: {self.hint}" if self.hint else "")


class FileError(OutreachError):
    """A file or setting is wrong or missing. Exit 1."""


class FileErrors(FileError):  # noqa: N818 - the plural of FileError
    """Several faults of one or more files, all shown at once. Exit 1."""

    def __init__(self, errors: list[OutreachError]) -> None:
        """Hold the faults in the order found; there is at least one."""
        first = errors[0]
        super().__init__(first.what, where=first.where, line=first.line, hint=first.hint)
        self.errors = errors

    def __str__(self) -> str:
        """Return two lines for each fault."""
        return "\n".join(str(error) for error in self.errors)


class UsageError(OutreachError):
    """The command line is wrong. Exit 2."""

    exit_code = 2


class ProviderError(OutreachError):
    """The provider refuses the run as a whole: bad key, no quota, unknown model. No further call is made. Exit 3."""

    exit_code = 3


class BudgetError(ProviderError):
    """The next call could cost more than `--max-usd` leaves. Exit 3."""


class CallError(OutreachError):
    """One call failed for good after its retries. The row is skipped with this reason; the run goes on."""

    exit_code = 4


class AnswerError(OutreachError):
    """An answer cannot be read as drafts: refusal, cut off, not the asked-for shape. The row may be asked again."""

    exit_code = 4
