"""The figures of the offline writer over real lists, roles and languages: `python -m benchmarks.writing [--every N] [-v]`.

Both shipped examples' offers meet their own list and four exported lists. Each reader is written to in each of the seven
buying roles (as `--persona` does) and five languages; colleagues of one account have different roles, as a committee has.
What must hold of every sequence, account and list is told as faults.
"""

import argparse
import datetime
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from outreach.domain.drafts import Draft
from outreach.domain.judgement import SequenceRecord, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.domain.record import text_in
from outreach.domain.vocabulary import BUYING_ROLES, LANGUAGES
from outreach.drafting.context import judging_record
from outreach.drafting.offline import load_templates, write_offline
from outreach.drafting.offline_templates import MessageTemplates
from outreach.rubric.checks_batch import Batch
from outreach.rubric.judge import judge_sequence
from outreach.running.campaign import Campaign, load_campaign
from outreach.running.qualifying import read_list
from outreach.running.triage import TriageOptions, triage
from outreach.workspace.library import Library
from outreach.workspace.settings import load_settings

ROOT = Path(__file__).parent.parent
EXAMPLES = ("saas-en", "latam")
#: Lead lists as tools export them; see tests/fixtures/SOURCES.md.
LISTS = tuple(ROOT / "tests" / "fixtures" / "intake" / f"{name}_12.csv" for name in ("apollo", "connections", "hubspot", "salesnav"))  # fmt: skip
#: A day on which the examples' facts are fresh.
AS_OF = datetime.date(2026, 11, 25)
LEAST_SCORE = 85
#: From this token sort ratio on, two messages to one account look like one.
ALIKE = 70.0


@dataclass
class Figures:
    """What was written, and what must not be."""

    combinations: int = 0
    drafts: int = 0
    passed: int = 0
    least_score: int = 100
    likeness: float = 0.0
    likest: str = ""
    skeleton: float = 0.0
    commonest: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sequence:
    """One prospect's sequence as it was written and judged."""

    plan: Plan
    draft: Draft
    record: SequenceRecord
    verdict: SequenceVerdict

    @property
    def name(self) -> str:
        """Who is written to, how."""
        plan = self.plan
        return f"{plan.prospect.last_name or plan.prospect.id}, {plan.persona.id}, {plan.language}"


@lru_cache(maxsize=8)
def wordings(language: str) -> MessageTemplates:
    return load_templates(language, lambda name: Library().find("messages", name))


def campaigns() -> Iterator[tuple[str, Campaign, Path]]:
    """Yield the name of each list in a campaign, the campaign, and the list's file."""
    for example in EXAMPLES:
        root = ROOT / "examples" / example
        campaign = load_campaign(root, load_settings(root, {}))
        for path in (root / "prospects.csv", *LISTS):
            yield f"{example}/{path.stem}", campaign, path


def plans(campaign: Campaign, people: list, role: str, language: str) -> Iterator[Plan]:
    """Yield a plan for each reader in one language. The first of an account has this role, each colleague the next one."""
    seen: Counter[str] = Counter()
    for at, row in enumerate(people):
        account = row.prospect.company.key or row.prospect.id
        own = BUYING_ROLES[(BUYING_ROLES.index(role) + seen[account]) % len(BUYING_ROLES)]
        seen[account] += 1
        # The personas of a role take turns.
        personas = [persona.id for persona in campaign.personas if persona.buying_role == own]
        spoken = row.prospect.model_copy(update={"language": language, "language_reason": "by hand"})
        options = TriageOptions(AS_OF, everyone=True, persona_id=personas[at % len(personas)])
        found = triage(row.model_copy(update={"prospect": spoken}), campaign, options)
        if found.plan is not None:
            yield found.plan


def write(campaign: Campaign, people: list, role: str, language: str) -> list[Sequence]:
    """Write a list's sequences one after the other: each knows what colleagues were written."""
    heard: dict[str, list[str]] = defaultdict(list)
    written = []
    for plan in plans(campaign, people, role, language):
        key = plan.prospect.company.key
        draft = write_offline(plan, wordings(language), avoid=heard[key] if key else ())
        heard[key] += [message.body for message in draft.messages]
        record = judging_record(plan, draft)
        written.append(Sequence(plan, draft, record, judge_sequence(record, campaign.rubric)))
    return written


def faults(one: Sequence) -> Iterator[str]:
    """Yield what is wrong with a sequence: verdict, score, repetition, order, honorifics."""
    found = [*one.verdict.findings, *(finding for step in one.verdict.steps for finding in step.findings)]
    told = "; ".join(f"{f.check} {f.quote!r} {f.message}" for f in found if f.severity != "info")
    if one.verdict.verdict == "fail":
        yield f"fails: {told}"
    elif one.verdict.score < LEAST_SCORE:
        yield f"score {one.verdict.score}: {told}"
    angles = [step.angle for step in one.plan.steps]
    keys = [key for angle in angles if any(key := (angle.pain_id, angle.claim_id, angle.fact_id))]
    if len(set(keys)) < len(keys):
        yield "an angle comes twice"
    asked = [step.ask_kind for step in one.plan.steps if step.ask_kind != "none"]
    if any(left == right for left, right in itertools.pairwise(asked)):
        yield f"one kind of ask twice in a row: {', '.join(asked)}"
    if product_first(one):
        yield "the first message speaks of the sender before the reader"
    if not one.plan.prospect.honorific and (title := _honorific(one)):
        yield f"an honorific that no column gave: {title}"


