"""A workspace or a lead list in; its faults, what is thin in meaning, and how a list was read, out."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from outreach.errors import FileErrors, OutreachError
from outreach.judging.criteria import load_criteria
from outreach.running.campaign import Campaign, load_campaign
from outreach.running.qualifying import read_list
from outreach.running.voice_lint import lint_voice
from outreach.text.folding import folded_words
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
    """Return what is well-formed but cannot mean what its author hopes."""
    offer = campaign.offer
    pains = {pain.id for persona in campaign.personas for pain in persona.pain_points}
    warnings = [f"personas: {persona.id} has no pain points, so there is nothing to write about"
                for persona in campaign.personas if not persona.pain_points]  # fmt: skip
    claimed: dict[str, list[str]] = defaultdict(list)
    for persona in campaign.personas:
        for title in {" ".join(folded_words(title)) for title in persona.match.titles}:
            claimed[title].append(persona.id)
    warnings += [
        f"personas: the title {title!r} is claimed by {' and '.join(ids)}"
        for title, ids in claimed.items()
        if len(ids) > 1
    ]
    for claim in offer.claims:
        if not claim.proof:
            warnings.append(
                f"offer.yaml: claim {claim.id} has no proof: say what you hold that shows it is true"
            )
        unknown = [pain for pain in claim.answers if pain not in pains]
        if unknown:
            warnings.append(
                f"offer.yaml: claim {claim.id} answers {', '.join(unknown)}, which no persona has"
            )
    if not any(pain in pains for claim in offer.claims for pain in claim.answers):
        warnings.append(
            "offer.yaml: no claim answers a pain of any persona: drafts can only ask, never offer"
        )
    if not offer.asks:
        warnings.append("offer.yaml: no asks, so every message can only end in a question")
    if any(step.channel == "email" for step in campaign.sequence.steps) and not offer.sender.postal_address:
        warnings.append(
            "offer.yaml: sender.postal_address is empty; an email must carry one in many countries"
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
