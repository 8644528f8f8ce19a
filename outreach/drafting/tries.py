"""What the tries of one draft came to: each with its verdict, which is better, what a repair broke, and the bill of them all."""

from dataclasses import dataclass, field

from outreach.domain.completions import Completion, Prompt, Usage
from outreach.domain.drafts import Draft
from outreach.domain.judgement import Finding, SequenceVerdict
from outreach.drafting.written import Written, findings_of
from outreach.llm.provider import CompletionSource


@dataclass(frozen=True)
class Try:
    """A draft and its verdict; tries are compared by errors, then by score."""

    draft: Draft
    verdict: SequenceVerdict

    @property
    def errors(self) -> list[Finding]:
        """All errors, of the steps and of the sequence."""
        return findings_of(self.verdict, "error")

    def is_better_than(self, other: "Try") -> bool:
        """Fewer errors, or as many and a better score."""
        return (len(self.errors), -self.verdict.score) < (len(other.errors), -other.verdict.score)

    def news(self, before: "Try") -> list[Finding]:
        """Return the errors that were not there before."""
        known = {(finding.check, finding.quote) for finding in before.errors}
        return [finding for finding in self.errors if (finding.check, finding.quote) not in known]


@dataclass
class Bill:
    """What the tries of one prospect took. An answer out of our cache costs nothing."""

    calls: int = 0
    usages: list[Usage] = field(default_factory=list)

    async def paid(self, client: CompletionSource, prompt: Prompt, sample: int) -> Completion:
        """Answer a prompt and note what it took. A refused call counts as a try, too."""
        self.calls += 1
        completion = await client.complete(prompt, sample)
        free = completion.usage.model_copy(update={"cost_usd": 0.0})
        self.usages.append(free if completion.cached else completion.usage)
        return completion

    def written(self, best: Try) -> Written:
        """Return the best try as what a writer hands over, with what all tries took."""
        costs = [usage.cost_usd for usage in self.usages]
        return Written(
            draft=best.draft,
            verdict=best.verdict,
            input_tokens=sum(usage.input_tokens for usage in self.usages),
            output_tokens=sum(usage.output_tokens for usage in self.usages),
            cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
            tries=self.calls,
        )
