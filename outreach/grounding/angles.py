"""A persona's pains, an offer's claims and a prospect's facts in; the ideas a step may be built on out, best first, with reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.domain.buyers import Pain, Persona
from outreach.domain.people import Fact
from outreach.domain.plans import Angle
from outreach.domain.record import some_text, text_in
from outreach.domain.selling import Claim, Offer, RolePolicy
from outreach.text.folding import folded_words, stem
from outreach.text.numbers import read_numbers
from outreach.text.tokens import read_words

# Points only order the angles of one prospect. A pain that the offer answers goes before one that it cannot follow up;
# what ties a fact to a pain outweighs a place or two in the persona's own order of pains.
_FIRST_PAIN, _FIRST_FACT, _FIRST_PROOF, _PROOF_STEP = 10.0, 8.0, 6.0, 2.0
_NAMED_BRIDGE, _WORD_BRIDGE, _NO_BRIDGE = 6.0, 3.0, -6.0
_ANSWERED, _HARDLY_ANSWERED, _PREFERRED_EVIDENCE, _NO_PROOF = 3.0, 1.0, 1.0, -4.0
_SMALL_COUNT = 10
_LONG_WORD = 5  # a shared word shorter than this ties nothing together
#: Functions that any hiring concerns: they run the firm, pay for the people or look for them.
_ALL_HIRING = frozenset({"general_management", "finance", "hr"})

_EVIDENCE = {"data": "figure", "peers": "peer", "technical": "method"}


@dataclass(frozen=True)
class RankedAngle:
    """An angle with what decides its use."""

    angle: Angle
    score: float
    bridged: bool = False
    """Whether something ties its fact to its pain; without both, False."""
    answered: bool = False
    """Whether a claim that this role may be told answers its pain."""
    missing: int = 0
    """How many of its texts are not in the draft's language."""

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """What makes it one idea: pain, claim and fact."""
        return self.angle.pain_id, self.angle.claim_id, self.angle.fact_id

    @property
    def shape(self) -> str:
        """What it is made of: `fact+pain`, `pain+claim` or one part alone."""
        names = zip(
            ("fact", "pain", "claim"),
            (self.angle.fact_id, self.angle.pain_id, self.angle.claim_id),
            strict=True,
        )
        return "+".join(name for name, part in names if part)


def rank_angles(
    persona: Persona, offer: Offer, facts: Sequence[Fact], policy: RolePolicy, language: str
) -> list[Angle]:
    """Return every idea a step may be built on, best first, each with a reason.

    Args:
        persona: whose pains, in the persona's own order.
        offer: whose claims; a claim is only ever put beside a pain that it answers.
        facts: usable facts, best first.
        policy: which kinds of proof count for the buying role, and what is out of place.
        language: of the draft; angles whose texts exist in it come first.
    """
    return [ranked.angle for ranked in rank_candidates(persona, offer, facts, policy, language)]


def rank_candidates(
    persona: Persona, offer: Offer, facts: Sequence[Fact], policy: RolePolicy, language: str
) -> list[RankedAngle]:
    """Return what `rank_angles` does, with score, bridge and missing texts for who picks among them."""
    claims = _allowed_claims(offer, policy, language)
    found: list[RankedAngle] = []
    for index, pain in enumerate(persona.pain_points):
        answering = [claim for claim in claims if pain.id in claim.answers]
        worth = max(_FIRST_PAIN - index, 1.0) + max(
            (_follow_up(claim, policy) for claim in answering), default=0.0
        )
        found.append(_open(pain, worth, language, answered=bool(answering)))
        found.extend(
            _proved(pain, claim, worth, persona=persona, policy=policy, language=language)
            for claim in answering
        )
        found.extend(
            _bridged(fact, rank, pain, persona, worth, language, answered=bool(answering))
            for rank, fact in enumerate(facts)
        )
    found.extend(_fact_alone(fact, rank, language) for rank, fact in enumerate(facts))
    found.extend(_claim_alone(claim, persona, policy, language) for claim in claims if not claim.answers)
    return sorted(found, key=lambda ranked: (ranked.missing, -ranked.score, str(ranked.key)))


def _follow_up(claim: Claim, policy: RolePolicy) -> float:
    """Return what a claim adds to opening on its pain: little, where its kind of proof counts little for the role."""
    return _ANSWERED if claim.kind in policy.proof else _HARDLY_ANSWERED


def _allowed_claims(offer: Offer, policy: RolePolicy, language: str) -> list[Claim]:
    """Return the claims a buying role may be told: none where no proof counts, none that is itself out of place."""
    out_of_place = {_singular(forbidden.move) for forbidden in policy.forbidden}
    return [
        claim
        for claim in offer.claims
        if policy.proof
        and claim.kind not in out_of_place
        # Whatever a claim is called, its figure is what such a reader would see.
        and not ("figure" in out_of_place and _holds_figure(claim, language))
    ]


def _holds_figure(claim: Claim, language: str) -> bool:
    """Say whether a claim tells a result in figures; small counts, such as of weeks or pages, are none."""
    words = read_words(some_text(claim.text, language), language)
    return any(
        number.value > _SMALL_COUNT or number.kind in {"percent", "currency", "multiple"}
        for number in read_numbers(words)
    )


