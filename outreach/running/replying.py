"""A pasted answer and the draft it answers in; the conversation stopped or moved, the person left alone if asked, an answer drafted, out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from outreach.domain.lines import DraftedMessage, GenerateLine
from outreach.domain.plans import Plan
from outreach.domain.replies import (
    ANSWERED,
    REPLY_CLASSES,
    STOPPING,
    DraftedAnswer,
    ReplyClass,
    ReplyLine,
    ReplyReading,
)
from outreach.domain.vocabulary import SUBJECT_CHANNELS, Language
from outreach.drafting.offline import NoTextInLanguage
from outreach.drafting.reply_judging import table
from outreach.drafting.reply_offline import load_reply_templates
from outreach.drafting.reply_plan import ReplyPlan, plan_reply
from outreach.drafting.reply_writing import drafted_answer, model_s_class, write_answer, write_answer_offline
from outreach.drafting.written import Written
from outreach.errors import AnswerError, CallError, UsageError
from outreach.intake.replies import Asked, read_reply, taken_as
from outreach.intake.suppressing import DEFAULT_LIST, OptOut, list_to_write, suppress
from outreach.prompting.replying import ReplyPrompts, classify_prompt
from outreach.running.campaign import Campaign
from outreach.running.models import Writing, prompt_source
from outreach.store.replies import ReplyLog
from outreach.store.store import Store, StoredDraft

_WHY_NONE = {
    "no": "a plain no is answered by leaving it at that: one more message would only press",
    "opt_out": "who wants no more messages gets none, not even a goodbye",
    "out_of_office": "a machine wrote this; the sequence goes on",
}
_OPT_OUT_REASON = "opted out by reply"


@dataclass(frozen=True)
class Answering:
    """All that is needed to take in an answer. `now` is ISO text, `today` what `next month` counts from."""

    campaign: Campaign
    store: Store
    writing: Writing
    who: str
    now: str
    today: date

    @property
    def log(self) -> ReplyLog:
        """The answers kept in the store."""
        return ReplyLog(self.store)


def take_in(
    job: Answering, draft: StoredDraft, pasted: str, *, said_as: str | None = None, step: int | None = None
) -> ReplyLine:
    """Take in an answer: read it, keep it, stop what is to stop, and draft what goes back.

    An opt-out is on the suppression list before anything else happens. What the rules cannot class is not kept.

    Raises:
        UsageError: nothing was pasted, or nobody can tell what kind of answer it is.
        FileError: the suppression list cannot be written.
        ProviderError: the provider refuses; the answer is kept and the sequence stopped all the same.
    """
    with asyncio.Runner() as loop:  # one loop for both calls: a client's connections belong to one
        try:
            return _taken_in(job, draft, pasted, said_as, step, loop)
        finally:
            if job.writing.client is not None:
                loop.run(job.writing.client.aclose())


def _taken_in(
    job: Answering, draft: StoredDraft, pasted: str, said_as: str | None, step: int | None, loop: asyncio.Runner
) -> ReplyLine:  # fmt: skip
    line = draft.line
    plan = Plan.model_validate_json(draft.plan) if draft.plan else None
    asked = _asked(job, line, plan)
    reading = _class(job, read_reply(pasted, asked), asked, said_as, loop)
    answered, guessed = _answered_step(line, pasted, step, wants=reading.kind == "interested")
    suppressed, file = _leave_alone(job, line) if reading.kind == "opt_out" else ([], None)
    number = job.log.add(
        line.outreach_id, job.log.prospect_id(line.outreach_id), reading, who=job.who, now=job.now
    )
    result = ReplyLine(
        outreach_id=line.outreach_id, reading=reading, stopped=reading.kind in STOPPING,
        suppressed=tuple(suppressed), suppression_file=file, why_no_answer=_WHY_NONE.get(reading.kind),
    )  # fmt: skip
    if reading.kind not in ANSWERED:
        return result
    if plan is None:
        why = "this draft was made before plans were kept: run generate again for an answer"
        return result.model_copy(update={"why_no_answer": why})
    return _with_answer(job, result, _Going(plan, line, answered, guessed=guessed), number, loop)


@dataclass(frozen=True)
class _Going:
    """What an answer goes back on: plan, line and the step that was answered."""

    plan: Plan
    line: GenerateLine
    answered: int
    guessed: bool

    @property
    def message(self) -> DraftedMessage:
        return next(one for one in self.line.messages if one.step == self.answered)

    @property
    def sent(self) -> tuple[str, ...]:
        return tuple(one.body for one in self.line.messages if one.step <= self.answered)

    @property
    def subject(self) -> str | None:
        return self.message.subject if self.message.channel in SUBJECT_CHANNELS else None


def _asked(job: Answering, line: GenerateLine, plan: Plan | None) -> Asked:
    persona = plan.persona if plan else job.campaign.persona(line.persona)
    person, sender = line.prospect, job.campaign.offer.sender
    names = [person.first_name, person.last_name, person.company, sender.name, sender.company]
    return Asked(
        language=line.language, today=job.today, objections=persona.objection_texts,
        known=tuple(name for name in names if name), ours=tuple(message.body for message in line.messages),
    )  # fmt: skip


def _class(
    job: Answering, reading: ReplyReading, asked: Asked, said_as: str | None, loop: asyncio.Runner
) -> ReplyReading:
    """Return the reading with its class: the rules', a person's over it, a model's where the rules know none."""
    if not reading.text.strip():
        raise UsageError("the answer is empty once earlier messages and signature are off",
                         hint="paste what they wrote themselves")  # fmt: skip
    if said_as is not None:
        if said_as not in REPLY_CLASSES or said_as == "unclear":
            known = ", ".join(kind for kind in REPLY_CLASSES if kind != "unclear")
            raise UsageError(f"--as {said_as!r} is no class", hint=f"one of {known}")
        if reading.kind == "opt_out" and said_as != "opt_out":
            raise UsageError(f"it says {reading.words[0]!r}: who asks for no more messages gets none",
                             hint="if these words mean something else here, paste the answer without them")  # fmt: skip
        kind: ReplyClass = next(one for one in get_args(ReplyClass) if one == said_as)
        return taken_as(reading, kind, "person", asked)
    if reading.kind == "unclear" and job.writing.client is not None:
        reading = loop.run(_ask_model(job, reading, asked))
    if reading.kind == "unclear":
        may_be = f" (may be: {', '.join(reading.candidates)})" if reading.candidates else ""
        raise UsageError(f"the rules cannot tell what kind of answer this is{may_be}; nothing was kept",
                         hint=f"say it: --as {'|'.join(kind for kind in REPLY_CLASSES if kind != 'unclear')}")  # fmt: skip
    return reading


