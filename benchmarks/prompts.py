"""The part of the prompts' tokens that a provider's prompt cache can serve, and calls per prospect: `python -m benchmarks.prompts`."""

import shutil
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.running.campaign import load_campaign
from outreach.running.prompt_share import PromptShare, prompt_share
from outreach.running.qualifying import read_list
from outreach.running.triage import TriageOptions, triage
from outreach.workspace.library import Library
from outreach.workspace.settings import load_settings

EXAMPLES = ("saas-en", "latam")
DAY = date(2026, 11, 20)
#: The share, for a list that shares persona and offer, that the project asks for.
WANTED = 0.7


def plans_of(example: str) -> list:
    """Return the plans of a shipped example's list, of all rows that can be planned."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(Library().builtin / "examples" / example, Path(folder) / example))
        campaign = load_campaign(root, load_settings(root, {}))
        rows = read_list(root / "prospects.csv", campaign).rows
        planned = (triage(row, campaign, TriageOptions(DAY, everyone=True)).plan for row in rows)
        return [plan for plan in planned if plan is not None]


def shares(example: str, variant: str) -> dict[str, PromptShare]:
    """Return the share of a variant over an example's list, by persona, language and steps: each is such a list."""
    prompts = Prompts(PromptEnvironment(Library().builtin / "prompts"), b"bench")
    groups = defaultdict(list)
    for plan in plans_of(example):
        groups[f"{plan.persona.id} {plan.language}"].append(
            prompts.sequence(plan.model_copy(update={"variant": variant}))
        )
    return {name: prompt_share(found) for name, found in groups.items()}


def main() -> int:
    """Print one row for each example and variant: the least share of a list, and that of all lists together."""
    worst = 1.0
    variants = PromptEnvironment(Library().builtin / "prompts").variants("sequence")
    for example in EXAMPLES:
        for variant in variants:
            found = shares(example, variant)
            least = min(found, key=lambda name: found[name].share)
            tokens, stable = (
                sum(getattr(one, name) for one in found.values()) for name in ("tokens", "stable_tokens")
            )
            prompts = sum(one.prompts for one in found.values())
            worst = min(worst, found[least].share)
            print(
                f"{example:8} {variant:9} {stable / tokens:4.0%} of {tokens / prompts:5.0f} tokens a prospect stable; "
                f"least {found[least].share:4.0%} ({least})   (wanted: {WANTED:.0%})"
            )
    return 0 if worst >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main())
