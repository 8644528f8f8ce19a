"""`outreach.toml`, the environment and flags in; one settings record out: flags over environment over file over defaults."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from outreach.domain.record import Record
from outreach.errors import FileError
from outreach.workspace.files import read_toml
from outreach.workspace.locate import SETTINGS_NAME

#: A longer row of days off is a typing mistake in a year.
_MAX_DAYS_OFF = 366


class WorkspaceSection(Record):
    """`[workspace]`: the name, and the language of plain texts in its files."""

    name: str = "workspace"
    language: str = "en"


class ModelSection(Record):
    """`[model]`: who writes. `auto` is OpenAI where OPENAI_API_KEY is set, else the offline writer."""

    name: str = Field("auto", description="auto, offline or provider:model")
    base_url: str | None = None
    temperature: float = Field(0.7, ge=0, le=2)
    max_output_tokens: int = Field(3000, gt=0, le=100_000)
    timeout_s: float = Field(90, gt=0, description="total deadline of one call")
    concurrency: int = Field(8, gt=0, le=256)
    rpm: int | None = Field(None, gt=0, description="requests a minute")
    tpm: int | None = Field(None, gt=0, description="tokens a minute")


class LinkedInSection(Record):
    """`[linkedin]`: the sender's account; a free one may write notes of 200 characters, a premium one 300."""

    account: Literal["free", "premium"] = "free"
    notes_left: int | None = Field(
        None,
        ge=0,
        description="notes that connection requests of this list may carry; the others go out bare",
    )
    invites_per_week: int | None = Field(None, gt=0, description="connection requests a week, at most")


class CommitteeSection(Record):
    """`[committee]`: how people of one account are written to side by side."""

    spacing_days: int = Field(2, ge=0, le=60, description="days between the starts of two colleagues")
    people: int | None = Field(None, gt=0, description="people of an account at once, at most")


class SequenceSection(Record):
    """`[sequence]`: the sequence used where none is named."""

    default: str = "linkedin-first"


class RubricSection(Record):
    """`[rubric]`: the rubric that judges drafts."""

    name: str = "default"


class IntakeSection(Record):
    """`[intake]`: how a lead list is read, and what joins it."""

    default_country: str | None = Field(None, description="ISO 3166 alpha-2, where the list names none")
    facts_file: str | None = Field(None, description="facts.csv, relative to the workspace")
    accounts_file: str | None = Field(None, description="accounts.csv, relative to the workspace")
    facts: dict[str, str] = Field(default_factory=dict, description="column = kind: its cells are facts")
    columns: dict[str, str] = Field(
        default_factory=dict, description="header = field, where the header is read wrongly"
    )


class GenerateSection(Record):
    """`[generate]`: how many drafts to pick from, how often a failing one is repaired, and what a run may cost."""

    samples: int = Field(1, ge=1, le=10, description="drafts of each prospect, for the best to be picked")
    max_repairs: int = Field(2, ge=0, le=5)
    max_usd: float | None = Field(None, ge=0)


def _day_off(value: object) -> object:
    """Check a day or a range of days. TOML has dates of its own: they are taken as well."""
    text = value.isoformat() if isinstance(value, date) else value
    if isinstance(text, str):
        days_of(text)
    return text


def days_of(text: str) -> tuple[date, date]:
    """Return the first and last day of `2026-12-24` or `2026-12-27..2027-01-02`. Raises ValueError with what is wrong."""
    parts = text.split("..")
    try:
        first, last = (date.fromisoformat(part.strip()) for part in (parts[0], parts[-1]))
    except ValueError:
        msg = "no day off; write 2026-12-24 or 2026-12-27..2027-01-02"
        raise ValueError(msg) from None
    if len(parts) > 2 or last < first:
        msg = "the last day comes before the first" if len(parts) == 2 else "more than two days with `..`"
        raise ValueError(msg)
    if (last - first).days > _MAX_DAYS_OFF:
        msg = f"more than {_MAX_DAYS_OFF} days off in a row"
        raise ValueError(msg)
    return first, last


def _country(code: str) -> str:
    import pycountry

    if pycountry.countries.get(alpha_2=code) is None or not code.isupper():
        msg = "no country's ISO code; write two capitals such as ES"
        raise ValueError(msg)
    return code


class CalendarSection(Record):
    """`[calendar]`: the sender's own holidays and days off; the prospect's are kept in any case."""

    country: Annotated[str, AfterValidator(_country)] | None = Field(
        None, description="ISO 3166 alpha-2: public holidays of this country are left out as well"
    )
    skip: tuple[Annotated[str, BeforeValidator(_day_off)], ...] = Field(
        (), description="own days off: 2026-12-24, or a range 2026-12-27..2027-01-02"
    )


class Settings(Record):
    """Everything `outreach.toml` may say. A file names only what differs from the defaults."""

    workspace: WorkspaceSection = WorkspaceSection()
    model: ModelSection = ModelSection()
    linkedin: LinkedInSection = LinkedInSection()
    committee: CommitteeSection = CommitteeSection()
    sequence: SequenceSection = SequenceSection()
    rubric: RubricSection = RubricSection()
    intake: IntakeSection = IntakeSection()
    generate: GenerateSection = GenerateSection()
    calendar: CalendarSection = CalendarSection()
    address: dict[str, str] = Field(
        default_factory=dict, description='form of address by language: es = "usted"'
    )


#: Environment variables that override the file, and the setting each of them is.
ENVIRONMENT: dict[str, tuple[str, str]] = {
    "OUTREACH_MODEL": ("model", "name"),
    "OUTREACH_BASE_URL": ("model", "base_url"),
    "OUTREACH_SEQUENCE": ("sequence", "default"),
    "OUTREACH_RUBRIC": ("rubric", "name"),
}


def load_settings(
    root: Path, environment: Mapping[str, str], flags: Mapping[tuple[str, str], Any] | None = None
) -> Settings:
    """Read a workspace's settings and lay environment and flags over them; a flag of None counts as not given."""
    settings = read_toml(root / SETTINGS_NAME, Settings)
    given = {place: environment[name] for name, place in ENVIRONMENT.items() if environment.get(name)}
    given |= {place: value for place, value in (flags or {}).items() if value is not None}
    return override(settings, given)


def override(settings: Settings, given: Mapping[tuple[str, str], Any]) -> Settings:
    """Return the settings with these `(section, key)` values. Raises FileError on a value that does not fit."""
    for (section, key), value in given.items():
        old = getattr(settings, section)
        try:
            new = type(old).model_validate({**old.model_dump(), key: value})
        except ValueError as error:
            raise FileError(f"{section}.{key}: {value!r} does not fit", where=SETTINGS_NAME,
                            hint=str(error).splitlines()[2].strip()) from None  # fmt: skip
        settings = settings.model_copy(update={section: new})
    return settings
