"""A sequence's plan and an answer to it in; the plan of the one message that goes back out: claim, ask, what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.domain.ids import make_id
from outreach.domain.people import Fact
from outreach.domain.plans import Angle, Plan, PlannedStep
from outreach.domain.record import text_in
from outreach.domain.replies import ReplyReading
from outreach.domain.selling import Ask, Claim
from outreach.domain.vocabulary import AskKind, Goal
from outreach.text.stems import related, stem
from outreach.text.tokens import read_words

#: The kind of what a prospect said: it may be taken up as what they said, and is no fact about their company.
SAID = "reply"
_MAX_SAID, _MAX_SAID_CHARS = 6, 300
#: Content words that a question must share with a claim for the claim to answer it.
_SHARED = 2
_CONTENT_CHARS = 4
_GOALS: dict[str, Goal] = {
    "interested": "offer", "question": "offer", "objection": "prove", "later": "close", "not_me": "close",
}  # fmt: skip
#: Kinds of ask that an answer may make, lightest first.
_SOFT_KINDS: tuple[AskKind, ...] = ("asset", "forward", "trial", "meeting")


@dataclass(frozen=True)
class ReplyPlan:
    """What goes back.

    Attributes:
        plan: the sequence's plan with one step: the answer. What the prospect said stands among its facts as `reply`.
        reading: the answer that it goes back to.
        answered: the step that was answered.
        accepted: what the answered step offered and the prospect wants: it comes with the answer.
        sent: bodies of the messages up to the answered one.
    """

    plan: Plan
    reading: ReplyReading
    answered: PlannedStep
    accepted: Ask | None = None
    sent: tuple[str, ...] = ()

    @property
    def step(self) -> PlannedStep:
        """The answer as a planned step."""
        return self.plan.steps[0]

    @property
    def claim(self) -> Claim | None:
        """The claim that answers an objection or question, if one does."""
        return self.plan.claim(self.step.angle.claim_id)


def plan_reply(
    plan: Plan, reading: ReplyReading, answered: int, sent: Sequence[str] = (), known: Sequence[str] = ()
) -> ReplyPlan:  # fmt: skip
    """Plan the answer to a reply.

    Args:
        plan: of the sequence.
        reading: how the reply was read.
        answered: number of the step it answers.
        sent: bodies of the messages up to that step.
        known: what else is true of the conversation: that it was answered, and the day that was named.
    """
    step = next((one for one in plan.steps if one.step == answered), plan.steps[0])
    accepted = _accepted(plan, step) if reading.kind == "interested" else None
    claim = _claim(plan, reading, answered)
    kind, ask = _ask(plan, reading, step, accepted)
    channel = "linkedin_message" if step.channel == "connection_request" else step.channel
    peer = next((one for one in plan.steps if one.channel == channel), step)
    limits = [limit for limit in (peer.max_words, plan.policy.max_words.get(channel)) if limit]
    answer = PlannedStep(
        step=answered + 1,
        channel=channel,
        day=step.day + 1,
        goal=_GOALS[reading.kind],
        angle=Angle(pain_id=_pain_of(claim, step), claim_id=claim.id if claim else None, reason=f"answers {reading.kind}"),
        ask_kind=kind,
        ask_id=ask.id if ask else None,
        existing_thread=channel in {"email", "inmail"},
        max_chars=None if step.channel == "connection_request" and peer is step else peer.max_chars,
        max_words=min(limits) if limits else None,
    )  # fmt: skip
    facts = (*plan.facts, *_said(plan, reading, known))
    one = plan.model_copy(update={"steps": (answer,), "facts": facts})
    return ReplyPlan(one, reading, step, accepted, tuple(sent))


def _accepted(plan: Plan, step: PlannedStep) -> Ask | None:
    """Return what the step offered to send: who says yes to it wants it."""
    ask = plan.ask(step.ask_id)
    if ask is None or step.ask_kind == "question" or _text(ask, plan.language).endswith("?"):
        return None
    return ask


def _ask(
    plan: Plan, reading: ReplyReading, step: PlannedStep, accepted: Ask | None
) -> tuple[AskKind, Ask | None]:
    """Return what the answer asks: the next small step for the interested, a question back or nothing for the others."""
    if reading.kind == "interested":
        if accepted is not None:
            return accepted.kind, accepted
        return _next_step(plan, step)
    if reading.kind == "not_me":
        return ("none" if reading.named else "route"), None
    if reading.kind == "later":
        return ("none" if reading.resume_on else "question"), None
    if reading.kind == "question":
        return _bearing_on(plan, " ".join(reading.asks) or reading.text)
    return ("question" if reading.kind == "objection" else "none"), None


def _bearing_on(plan: Plan, said: str) -> tuple[AskKind, Ask | None]:
    """Return something to send that speaks of what is asked: a cost sheet to whoever asks what it costs."""
    stems = _stems(said, plan.language)
    forbidden = {item.move for item in plan.policy.forbidden}
    for ask in plan.offer.asks:
        theirs = _stems(_text(ask, plan.language), plan.language)
        alike = any(one == other or related(one, other) for one in stems for other in theirs)
        if ask.kind in {"asset", "forward"} and ask.kind not in forbidden and alike:
            return ask.kind, ask
    return "none", None


def _next_step(plan: Plan, step: PlannedStep) -> tuple[AskKind, Ask | None]:
    """Return the lightest ask that the buying role's policy allows and that was not made yet; never one it forbids."""
    allowed = {kind for kinds in plan.policy.asks.values() for kind in kinds} or {"asset", "forward"}
    allowed -= {item.move for item in plan.policy.forbidden}
    used = {one.ask_id for one in plan.steps if one.step <= step.step}
    pain = step.angle.pain_id
    for kind in (one for one in _SOFT_KINDS if one in allowed):
        for ask in plan.offer.asks:
            fits = not ask.answers or pain in ask.answers
            text = _text(ask, plan.language)
            if ask.kind == kind and fits and ask.id not in used and text and not text.endswith("?"):
                return kind, ask
    return "question", None


