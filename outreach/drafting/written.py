"""What a writer hands over: a draft, its judgement, and what it took."""

from dataclasses import dataclass

from outreach.domain.drafts import Draft
from outreach.domain.judgement import SequenceVerdict


@dataclass(frozen=True)
class Written:
    """A judged draft. Tokens and cost count every try, repairs included; `cost_usd` None: no price is known."""

    draft: Draft
    verdict: SequenceVerdict
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    tries: int = 1
