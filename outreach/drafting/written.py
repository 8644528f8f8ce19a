"""What a writer hands over: a draft, its judgement, what it took, and the drafts it was picked from."""

from dataclasses import dataclass

from outreach.domain.drafts import Draft
from outreach.domain.judgement import Finding, SequenceVerdict
from outreach.domain.vocabulary import Severity


@dataclass(frozen=True)
class Contender:
    """One of several drafts of a plan: what it came to, and why it was picked or not. No draft: `reason` says why."""

    number: int
    reason: str
    picked: bool = False
    draft: Draft | None = None
    verdict: SequenceVerdict | None = None


@dataclass(frozen=True)
class Written:
    """A judged draft. Tokens and cost count every try, repairs and other candidates included.

    `cost_usd` None: no price is known. `contenders`: empty where one draft was asked for. `is_partial`: a call for one of
    them failed, so that another run may find more to pick from.
    """

    draft: Draft
    verdict: SequenceVerdict
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    tries: int = 1
    contenders: tuple[Contender, ...] = ()
    is_partial: bool = False


def findings_of(verdict: SequenceVerdict, severity: Severity) -> list[Finding]:
    """Return the findings of a severity: those of the steps, then those of the sequence."""
    found = [finding for step in verdict.steps for finding in step.findings] + list(verdict.findings)
    return [finding for finding in found if finding.severity == severity]
