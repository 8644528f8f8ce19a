"""A lead list and a campaign in; a line with the two verdicts for each row, and counts by decision, out."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from outreach.domain.lines import QualifyLine
from outreach.intake.options import Intake
from outreach.intake.read import read_prospects
from outreach.running.campaign import Campaign, intake_options
from outreach.running.lines import qualify_line
from outreach.running.triage import TriageOptions, verdicts

#: Counts that are always shown, in this order, even when they are zero.
_ALWAYS = (
    "rows",
    "write",
    "write_generic",
    "ask_for_data",
    "route",
    "skip",
    "review",
    "suppressed",
    "duplicate",
    "unreadable",
)


def read_list(prospects: Path, campaign: Campaign, accounts: Path | None = None) -> Intake:
    """Read a lead list as this workspace reads it."""
    return read_prospects(prospects, intake_options(campaign.root, campaign.settings, campaign.icp, accounts))


def qualify_rows(
    prospects: Path, campaign: Campaign, as_of: date, accounts: Path | None = None
) -> list[QualifyLine]:
    """Judge every row of a list. Rows held for review are judged too, so that a person sees what they are worth."""
    options = TriageOptions(as_of)
    return [
        qualify_line(
            row,
            verdicts(row.prospect, campaign, options)
            if row.prospect is not None and row.disposition in {"ready", "review"}
            else None,
        )
        for row in read_list(prospects, campaign, accounts).rows
    ]


def count_decisions(lines: Sequence[QualifyLine]) -> dict[str, int]:
    """Count rows: ready ones by decision, the others by disposition; the counts add up to `rows`."""
    counts: Counter[str] = Counter(
        line.decision if line.disposition == "ready" and line.decision else line.disposition for line in lines
    )
    return {"rows": len(lines), **{name: counts.get(name, 0) for name in _ALWAYS[1:]}}
