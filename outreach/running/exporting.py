"""Stored drafts and a campaign in; those that may leave the house, and why the others may not, out."""

from collections.abc import Mapping, Sequence

from outreach.domain.lines import GenerateLine
from outreach.intake.suppression import Suppression
from outreach.running.campaign import Campaign, intake_options
from outreach.store.store import StoredDraft


def exportable(
    drafts: Sequence[StoredDraft], campaign: Campaign, answered: Mapping[str, str] | None = None
) -> tuple[list[GenerateLine], list[tuple[str, str]]]:
    """Return the approved drafts that pass and that nobody has asked us to stop writing to since.

    `answered` says by outreach_id why a sequence has stopped, such as `answered: later`: none of those leaves.

    The suppression list is read again: somebody may have opted out after the draft was made. Raises FileError where it
    cannot be read, for an unreadable list is not an empty one.
    """
    options = intake_options(campaign.root, campaign.settings, campaign.icp)
    suppression = Suppression.read(options.suppression_files)
    chosen: list[GenerateLine] = []
    held_back: list[tuple[str, str]] = []
    for draft in drafts:
        if draft.state == "changed":
            held_back.append((draft.outreach_id, "it changed after it was approved: read it again"))
        if draft.state != "approved":
            continue
        line = draft.line
        person = line.prospect
        stop = suppression.match(
            email=person.email, linkedin_url=person.linkedin_url, company=person.company, domain=line.account,
            name=f"{person.first_name or ''} {person.last_name or ''}",
        )  # fmt: skip
        if stop is not None:
            held_back.append((draft.outreach_id, f"suppressed: {stop}"))
        elif answered and draft.outreach_id in answered:
            held_back.append((draft.outreach_id, answered[draft.outreach_id]))
        elif line.verdict == "fail":
            held_back.append((draft.outreach_id, "it fails the rubric"))
        else:
            chosen.append(line)
    return chosen, held_back