def _claim(plan: Plan, reading: ReplyReading, answered: int) -> Claim | None:
    """Return the one claim that answers an objection or a question; None where none does: then none is told."""
    told = {one.angle.claim_id for one in plan.steps if one.step <= answered}
    if reading.kind == "objection":
        found = list(_answering(plan, plan.persona.objection_answers(reading.objection)))
        found = found or _sharing(plan, _objection_text(plan, reading))
    elif reading.kind == "question":
        found = _sharing(plan, " ".join(reading.asks) or reading.text)
    else:
        return None
    spoken = [claim for claim in found if text_in(claim.text, plan.language)]
    return next((claim for claim in spoken if claim.id not in told), None)


def _answering(plan: Plan, answers: Sequence[str]) -> Iterator[Claim]:
    """Yield the claims that a persona's file names for an objection: by pain first, then by kind of proof."""
    for wanted in answers:
        yield from (claim for claim in plan.offer.claims if wanted in claim.answers)
    for wanted in answers:
        yield from (claim for claim in plan.offer.claims if wanted == claim.kind)


def _objection_text(plan: Plan, reading: ReplyReading) -> str:
    """Return what is objected, in the words of prospect and persona."""
    texts = plan.persona.objection_texts
    own = texts[reading.objection] if reading.objection is not None else {}
    return f"{reading.text} {text_in(own, plan.language) or ''}"


def _sharing(plan: Plan, said: str) -> list[Claim]:
    """Return the claims that speak of the same things, by content words, most first."""
    stems = _stems(said, plan.language)
    ranked = []
    for claim in plan.offer.claims:
        theirs = _stems(text_in(claim.text, plan.language) or "", plan.language)
        shared = sum(any(one == other or related(one, other) for other in theirs) for one in stems)
        if shared >= _SHARED:
            ranked.append((shared, claim))
    return [claim for _, claim in sorted(ranked, key=lambda item: -item[0])]


def _stems(text: str, language: str) -> frozenset[str]:
    from outreach.text.languages import pack

    lists = pack(language)
    stop = lists.words["stop"] if lists else frozenset()
    words = read_words(text, language).folded
    return frozenset(stem(word, language) for word in words if len(word) >= _CONTENT_CHARS and word not in stop)  # fmt: skip


def _pain_of(claim: Claim | None, step: PlannedStep) -> str | None:
    if claim is not None and claim.answers and step.angle.pain_id not in claim.answers:
        return None
    return step.angle.pain_id


def _said(plan: Plan, reading: ReplyReading, known: Sequence[str]) -> Iterator[Fact]:
    """Yield what the prospect said, sentence by sentence; nothing of a text that reads like an instruction to a machine."""
    words = read_words(reading.text, reading.language)
    texts = [" ".join(words.sentence_text(number).split()) for number in range(min(len(words.sentences), _MAX_SAID))]  # fmt: skip
    if any(flag.startswith("reads like") for flag in reading.flags):
        texts = []
    for text in (*known, *(text for text in texts if len(text) <= _MAX_SAID_CHARS)):
        if text:
            yield Fact(
                id=make_id("f", [SAID, plan.outreach_id, text]), kind=SAID, text=text, language=reading.language, about="person",
                source="the prospect's answer",
            )  # fmt: skip


def _text(ask: Ask, language: str) -> str:
    return (text_in(ask.text, language) or "").strip()
