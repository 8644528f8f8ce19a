"""A completion and its plan in; the draft out, or what to tell the model: nothing it says of itself is kept or believed."""

from collections.abc import Collection

from outreach.domain.branches import meet
from outreach.domain.completions import Completion
from outreach.domain.drafts import Draft, Message, SentenceBasis
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.vocabulary import SOFT_BASES, SUBJECT_CHANNELS, Channel
from outreach.drafting.answer_cleaning import clean_message, is_refusal
from outreach.drafting.answer_json import RawMessage, RawSentence, read_messages
from outreach.drafting.context import judging_context
from outreach.drafting.footer import email_footer, sign_off
from outreach.drafting.manner import manner_of
from outreach.errors import AnswerError
from outreach.prompting.material import basis_ids


def read_answer(completion: Completion, plan: Plan, steps: Collection[int] | None = None) -> Draft:
    """Read a draft from an answer.

    Args:
        completion: what the model answered; JSON, JSON in prose or a code fence, or plain text with headings.
        plan: what was asked for.
        steps: numbers of the steps that were asked for; None: all of the plan.

    Returns:
        A draft with one message for each step asked for, in the plan's order. Its basis is what the model declares:
        see `outreach.drafting.basis` for what it is worth.

    Raises:
        AnswerError: cut off, refused, not the asked-for shape, wrong steps, an empty message. Its first line says to
            the model what was wrong.
    """
    hint = f"{completion.provider}:{completion.model} gave an answer that holds no draft"
    try:
        raws = _by_step(
            _checked(completion), [step.step for step in plan.steps if steps is None or step.step in steps]
        )
        messages = tuple(
            _message(clean_message(raws[step.step], plan.offer.sender), step, plan)
            for step in plan.steps
            if step.step in raws
        )
    except AnswerError as error:
        raise AnswerError(error.what, hint=hint) from None
    return Draft(
        outreach_id=plan.outreach_id,
        language=plan.language,
        messages=with_thread_subjects(messages),
        provider=completion.provider,
        model=completion.model,
    )


def with_thread_subjects(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the messages with each reply in a thread under the subject of the email that it replies to."""
    done: list[Message] = []
    for message in messages:
        before = [
            one.subject for one in done if one.channel in SUBJECT_CHANNELS and meet(one.after, message.after)
        ]
        threaded = message.existing_thread and before
        done.append(message.model_copy(update={"subject": before[-1]}) if threaded else message)
    return tuple(done)


def _checked(completion: Completion) -> list[RawMessage]:
    if completion.finish_reason == "length":
        raise AnswerError("it was cut off before its end; write shorter messages and nothing beside the JSON")
    if completion.finish_reason in {"content_filter", "refusal"}:
        raise AnswerError("it was withheld by a content filter; write plainly and only from the ground given")
    if is_refusal(completion.text):
        raise AnswerError("it was a refusal; write the messages from the ground given, or plainer ones")
    return read_messages(completion.text)


def _by_step(raws: list[RawMessage], wanted: list[int]) -> dict[int, RawMessage]:
    """Return the messages by step number. Messages without numbers count in order; too many or too few are refused."""
    if all(raw.step is None for raw in raws) and len(raws) == len(wanted):
        return dict(zip(wanted, raws, strict=True))
    found: dict[int, RawMessage] = {}
    for raw in raws:
        if raw.step is None or raw.step in found:
            raise AnswerError(f"each message needs its own step number out of {_listed(wanted)}")
        found[raw.step] = raw
    missing = [step for step in wanted if step not in found]
    extra = [step for step in found if step not in wanted]
    if missing or extra:
        faults = [f"step {_listed(missing)} was missing"] * bool(missing) + [
            f"step {_listed(extra)} was not asked for"
        ] * bool(extra)
        raise AnswerError(f"{' and '.join(faults)}; answer with one message each for step {_listed(wanted)}")
    return found


def _listed(steps: list[int]) -> str:
    return ", ".join(str(step) for step in steps)


def _message(raw: RawMessage, step: PlannedStep, plan: Plan) -> Message:
    letter = step.channel in SUBJECT_CHANNELS
    lines = [" ".join(sentence.text for sentence in paragraph) for paragraph in raw.paragraphs]
    basis = [_declared(sentence, plan) for paragraph in raw.paragraphs for sentence in paragraph]
    if letter:
        formal = judging_context(plan).preferences.formality == "formal"
        signed = sign_off(plan.offer, plan.language, formal=formal, own=manner_of(plan).signoff)
        lines.append(signed)
        basis.append(SentenceBasis(sentence=signed, rests_on=("courtesy",)))
    return Message(
        step=step.step,
        channel=step.channel,
        day=step.day,
        after=step.after,
        subject=raw.subject if letter else None,
        body=_joined(lines, step.channel),
        footer=email_footer(plan.offer, plan.language) if step.channel == "email" else None,
        existing_thread=step.existing_thread,
        basis=tuple(basis),
    )


def _joined(paragraphs: list[str], channel: Channel) -> str:
    """A connection note is one paragraph: LinkedIn shows it in one."""
    return " ".join(paragraphs) if channel == "connection_request" else "\n\n".join(paragraphs)


def _declared(sentence: RawSentence, plan: Plan) -> SentenceBasis:
    """Return the basis that the model declares, in the ids of our records. Ids that do not exist fall away."""
    known = basis_ids(plan) | {soft: soft for soft in SOFT_BASES}
    ids = (
        known.get(one.strip(" []()"), known.get(one.strip(" []()").upper(), known.get(one.strip().lower())))
        for one in sentence.rests_on
    )
    return SentenceBasis(sentence=sentence.text, rests_on=tuple(dict.fromkeys(one for one in ids if one)))
