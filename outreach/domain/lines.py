"""The lines and objects that users script against: what `qualify`, `generate` and `validate` write. Schemas: docs/schemas/."""

import datetime
from typing import Literal

from pydantic import Field

from outreach.domain.branches import After
from outreach.domain.drafts import SentenceBasis
from outreach.domain.judgement import Finding, SequenceContext, Verdict
from outreach.domain.opinions import JudgeCounts, JudgeReport
from outreach.domain.plans import CommitteePart
from outreach.domain.record import Record
from outreach.domain.vocabulary import Channel, Decision, Disposition, Fit


class QualifiedProspect(Record):
    """The prospect as a `qualify` line shows it. Absent is null."""

    first_name: str | None
    last_name: str | None
    greeting_name: str | None
    title: str | None
    seniority: str | None
    function: str | None
    company: str | None
    email: str | None
    linkedin_url: str | None
    language: str | None
    country: str | None


class IcpPart(Record):
    """The ICP verdict of a `qualify` line."""

    verdict: Fit
    score: float
    known_weight: float
    reasons: tuple[str, ...]


class PersonaPart(Record):
    """The persona verdict of a `qualify` line."""

    id: str | None
    buying_role: str | None
    verdict: Fit
    score: float
    reasons: tuple[str, ...]


class QualifyLine(Record):
    """A line of `qualify --out F.jsonl`: one row of the list and what became of it."""

    row: int
    line: int
    source: str
    disposition: Disposition
    reason: str | None = Field(description="why it is not `ready`")
    duplicate_of: int | None
    flags: tuple[str, ...]
    prospect: QualifiedProspect | None
    account: str | None
    icp: IcpPart | None
    persona: PersonaPart | None
    decision: Decision | None
    decision_reason: str | None


class DraftedProspect(Record):
    """The prospect as a `generate` line shows it. Absent is null."""

    first_name: str | None
    last_name: str | None
    title: str | None
    company: str | None
    email: str | None
    linkedin_url: str | None
    language: str
    country: str | None = Field(
        None, description="ISO 3166 alpha-2, of the person, else of the company: its calendar is kept"
    )


class VerdictPart(Record):
    """One of the two verdicts in a `generate` line."""

    verdict: Fit
    score: float
    reasons: tuple[str, ...]


class DraftedMessage(Record):
    """One message of a `generate` line, with its judgement and the basis of each sentence."""

    step: int
    channel: Channel
    day: int
    after: After = Field(
        "start",
        description="`accepted`: the day counts from the accepted connection request; `not_accepted`: only where it was not accepted",
    )
    date: datetime.date | None = Field(
        None,
        description="the day it is due, counted from `--start`; null for steps that wait for the request, and in the store",
    )
    subject: str | None
    body: str
    footer: str | None = Field(
        description="identity, postal address and opt-out of an email; not part of the body"
    )
    existing_thread: bool
    verdict: Literal["pass", "fail"]
    score: int
    defects: tuple[str, ...]
    findings: tuple[Finding, ...]
    basis: tuple[SentenceBasis, ...]


class Tokens(Record):
    """Tokens that a draft took, repairs included."""

    input: int
    output: int


class GenerateLine(Record):
    """A line of `generate --out F.jsonl`: a drafted sequence. `validate` can judge it again from `context`."""

    outreach_id: str
    row: int
    source: str
    prospect: DraftedProspect
    account: str | None
    persona: str
    buying_role: str
    icp: VerdictPart
    persona_match: VerdictPart
    decision: Decision
    overruled: Decision | None = Field(description="the decision that `--all` overruled")
    sequence: str
    variant: dict[str, str] = Field(
        description="variant by prompt task; `arm` names the arm of an experiment"
    )
    model: str
    provider: str
    fallback: bool
    language: str
    address: str
    verdict: Literal["pass", "fail"]
    score: int
    defects: tuple[str, ...]
    findings: tuple[Finding, ...] = Field(description="findings on the sequence as a whole")
    messages: tuple[DraftedMessage, ...]
    dropped_steps: tuple[str, ...]
    wait_days: int | None = Field(
        None,
        description="day by which the request must be accepted, else `not_accepted` steps run; null: there are none",
    )
    context: SequenceContext
    tokens: Tokens
    cost_usd: float | None
    judge: JudgeReport | None = Field(
        None, description="what a model said of it beside the rules; null without --judge"
    )
    committee: CommitteePart | None = Field(
        None, description="place among the people of the account; null for a single person"
    )
    bare_request: str = Field(
        "", description="why the connection request goes out without a note; empty: with one, or none at all"
    )
    invite_week: int | None = Field(
        None, description="week of the connection request, from 1; null without `invites_per_week`"
    )
    start_day: int = Field(0, description="days from the start of the whole list to this person's day 0")
    candidates: int | None = Field(
        None, description="how many drafts it was picked from; null where --samples did not ask for several"
    )
    redrafted: str | None = Field(
        None, description="what a person last asked to have changed; null where the text is as generated"
    )


class GenerateSummary(Record):
    """The object of `generate --json`: rows = drafted + skipped + duplicates + unreadable, always."""

    rows: int
    drafted: int
    skipped: dict[str, int]
    duplicates: int
    unreadable: int
    passed: int
    failed: int
    fallback: int
    reused: int
    llm_calls: int
    cached: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    wall_s: float
    cacheable_share: float | None = Field(
        None,
        description="part of the prompts' tokens, 0 to 1, in stable beginnings that a prompt cache can serve; null: no prompts",
    )


class JudgedSummary(GenerateSummary):
    """The object of `generate --judge --json`: its calls, tokens and cost are of writer and judge together."""

    judge: JudgeCounts


class ValidateLine(Verdict):
    """A line of `validate --out F.jsonl`."""