async def _ask_model(job: Answering, reading: ReplyReading, asked: Asked) -> ReplyReading:
    client = job.writing.client
    if client is None:
        return reading
    try:
        completion = await client.complete(classify_prompt(prompt_source(job.campaign), reading))
    except (CallError, AnswerError):
        return reading
    found = model_s_class(completion, reading)
    return reading if found is None else taken_as(reading, found[0], "model", asked, (found[1],))


def _answered_step(line: GenerateLine, pasted: str, step: int | None, *, wants: bool) -> tuple[int, bool]:
    """Return the step that was answered, and whether that is a guess.

    It is the last one quoted under the answer. Where none is, a yes goes with the first step that offers something, and
    anything else with the first step.
    """
    numbers = [message.step for message in line.messages]
    if step is not None:
        if step not in numbers:
            raise UsageError(f"--step {step}: the sequence has steps {', '.join(map(str, numbers))}",
                             hint=f"outreach show {line.outreach_id}")  # fmt: skip
        return step, False
    flat = " ".join(pasted.replace(">", " ").split())
    quoted = [message.step for message in line.messages if any(
        len(part) > 30 and part in flat for part in (" ".join(text.split()) for text in message.body.split("\n"))
    )]  # fmt: skip
    if quoted:
        return quoted[-1], False
    offering = [message.step for message in line.messages if _offers(message)]
    return (offering[0] if wants and offering else numbers[0]), True


def _offers(message: DraftedMessage) -> bool:
    return any(ref.startswith("ask:") for one in message.basis for ref in one.rests_on)


def _leave_alone(job: Answering, line: GenerateLine) -> tuple[list[str], str]:
    """Put the person on the suppression list by all that reaches them, in any of their drafts."""
    lines = [line] + [
        other.line
        for other in job.store.drafts()
        if other.outreach_id != line.outreach_id and _is_same_person(line, other.line)
    ]
    ids = job.log.same_person(line.outreach_id)
    lines += [draft.line for draft in job.store.drafts(ids)]
    person = line.prospect
    who = OptOut(
        name=f"{person.first_name or ''} {person.last_name or ''}".strip(),
        company=person.company or "",
        emails=tuple(dict.fromkeys(one.prospect.email for one in lines if one.prospect.email)),
        profiles=tuple(dict.fromkeys(one.prospect.linkedin_url for one in lines if one.prospect.linkedin_url)),
    )  # fmt: skip
    path = list_to_write(job.campaign.root, job.campaign.icp.exclude.suppression)
    usual = job.campaign.root / DEFAULT_LIST
    return suppress(path, who, job.today, _OPT_OUT_REASON, usual), str(path)


