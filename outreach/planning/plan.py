"""A qualified prospect, persona, offer, sequence and policy in; the plan of each step out, with an id that edits do not change."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from outreach.domain.branches import meet
from outreach.domain.buyers import Persona
from outreach.domain.ids import make_id
from outreach.domain.people import Fact, Prospect
from outreach.domain.plans import NOTHING_AVOIDED, Angle, Avoided, Plan, PlannedStep
from outreach.domain.record import text_in
from outreach.domain.selling import Offer, RolePolicy, Sequence
from outreach.domain.verdicts import Qualification
from outreach.domain.vocabulary import Address, Decision
from outreach.domain.voices import Voice
from outreach.errors import OutreachError
from outreach.grounding.angles import rank_candidates
from outreach.planning.asks import Asked, choose_ask
from outreach.planning.channels import Touch, limits, note_limit, reachable, shortened, without_note
from outreach.planning.choice import Used, choose_angle
from outreach.text.address import choose_address


class NoChannel(OutreachError):  # noqa: N818 - an outcome that a caller expects, not a fault
    """No step of the sequence can reach the person. The row waits for an address."""

    decision: Decision = "ask_for_data"

    def __init__(self, what: str, dropped: tuple[str, ...], *, hint: str = "") -> None:
        """Say what lacks, and hold a line for each step."""
        super().__init__(what, hint=hint)
        self.dropped = dropped


@dataclass(frozen=True)
class PlanOptions:
    """What a run lays over a plan."""

    account: Literal["free", "premium"] = "free"
    as_of: datetime.date | None = None
    """The run's date. Facts were judged fresh at it by the qualification; a plan holds no date of its own."""
    arm: str | None = None
    variant: str = "default"
    language: str | None = None
    """Overrides the prospect's language."""
    address: Mapping[str, str] = field(default_factory=dict)
    """Form of address by language; over the persona's own."""
    max_steps: int | None = None
    voice: Voice | None = None
    """How the sender writes. Its signature is put over the offer's; no id depends on it."""
    bare_request: str = ""
    """Why the connection request goes out without a note; empty: with one."""


def make_plan(
    prospect: Prospect,
    qualification: Qualification,
    persona: Persona,
    offer: Offer,
    sequence: Sequence,
    policy: RolePolicy,
    options: PlanOptions = PlanOptions(),
    avoid: Avoided = NOTHING_AVOIDED,
) -> Plan:
    """Return what each step says and asks, from what, on which channel and day.

    Args:
        prospect: who is written to.
        qualification: the verdicts, with the facts that are fresh.
        persona: the kind of buyer.
        offer: what may be said of us.
        sequence: the steps.
        policy: of the buying role.
        options: what the run lays over the plan.
        avoid: what colleagues of the same account get.

    Raises:
        NoChannel: no step's channel has an address of the person, or nothing is left beside a bare request.
        FileError: an asked-for form of address does not exist in the language.
    """
    reach = reachable(sequence.steps, prospect, sequence.wait_days)
    if not reach.touches:
        lines = tuple(reach.dropped)
        raise NoChannel(
            f"no step can reach the person: {'; '.join(lines)}", lines, hint="add an email or a LinkedIn URL"
        )
    touches, cut = shortened(reach.touches, options.max_steps)
    bare = bool(options.bare_request) and touches[0].channel == "connection_request"
    if bare:
        touches = without_note(touches)
        if not touches:
            raise NoChannel(
                f"nothing to write: the request goes out without a note ({options.bare_request})",
                (*reach.dropped, *cut),
                hint="take a sequence with a message after accepting",
            )
    language = options.language or prospect.language
    address, address_reason = _address(prospect, persona, language, options)
    facts = tuple(fact for fact in _usable_facts(prospect, qualification) if fact.id not in avoid.withheld)
    note_chars = note_limit(options.account)
    steps, unsaid = _steps(
        touches,
        persona=persona,
        offer=offer,
        policy=policy,
        facts=facts,
        language=language,
        note_chars=note_chars,
        avoid=avoid,
        seed=prospect.id,
    )
    return Plan(
        outreach_id=outreach_id(prospect, persona, sequence, options.arm),
        prospect=prospect,
        persona=persona,
        offer=_signed(offer, options.voice),
        policy=policy,
        qualification=qualification,
        sequence_id=sequence.id,
        wait_days=reach.wait_days if any(step.after == "not_accepted" for step in steps) else None,
        arm=options.arm,
        variant=options.variant,
        language=language,
        address=address,
        address_reason=address_reason,
        facts=facts,
        stale_fact_ids=tuple(
            fact.id for fact in prospect.facts if fact not in facts and fact.id not in avoid.withheld
        ),
        steps=tuple(steps),
        dropped=(*reach.dropped, *cut, *unsaid),
        note_limit=note_chars,
        voice=options.voice,
        bare_request=options.bare_request if bare else "",
    )