def product_first(one: Sequence) -> bool:
    """Say whether the first message that is no note names the sender's firm or product before anything of the reader."""
    body = next((m.body for m in one.draft.messages if m.channel != "connection_request"), "").casefold()
    offer, language = one.plan.offer, one.plan.language
    ours = [offer.sender.company, text_in(offer.product, language) or ""]
    at = min((body.find(text.casefold()) for text in ours if text and text.casefold() in body), default=-1)
    return at >= 0 and not _of_reader(one, body[:at])


def _of_reader(one: Sequence, text: str) -> bool:
    """Say whether a text holds the reader's firm, a sentence that rests on a fact or a pain, or a question."""
    first = next(m for m in one.draft.messages if m.channel != "connection_request")
    theirs = [b.sentence for b in first.basis if b.rests_on[0].startswith(("fact:", "pain:"))]
    company = one.plan.prospect.company.name
    return (bool(company) and company.casefold() in text) or "?" in text or any(s.casefold() in text for s in theirs)  # fmt: skip


def _honorific(one: Sequence) -> str:
    said = set(wordings(one.plan.language).file.honorifics.values())
    for message in one.draft.messages:
        greeting = message.body.split("\n")[0][:60]
        for title in said:
            if re.search(
                rf"(?<!\w){re.escape(title)} {re.escape(one.plan.prospect.last_name or '!')}", greeting
            ):
                return title
    return ""


def likeness(written: list[Sequence]) -> Iterator[tuple[float, str]]:
    """Yield the likeness of any two messages to two people of one account."""
    by_account: dict[str, list[Sequence]] = defaultdict(list)
    for one in written:
        if one.plan.prospect.company.key:
            by_account[one.plan.prospect.company.key].append(one)
    for colleagues in by_account.values():
        for left, right in itertools.combinations(colleagues, 2):
            for ours, theirs in itertools.product(left.draft.messages, right.draft.messages):
                ratio = fuzz.token_sort_ratio(ours.body, theirs.body)
                yield ratio, f"{left.name} step {ours.step} / {right.name} step {theirs.step}"


def skeletons(written: list[Sequence], campaign: Campaign) -> Iterator[tuple[float, str]]:
    """Yield the share of the commonest skeleton of each step, where there are enough messages to speak of one."""
    batch = Batch(campaign.rubric)
    for one in written:
        for message in one.draft.messages:
            batch.add(one.name, message.step, message.body, one.plan.language, one.record.context)
    for number, step in batch.steps.items():
        if step.seen >= campaign.rubric.limits.same_least:
            most = max(step.skeletons, key=lambda item: item.size)
            yield most.size / step.seen, f"step {number}: {most.size} of {step.seen}, {most.text}"


def measure(every: int = 1) -> Figures:
    """Write and judge; `every` 3 takes each third combination of offer, role and language."""
    figures = Figures()
    combinations = itertools.product(EXAMPLES, BUYING_ROLES, LANGUAGES)
    for example, role, language in itertools.islice(combinations, 0, None, every):
        lists = [(name, campaign, path) for name, campaign, path in campaigns() if name.startswith(example)]
        batch: list[Sequence] = []
        for name, campaign, path in lists:
            written = write(campaign, ready(campaign, path), role, language)
            add(figures, f"{name}, {role}, {language}", written)
            batch += written
        # One offer, role and language is one batch: all lists of it together, since a share of six messages is chance.
        add_batch(figures, f"{example}, {role}, {language}", lists[0][1], batch)
    return figures


def add_batch(figures: Figures, name: str, campaign: Campaign, written: list[Sequence]) -> None:
    """Take what the messages of a batch share into the figures."""
    for share, where in skeletons(written, campaign):
        if share > figures.skeleton:
            figures.skeleton, figures.commonest = share, f"{name}: {where}"
        if share >= campaign.rubric.limits.same_share:
            figures.faults.append(f"{name}: one skeleton for many: {where}")


def ready(campaign: Campaign, path: Path) -> list:
    """Return the rows of a list that may be drafted."""
    return _ready(campaign.root, path)


@lru_cache(maxsize=16)
def _ready(root: Path, path: Path) -> list:
    campaign = load_campaign(root, load_settings(root, {}))
    return [row for row in read_list(path, campaign).rows if row.disposition == "ready"]


def add(figures: Figures, name: str, written: list[Sequence]) -> None:
    """Take the sequences of one list, role and language into the figures."""
    figures.combinations += 1
    for one in written:
        figures.drafts += 1
        figures.passed += one.verdict.verdict == "pass"
        figures.least_score = min(figures.least_score, one.verdict.score)
        figures.faults += [f"{name}: {one.name}: {fault}" for fault in faults(one)]
    for ratio, where in likeness(written):
        if ratio > figures.likeness:
            figures.likeness, figures.likest = ratio, f"{name}: {where}"
        if ratio >= ALIKE:
            figures.faults.append(f"{name}: {where}: two messages to one account are alike ({ratio:.0f})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take each N-th combination")
    parser.add_argument("-v", "--verbose", action="store_true", help="name every fault")
    given = parser.parse_args()
    figures = measure(given.every)
    print(f"lists x roles x languages   {figures.combinations:6}")
    print(f"drafts                      {figures.drafts:6}")
    print(f"passed the rubric           {figures.passed:6}   (wanted: all)")
    print(f"least score                 {figures.least_score:6}   (wanted: {LEAST_SCORE})")
    print(
        f"worst likeness, one account {figures.likeness:6.1f}   (wanted: below {ALIKE:g})  {figures.likest}"
    )
    print(
        f"worst share of a skeleton   {figures.skeleton:6.2f}   (wanted: below the rubric's limit)  {figures.commonest}"
    )
    print(f"faults                      {len(figures.faults):6}   (wanted: 0)")
    for fault in figures.faults if given.verbose else figures.faults[:10]:
        print(f"  {fault}")
    return 1 if figures.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