def _is_same_person(line: GenerateLine, other: GenerateLine) -> bool:
    """Say whether two drafts are to one person: the same full name at the same account, whatever the address."""
    mine, theirs = line.prospect, other.prospect
    named = bool(mine.first_name and mine.last_name and line.account)
    same = (mine.first_name, mine.last_name) == (theirs.first_name, theirs.last_name)
    return named and same and line.account == other.account


def _with_answer(
    job: Answering, result: ReplyLine, going: _Going, number: int, loop: asyncio.Runner
) -> ReplyLine:
    """Draft what goes back and keep it; where nothing can be drafted, the reason stands in its place."""
    try:
        reply, written = loop.run(_write(job, going, result.reading))
    except (NoTextInLanguage, CallError, AnswerError) as error:
        return result.model_copy(update={"why_no_answer": error.what})
    answer = drafted_answer(written, reply, _notes(reply, going))
    job.log.set_answer(number, answer)
    return result.model_copy(
        update={
            "answer": answer,
            "input_tokens": written.input_tokens,
            "output_tokens": written.output_tokens,
            "cost_usd": written.cost_usd,
        }
    )


async def _write(job: Answering, going: _Going, reading: ReplyReading) -> tuple[ReplyPlan, Written]:
    campaign, client = job.campaign, job.writing.client
    when = _when(job, going.plan.language, reading)
    known = [text for text in (table()["answered"].get(going.plan.language, ""), when) if text]
    reply = plan_reply(going.plan, reading, going.answered, going.sent, known)
    if client is None:
        templates = load_reply_templates(going.plan.language, campaign.library.find)
        return reply, await write_answer_offline(reply, templates, campaign.rubric, going.subject)
    prompts = ReplyPrompts(
        prompt_source(campaign), reading, going.message.body, f"{reply.accepted.id}" if reply.accepted else None, when
    )  # fmt: skip
    repairs = campaign.settings.generate.max_repairs
    return reply, await write_answer(reply, client, prompts, campaign.rubric, repairs, going.subject)


def _when(job: Answering, language: str, reading: ReplyReading) -> str:
    """Return the day to come back on as it stands in a sentence, in ISO where the language has no wordings."""
    if reading.resume_on is None:
        return ""
    if language not in get_args(Language):
        return reading.resume_on.isoformat()
    return load_reply_templates(language, job.campaign.library.find).replies.when(reading.resume_on)


def _notes(reply: ReplyPlan, going: _Going) -> list[str]:
    """Return what the person has to do before the answer may go out."""
    reading, notes = reply.reading, list[str]()
    if going.guessed:
        notes.append(f"taken as an answer to step {going.answered}; --step N says otherwise")
    if reply.accepted is not None and reply.accepted.kind in {"asset", "forward"}:
        notes.append(f"attach or link what it says it brings (ask {reply.accepted.id!r})")
    if reading.language != going.plan.language:
        notes.append(f"they wrote in {reading.language!r}, the sequence is in {going.plan.language!r}")
    if reading.asks:
        notes.append("they ask: " + " / ".join(reading.asks))
    if reading.kind == "question" and reply.claim is None:
        notes.append("no claim of the offer answers that: put the answer in yourself")
    if reading.kind == "objection" and reply.claim is None:
        notes.append("no claim of the offer answers this objection: none is told")
    return notes


def undo(job: Answering, draft: StoredDraft) -> str:
    """Take back the newest answer of a draft; return what it said. An opt-out is undone by hand alone.

    Raises:
        UsageError: there is none, or it is an opt-out.
    """
    found = job.log.newest([draft.outreach_id]).get(draft.outreach_id)
    if found is None:
        raise UsageError(
            f"no answer to {draft.outreach_id} is kept", hint=f"outreach show {draft.outreach_id}"
        )
    if found.kind == "opt_out":
        path = list_to_write(job.campaign.root, job.campaign.icp.exclude.suppression)
        raise UsageError("an opt-out is not taken back by a command",
                         hint=f"if it was a mistake, take their lines out of {path} by hand, then: outreach reply ID --as CLASS")  # fmt: skip
    job.log.undo(draft.outreach_id, job.now)
    return found.says


def answered_states(store: Store) -> dict[str, str]:
    """Return by draft why its sequence has stopped, for exports: `answered: later, resume on 2027-01-11`."""
    return {outreach_id: reply.says for outreach_id, reply in ReplyLog(store).stopped().items()}


__all__: Sequence[str] = ("Answering", "DraftedAnswer", "answered_states", "take_in", "undo")