def _signed(offer: Offer, voice: Voice | None) -> Offer:
    """Return the offer signed as the voice signs."""
    if voice is None or not voice.signature:
        return offer
    return offer.model_copy(update={"sender": offer.sender.model_copy(update={"signature": voice.signature})})


def outreach_id(prospect: Prospect, persona: Persona, sequence: Sequence, arm: str | None) -> str:
    """Return the hash of person, persona, sequence with its steps, and arm: no text of the library changes it."""
    return make_id("o1", [prospect.id, persona.id, sequence.id, list(sequence.steps), arm])


def missing_texts(plan: Plan) -> list[str]:
    """Return what the plan uses and has no text in its language, such as `pain low-reply`; a model may translate."""
    pains = {pain.id: pain.text for pain in plan.persona.pain_points}
    missing: list[str] = [] if _has(plan.offer.product, plan.language) else ["product of the offer"]
    for step in plan.steps:
        claim, ask = plan.claim(step.angle.claim_id), plan.ask(step.ask_id)
        pain = pains.get(step.angle.pain_id or "")
        if pain is not None and not _has(pain, plan.language):
            missing.append(f"pain {step.angle.pain_id} of {plan.persona.id}")
        if claim is not None and not _has(claim.text, plan.language):
            missing.append(f"claim {claim.id}")
        if ask is not None and not _has(ask.text, plan.language):
            missing.append(f"ask {ask.id}")
    return list(dict.fromkeys(missing))


def _has(texts: dict[str, str], language: str) -> bool:
    return bool((text_in(texts, language) or "").strip())


def _address(
    prospect: Prospect, persona: Persona, language: str, options: PlanOptions
) -> tuple[Address, str]:
    """Return the form of address: the run's wish first, then the persona's, then what country and formality say."""
    country = prospect.country or prospect.company.country
    formality = persona.communication.formality
    if language in options.address:
        form, reason = choose_address(language, country, formality, options.address[language])
        return form, f"{reason} in the settings"
    if language in persona.address:
        form, reason = choose_address(language, country, formality, persona.address[language])
        return form, f"{reason} by persona {persona.id}"
    return choose_address(language, country, formality)


def _usable_facts(prospect: Prospect, qualification: Qualification) -> tuple[Fact, ...]:
    by_id = {fact.id: fact for fact in prospect.facts}
    return tuple(by_id[fact_id] for fact_id in qualification.usable_fact_ids if fact_id in by_id)


def _steps(
    touches: list[Touch],
    *,
    persona: Persona,
    offer: Offer,
    policy: RolePolicy,
    facts: tuple[Fact, ...],
    language: str,
    note_chars: int,
    avoid: Avoided,
    seed: str,
) -> tuple[list[PlannedStep], list[str]]:
    """Return the planned steps, and a line for each step that would have had nothing new to say."""
    ranked = rank_candidates(persona, offer, facts, policy, language)
    steps: list[PlannedStep] = []
    dropped: list[str] = []
    for touch in touches:
        # Steps of the other branch never reach this reader: what they said is new here.
        before = [step for step in steps if meet(step.after, touch.after)]
        used = Used.of(step.angle for step in before)
        angle = choose_angle(touch.goal, ranked, used, avoid, seed=seed, first=not before)
        angle = angle or _without_angle(touch, before)
        if angle is None:
            dropped.append(
                f"step {touch.number} {touch.channel}: nothing new to say, no unused pain, claim or fact is left"
            )
            continue
        pains = [*used.pains, angle.pain_id] if angle.pain_id else used.pains
        asked = choose_ask(
            touch.goal,
            touch.channel,
            policy,
            offer,
            pains=pains,
            before=[Asked(step.ask_kind, step.ask_id) for step in before],
            language=language,
            claimed=angle.claim_id is not None,
            avoid=avoid.asks,
        )
        max_chars, max_words = limits(touch.channel, policy, note_chars)
        steps.append(
            PlannedStep(
                step=len(steps) + 1,
                channel=touch.channel,
                day=touch.day,
                after=touch.after,
                goal=touch.goal,
                angle=angle,
                ask_kind=asked.kind,
                ask_id=asked.ask_id,
                existing_thread=touch.existing_thread and any(step.channel == "email" for step in before),
                max_chars=max_chars,
                max_words=max_words,
            )
        )
    return steps, dropped


def _without_angle(touch: Touch, before: list[PlannedStep]) -> Angle | None:
    """Return the empty angle where a step can do without one: a handshake, a goodbye, the one message that opens."""
    if touch.goal == "close":
        return Angle(reason="a way out: nothing new is brought up")
    if touch.goal == "connect":
        return Angle(reason="a plain request: there is no fact or pain to begin with")
    if touch.goal == "open" and all(step.goal == "connect" for step in before):
        return Angle(reason="generic on purpose: no pain, claim or fact is left")
    return None
