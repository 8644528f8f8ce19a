"""The plan of an answer and whoever writes in; the drafted answer with verdict and basis out; and a model's class, verified."""

from collections.abc import Callable, Sequence

from outreach.domain.completions import Completion
from outreach.domain.drafts import Draft, SentenceBasis
from outreach.domain.replies import REPLY_CLASSES, DraftedAnswer, ReplyClass, ReplyReading
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.judged import judge_draft
from outreach.drafting.llm_writer import PromptSource, write_with_llm
from outreach.drafting.reply_judging import ReplyExaminer, for_answers
from outreach.drafting.reply_offline import ReplyTemplates, write_reply_offline
from outreach.drafting.reply_plan import SAID, ReplyPlan
from outreach.drafting.written import Written
from outreach.llm.provider import CompletionSource
from outreach.rubric.rubrics import Rubric
from outreach.text.json_values import json_values

#: A quote shorter than this stands in any text.
_QUOTE_CHARS = 3


async def write_answer_offline(
    reply: ReplyPlan, templates: ReplyTemplates, rubric: Rubric, subject: str | None
) -> Written:
    """Write and judge the answer from templates. Raises NoTextInLanguage."""
    draft = write_reply_offline(reply, templates, subject)
    return Written(draft, await judge_draft(draft, reply.plan, for_answers(rubric), ReplyExaminer(reply)))


async def write_answer(
    reply: ReplyPlan, client: CompletionSource, prompts: PromptSource, rubric: Rubric, max_repairs: int, subject: str | None
) -> Written:  # fmt: skip
    """Write the answer with a model; it is verified, judged and repaired like any draft.

    Raises:
        AnswerError, CallError: no answer could be had.
        ProviderError: the provider refuses the run as a whole.
    """
    return await write_with_llm(
        reply.plan, client, prompts, for_answers(rubric), max_repairs, examiner=ReplyExaminer(reply), finish=_in_thread(subject)
    )  # fmt: skip


def _in_thread(subject: str | None) -> Callable[[Draft], Draft]:
    """Return what gives a letter the subject of the thread it stands in: that is not the model's to choose."""

    def finish(draft: Draft) -> Draft:
        messages = tuple(
            message.model_copy(update={"subject": subject if message.channel in SUBJECT_CHANNELS else None})
            for message in draft.messages
        )
        return draft.model_copy(update={"messages": messages})

    return finish


def drafted_answer(written: Written, reply: ReplyPlan, notes: Sequence[str]) -> DraftedAnswer:
    """Return the answer as it is kept: what rests on the reply is marked `reply`."""
    said = {f"fact:{fact.id}" for fact in reply.plan.facts if fact.kind == SAID}
    message = written.draft.messages[0]
    basis = tuple(
        SentenceBasis(
            sentence=one.sentence,
            rests_on=tuple(dict.fromkeys("reply" if ref in said else ref for ref in one.rests_on)),
        )
        for one in message.basis
    )
    step = written.verdict.steps[0]
    own = tuple(finding for finding in written.verdict.findings if finding.check != "S0")
    return DraftedAnswer(
        message=message.model_copy(update={"basis": basis}),
        verdict=written.verdict.verdict,
        score=written.verdict.score,
        findings=(*step.findings, *own),
        provider=written.draft.provider,
        model=written.draft.model,
        notes=tuple(notes),
    )


def model_s_class(completion: Completion, reading: ReplyReading) -> tuple[ReplyClass, str] | None:
    """Return the class a model gives with the words it quotes, or None: the quote must stand in the answer as it is."""
    for value in json_values(completion.text[:20_000]):
        if not isinstance(value, dict):
            continue
        kind, quote = value.get("class"), value.get("quote")
        if kind not in REPLY_CLASSES or kind == "unclear" or not isinstance(quote, str):
            continue
        if len(quote.strip()) >= _QUOTE_CHARS and _squashed(quote) in _squashed(reading.text):
            found: ReplyClass = kind
            return found, quote.strip()
    return None


def _squashed(text: str) -> str:
    return " ".join(text.casefold().split())
