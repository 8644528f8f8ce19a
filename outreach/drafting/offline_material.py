"""A plan and one of its steps in; what that step may say out: slot values, texts of the draft's language, what is spent."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from outreach.domain.buyers import Pain
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.record import text_in
from outreach.domain.selling import Claim
from outreach.drafting.manner import NO_MANNER, Manner, manner_of
from outreach.drafting.offline_casing import lower_first, upper_first
from outreach.drafting.offline_facts import Retelling, retell
from outreach.drafting.offline_templates import MessageTemplates, NoTextInLanguage
from outreach.grounding.support_index import company_words

T = TypeVar("T")


@dataclass
class Spent:
    """What steps said already to one reader: nothing of it is said twice."""

    texts: set[str] = field(default_factory=set)
    sentences: set[str] = field(default_factory=set)
    subjects: list[str] = field(default_factory=list)
    facts: list[Retelling] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: "Iterable[Spent]") -> "Spent":
        """Return what several steps said, first to last."""
        whole = cls()
        for part in parts:
            whole.texts |= part.texts
            whole.sentences |= part.sentences
            whole.subjects += part.subjects
            whole.facts += part.facts
            whole.channels += part.channels
        return whole


@dataclass
class Material:
    """What one step may say."""

    plan: Plan
    step: PlannedStep
    book: MessageTemplates
    form: str
    seed: str
    spent: Spent
    pain: Pain | None
    claim: Claim | None
    retelling: Retelling | None
    values: dict[str, str]
    ours: dict[str, int] = field(default_factory=dict)
    manner: Manner = NO_MANNER

    @property
    def role(self) -> str:
        """The buying role that the wording is chosen for."""
        return self.plan.policy.id

    @property
    def connected(self) -> bool:
        """Whether this is the first message after an accepted connection request."""
        before = self.spent.channels
        return (
            self.step.channel == "linkedin_message"
            and self.step.after == "accepted"
            and "linkedin_message" not in before
            and ("connection_request" in before or bool(self.plan.bare_request))
        )

    def of_us(self, slots: frozenset[str]) -> int:
        """Return how many words of what stands in these slots read as the sender's, such as `trabajo` in a pain."""
        return sum(self.ours.get(slot, 0) for slot in slots)

    def text(self, texts: dict[str, str] | None) -> str:
        """Return a text of the plan in the draft's language, stripped, or an empty string."""
        return " ".join((text_in(texts or {}, self.plan.language) or "").split())

    def turned(self, items: Sequence[T], place: str, *, steady: bool = False) -> Sequence[T]:
        """Return the items in an order that plan, step and place choose: equal every time, another for the next person.

        `steady` leaves the step out: a person greets and signs alike in all messages.
        """
        if len(items) < 2:
            return items
        seed = self.plan.outreach_id if steady else self.seed
        digest = hashlib.blake2b(f"{seed}|{place}".encode(), digest_size=32).digest()
        return [items[index] for index in sorted(range(len(items)), key=lambda at: (digest[at % 32], at))]


def form_of(plan: Plan) -> str:
    """Return how wordings name the plan's address: English has a casual and a formal register instead."""
    if plan.address != "plain":
        return plan.address
    return "formal" if plan.persona.communication.formality == "formal" else "casual"


def gather(plan: Plan, step: PlannedStep, book: MessageTemplates, spent: Spent, salt: int) -> Material:
    """Return what a step may say. Raises NoTextInLanguage for a pain, claim or ask that this language lacks."""
    form = form_of(plan)
    pain = next((one for one in plan.persona.pain_points if one.id == step.angle.pain_id), None)
    claim = plan.claim(step.angle.claim_id)
    ask = plan.ask(step.ask_id)
    fact = plan.fact(step.angle.fact_id)
    for texts, name in (
        (pain and pain.text, f"pain {step.angle.pain_id!r} of persona {plan.persona.id!r}"),
        (claim and claim.text, f"claim {step.angle.claim_id!r} of the offer"),
        (ask and ask.text, f"ask {step.ask_id!r} of the offer"),
    ):
        if texts and not (text_in(texts, plan.language) or "").strip():
            raise NoTextInLanguage(
                f"{name} has no text in {plan.language!r}",
                hint=f"add `{plan.language}:` to its text, or draft with a model, which may translate",
            )
    retelling = retell(plan, fact, book, form) if fact else None
    seed = f"{plan.outreach_id}|{plan.prospect.id}|{step.step}|{salt}"
    material = Material(
        plan, step, book, form, seed, spent, pain, claim, retelling, {}, manner=manner_of(plan)
    )
    values = {key: value for key, value in _values(material).items() if value}
    for name, particle in book.file.particles.items():
        if particle.of in values:
            values[name] = particle.apply(values[particle.of])
    material.values = values
    material.ours = {slot: book.of_us(values[slot]) for slot in ("pain", "question") if slot in values}
    return material


def _values(m: Material) -> dict[str, str]:
    prospect, sender = m.plan.prospect, m.plan.offer.sender
    honorific = m.book.file.honorifics.get(prospect.honorific.casefold().rstrip("."), "")
    ask = m.plan.ask(m.step.ask_id)
    return {
        "name": prospect.greeting_name,
        "full_name": f"{prospect.greeting_name} {prospect.last_name}"
        if prospect.greeting_name and prospect.last_name
        else "",
        "last_name": prospect.last_name,
        "honorific": honorific if prospect.last_name else "",
        "company": spoken_company(prospect.company.name),
        "sender": sender.signature.strip() or sender.name.split(" ")[0],
        "sender_company": sender.company,
        "product": m.text(m.plan.offer.product).rstrip(" ."),
        "topic": m.text(m.plan.offer.topic).rstrip(" ."),
        "pain": _inner(m, m.text(m.pain.text).rstrip(" .;:")) if m.pain else "",
        "question": _inner(m, m.text(m.pain.question)) if m.pain else "",
        "ask": m.text(ask.text).rstrip(" .") if ask else "",
    } | (m.retelling.values if m.retelling else {})


def spoken_company(name: str) -> str:
    """Return a company's name as people say it: without what stands after a dash, or after a comma behind the legal form."""
    spoken = name.partition(" - ")[0].strip() or name
    first, comma, _ = spoken.partition(", ")
    ends_in_form = comma and first and company_words(first)[-1:] != (first.split()[-1].casefold(),)
    return first if ends_in_form else spoken


def _inner(m: Material, text: str) -> str:
    """Return a sentence as it stands after a colon; where it starts a sentence of its own, the first letter is set there."""
    if m.book.file.capitals_after_colon:
        return upper_first(text)
    return lower_first(text, m.book.file, names_in(m.plan))


def names_in(plan: Plan) -> frozenset[str]:
    """Return the words that are names in this plan and keep their capital."""
    names = [
        plan.prospect.company.name,
        plan.offer.sender.company,
        *plan.persona.vocabulary,
        *plan.prospect.company.technologies,
    ]
    return frozenset(word for name in names for word in name.split() if word[:1].isupper())