def _singular(move: str) -> str:
    return stem(move.strip().casefold())


def _open(pain: Pain, worth: float, language: str, *, answered: bool) -> RankedAngle:
    follows = (
        "a claim can answer it later"
        if answered
        else "no claim for this role answers it: asked about, not sold on"
    )
    angle = Angle(pain_id=pain.id, reason=f"pain {pain.id}; {follows}")
    return RankedAngle(angle, worth, answered=answered, missing=_lacks(pain.text, language))


def _proved(
    pain: Pain, claim: Claim, worth: float, *, persona: Persona, policy: RolePolicy, language: str
) -> RankedAngle:
    points, why = _proof(claim, persona, policy)
    angle = Angle(
        pain_id=pain.id, claim_id=claim.id, reason=f"claim {claim.id} answers pain {pain.id}: {why}"
    )
    missing = _lacks(pain.text, language) + _lacks(claim.text, language)
    return RankedAngle(angle, worth + points, missing=missing)


def _claim_alone(claim: Claim, persona: Persona, policy: RolePolicy, language: str) -> RankedAngle:
    points, why = _proof(claim, persona, policy)
    angle = Angle(claim_id=claim.id, reason=f"claim {claim.id}, tied to no pain: {why}")
    return RankedAngle(angle, points, missing=_lacks(claim.text, language))


def _proof(claim: Claim, persona: Persona, policy: RolePolicy) -> tuple[float, str]:
    """Return what a claim's kind is worth to this role, and why."""
    preferred = _EVIDENCE.get(persona.communication.evidence) == claim.kind
    extra = _PREFERRED_EVIDENCE if preferred else 0.0
    role = policy.id.replace("_", " ") + "s"
    if claim.kind not in policy.proof:
        return _NO_PROOF + extra, f"proof by {claim.kind} counts little for {role}"
    place = policy.proof.index(claim.kind)
    ordinal = "first" if place == 0 else "next" if place == 1 else "last"
    return _FIRST_PROOF - _PROOF_STEP * place + extra, f"proof by {claim.kind} counts {ordinal} for {role}"


def _bridged(
    fact: Fact, rank: int, pain: Pain, persona: Persona, worth: float, language: str, *, answered: bool
) -> RankedAngle:
    points, why = _bridge(fact, pain, persona)
    angle = Angle(pain_id=pain.id, fact_id=fact.id, reason=f"{_told(fact)}; {why}")
    missing = _lacks(pain.text, language) + _foreign(fact, language)
    return RankedAngle(
        angle,
        worth + points + max(_FIRST_FACT - rank, 1.0),
        bridged=points > 0,
        answered=answered,
        missing=missing,
    )


def _bridge(fact: Fact, pain: Pain, persona: Persona) -> tuple[float, str]:
    """Return how firmly a fact leads to a pain: the persona says so, or they share words, or nothing does."""
    if fact.kind.casefold() in {kind.casefold() for kind in pain.signals} and _is_theirs(fact, persona):
        return _NAMED_BRIDGE, f"a {fact.kind} makes pain {pain.id} likely now"
    shared = sorted(_telling(fact.text, *fact.slots.values()) & _telling(*_texts(pain, fact.language)))
    if shared:
        return _WORD_BRIDGE, f"it shares {', '.join(shared[:2])} with pain {pain.id}"
    return _NO_BRIDGE, f"nothing ties it to pain {pain.id}, which stands beside it on its own"


def _is_theirs(fact: Fact, persona: Persona) -> bool:
    """Say whether a hiring concerns this persona: sales engineers are no news to whoever runs the warehouse."""
    if fact.kind.casefold() != "hiring":
        return True
    return bool(({fact.slots.get("function")} | _ALL_HIRING) & set(persona.match.functions))


def _fact_alone(fact: Fact, rank: int, language: str) -> RankedAngle:
    angle = Angle(fact_id=fact.id, reason=f"{_told(fact)}, told for itself")
    return RankedAngle(angle, max(_FIRST_FACT - rank, 1.0), missing=_foreign(fact, language))


def _told(fact: Fact) -> str:
    return f"{fact.kind} fact of {fact.date.isoformat()}" if fact.date else f"{fact.kind} fact without a date"


def _texts(pain: Pain, language: str) -> Iterator[str]:
    for texts in (pain.text, pain.remark, pain.question):
        if texts and language in texts:
            yield texts[language]


def _telling(*texts: str) -> set[str]:
    """Return the long words of texts: short ones tie anything to everything."""
    return {
        stem(word)
        for text in texts
        for word in folded_words(text)
        if len(word) >= _LONG_WORD and not word.isdigit()
    }


def _lacks(texts: dict[str, str], language: str) -> int:
    return 0 if (text_in(texts, language) or "").strip() else 1


def _foreign(fact: Fact, language: str) -> int:
    """Return 1 for a fact told in another language without named parts from which it could be told in this one."""
    return 0 if fact.language == language or fact.slots.keys() - {"function"} else 1
