"""The prompts of a run in; how many tokens they have and how much of them a provider's prompt cache can serve out."""

from collections.abc import Iterable
from dataclasses import dataclass

from outreach.domain.completions import Prompt
from outreach.domain.plans import Plan
from outreach.running.writers import LlmWriter, Writer
from outreach.text.counting import likely_tokens


@dataclass(frozen=True)
class PromptShare:
    """Tokens, at four bytes each, of the first call of each prospect.

    Attributes:
        prompts: how many there are.
        tokens: of all prompts.
        stable_tokens: of their stable beginnings.
        beginnings: how many different beginnings there are: one for each persona, offer, sequence and language.
        common_tokens: of the start that all of these share.
    """

    prompts: int
    tokens: int
    stable_tokens: int
    beginnings: int
    common_tokens: int

    @property
    def share(self) -> float:
        """The part of all tokens, 0 to 1, that stands in a stable beginning."""
        return self.stable_tokens / max(1, self.tokens)

    def line(self) -> str:
        """Return the figures as a line for a person."""
        if self.prompts == 1:
            return f"prompt: about {self.tokens} tokens, {self.share:.0%} of them in the stable beginning that a prompt cache can serve"
        return (
            f"prompts: about {self.tokens} tokens, {self.share:.0%} of them in stable beginnings that a prompt cache can serve "
            f"({self.beginnings} different for {self.prompts} prospects; the first {self.common_tokens} tokens are common to all)"
        )


def prompt_share(prompts: Iterable[Prompt]) -> PromptShare:
    """Count the tokens of prompts and of their stable beginnings."""
    count = tokens = stable = 0
    beginnings: set[str] = set()
    for prompt in prompts:
        text = "".join(message.content for message in prompt.messages)
        beginning = text[: prompt.stable_chars]
        beginnings.add(beginning)
        count, tokens, stable = count + 1, tokens + likely_tokens(text), stable + likely_tokens(beginning)
    common = likely_tokens(common_start(beginnings))
    return PromptShare(count, tokens, stable, len(beginnings), common)


def common_start(texts: Iterable[str]) -> str:
    """Return the start that all texts have in common; of none, nothing."""
    ordered = sorted(texts)
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]  # of sorted texts these two differ first
    length = next(
        (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    return first[:length]


def share_of(writer: Writer, plans: Iterable[Plan]) -> PromptShare | None:
    """Return the share over the plans that a writer writes with a model; None for one that sends no prompt."""
    return prompt_share(writer.prompt(plan) for plan in plans) if isinstance(writer, LlmWriter) else None
