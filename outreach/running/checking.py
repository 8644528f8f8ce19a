"""A workspace or a lead list in; its faults, what is thin in meaning, and how a list was read, out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from outreach.authoring.questions import KINDS
from outreach.errors import FileErrors, OutreachError
from outreach.judging.criteria import load_criteria
from outreach.running.campaign import Campaign, load_campaign
from outreach.running.linting import lint_campaign
from outreach.running.qualifying import read_list
from outreach.running.voice_lint import lint_voice
from outreach.workspace.settings import load_settings


@dataclass(frozen=True)
class ListReport:
    """How a lead list was read. `headers` are (header, field or empty, note)."""

    title: str
    headers: list[tuple[str, str, str]]
    counts: dict[str, int]
    notes: list[str]
    unreadable: int


def check_workspace(
    root: Path, environment: Mapping[str, str]
) -> tuple[Campaign | None, list[str], list[OutreachError]]:
    """Return the campaign if it can be read, warnings about meaning, and the faults found."""
    try:
        campaign = load_campaign(root, load_settings(root, environment))
        load_criteria(campaign.library)
    except FileErrors as error:
        return None, [], list(error.errors)
    except OutreachError as error:
        return None, [], [error]
    return campaign, lint_meaning(campaign) + lint_voice(campaign), []


def lint_meaning(campaign: Campaign) -> list[str]:
    """Return what is well-formed but cannot mean what its author hopes; what is merely thin is counted."""
    warnings: list[str] = []
    for kind in KINDS:
        found = lint_campaign(kind, campaign)
        warnings += [f"{thin.told}: {thin.why}" for thin in found if thin.grave]
        rest = sum(not thin.grave for thin in found)
        if rest:
            group = "personas" if kind == "persona" else kind
            warnings.append(
                f"{group}: {rest} thinner {'place' if rest == 1 else 'places'}: outreach {group} lint"
            )
    return warnings


def check_list(path: Path, campaign: Campaign) -> ListReport:
    """Read a lead list and say how. Raises FileError when it cannot be read at all."""
    intake = read_list(path, campaign)
    suggestions = dict(intake.suggestions)
    headers = [
        (
            header,
            field or "",
            ""
            if field
            else (f"did you mean {suggestions[header]}?" if header in suggestions else "not used"),
        )
        for header, field in intake.mapping.items()
    ]
    counts = Counter(row.disposition for row in intake.rows)
    title = f"{intake.source_style or 'a list'}, {intake.encoding}, {len(intake.rows)} rows"
    held = [
        f"line {row.line}: {row.disposition}: {row.reason}"
        for row in intake.rows
        if row.disposition in {"review", "unreadable"}
    ]
    return ListReport(
        title, headers, dict(sorted(counts.items())), [*intake.notes, *held], counts["unreadable"]
    )
