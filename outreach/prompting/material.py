"""A plan in; the plain data that its prompt files may use out: the stable half, and the reader inside fences."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from outreach.domain.branches import day_text
from outreach.domain.buyers import Persona
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.record import some_text
from outreach.prompting.environment import Data
from outreach.prompting.fence import fence_token, fenced
from outreach.prompting.own_voice import own_voice
from outreach.text.counting import channel_length
from outreach.text.hidden import clean_text

#: Untrusted text helps to choose words and no more: its first lines do, and a long one would cost on every call.
MAX_PROFILE_CHARS = 500
#: Facts are one clause; names, titles and company names are shorter still. Longer ones carry something else.
MAX_FACT_CHARS = 300
MAX_NAME_CHARS = 120
#: Characters of a word with its space, on the long side: models count words better than characters.
CHARS_PER_WORD = 7.5


def basis_ids(plan: Plan) -> dict[str, str]:
    """Return what the short ids of a prompt stand for: `F1` → `fact:f_…`, `C1` → `claim:…`, `P1`, `A1` alike.

    `F0` is the reader's own record (name, title, company), `A0` what the sender's company does.
    """
    ids = {"F0": "fact:prospect", "A0": "claim:product"}
    ids |= {f"F{n}": f"fact:{fact.id}" for n, fact in enumerate(plan.facts, 1)}
    ids |= {f"C{n}": f"claim:{claim.id}" for n, claim in enumerate(plan.offer.claims, 1)}
    ids |= {f"P{n}": f"pain:{pain.id}" for n, pain in enumerate(plan.persona.pain_points, 1)}
    return ids | {f"A{n}": f"ask:{ask.id}" for n, ask in enumerate(plan.offer.asks, 1)}


def stable_data(plan: Plan) -> Data:
    """Return the half that is equal for all prospects of a persona, offer, sequence and language. No prospect data."""
    language, words = plan.language, wording()
    return {
        "part": "system",
        "language": {"code": language, "name": language_name(language)},
        "sender": {key: _line(getattr(plan.offer.sender, key)) for key in ("name", "title", "company")},
        "persona": _persona(plan.persona, language),
        "role": {
            "name": words["roles"][plan.persona.buying_role],
            "advice": _line(plan.policy.advice, 1000),
            "proof": list(plan.policy.proof),
            "forbidden": [
                {"move": _line(item.move), "why": _line(item.why)} for item in plan.policy.forbidden
            ],
        },
        "offer": _offer(plan),
        "own_voice": own_voice(plan.voice, plan.language),
        "sequence": [
            {
                "step": str(step.step),
                "channel": words["channels"][step.channel],
                "when": day_text(step.day, step.after, plan.wait_days),
                "goal": step.goal,
                "limit": _limit(step),
                "first_word": "yes" if step is _first_after_accepting(plan) else "",
            }
            for step in plan.steps
        ],
        "branches": "yes" if plan.wait_days is not None else "",
    }


def _first_after_accepting(plan: Plan) -> PlannedStep | None:
    """Return the message that stands in for the note of a request that went out bare."""
    if not plan.bare_request:
        return None
    return next((step for step in plan.steps if step.after == "accepted"), None)


@dataclass(frozen=True)
class HalvedData:
    """What the two renderings of a prompt file are given: the stable half alone, and the whole with the reader's."""

    stable: Data
    whole: Data


def halved(plan: Plan, own: Data) -> HalvedData:
    """Return both halves: what is stable, and beside it how this reader is addressed and the task's own data."""
    stable = stable_data(plan)
    address: str = wording()["address"].get(plan.address, {}).get(plan.language, "")
    return HalvedData(stable, stable | {"part": "user", "address": address} | own)


def reader_data(plan: Plan, secret: bytes) -> HalvedData:
    """Return the data of a sequence prompt: plan by step, and all text of others between fence lines."""
    profile = _profile(plan)
    own: Data = {
        "steps": [step_terms(plan, step) for step in plan.steps],
        "facts": [f"F{n}" for n, _ in enumerate(plan.facts, 1)],
        "reader": fenced_reader(plan, secret),
        "profile": fenced(_token(plan, secret), "profile", profile) if profile else "",
    }
    return halved(plan, own)


def fenced_reader(plan: Plan, secret: bytes) -> str:
    """Return what is true of the reader, a line for each short id, between fence lines."""
    return fenced(_token(plan, secret), "reader", "\n".join(_reader_lines(plan)))


def step_terms(plan: Plan, step: PlannedStep) -> Data:
    """Return what the plan says of a step: channel, limit, material and ask, in words and short ids."""
    return {
        "step": str(step.step),
        "channel": wording()["channels"][step.channel],
        "goal": step.goal,
        "thread": "yes" if step.existing_thread else "",
        "limit": _limit(step),
        "material": step_material(plan, step),
        "ask": step_ask(plan, step),
    }


def step_material(plan: Plan, step: PlannedStep) -> str:
    """Return what a step is made of, by short id: `P2 with F1, then C1`."""
    short = {long: key for key, long in basis_ids(plan).items()}
    angle = step.angle
    pain = short.get(f"pain:{angle.pain_id}", "")
    fact = short.get(f"fact:{angle.fact_id}", "")
    claim = short.get(f"claim:{angle.claim_id}", "")
    parts = [part for part in (fact, pain, claim) if part]
    if parts:
        return "use " + " and ".join(parts)
    return "bring up nothing new" if step.goal == "close" else "use the role's subject in general"


def step_ask(plan: Plan, step: PlannedStep) -> str:
    """Return what a step asks, in words: `end by offering A1`."""
    words = wording()["asks"]
    short = {long: key for key, long in basis_ids(plan).items()}
    ask = short.get(f"ask:{step.ask_id}", "")
    kind: str = step.ask_kind
    if kind == "none" and step.channel != "connection_request":
        kind = "none_message"
    if ask and f"{kind}_with_ask" in words:
        kind = f"{kind}_with_ask"
    topic = some_text(plan.offer.topic, plan.language) if plan.offer.topic else "this subject"
    text: str = words[kind]
    return text.format(ask=ask or "something small", topic=_line(topic))


def language_name(code: str) -> str:
    """Return a language's English name, or `the language with code xx` where the table has none."""
    name: str = wording()["languages"].get(code, f"the language with code {code}")
    return name


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """Return the table of words for our codes, `data/wording.toml`."""
    return tomllib.loads(files("outreach.prompting").joinpath("data/wording.toml").read_text("utf-8"))


def _persona(persona: Persona, language: str) -> Data:
    communication, words = persona.communication, wording()
    return {
        "name": _line(persona.name),
        "responsibilities": [_line(some_text(text, language)) for text in persona.responsibilities],
        "metrics": [_line(some_text(text, language)) for text in persona.success_metrics],
        "objections": [_line(some_text(text, language)) for text in persona.objection_texts],
        "vocabulary": [_line(word) for word in persona.vocabulary],
        "avoid": [_line(word) for word in communication.avoid],
        "style": words["style"][communication.style],
        "formality_hint": words["formality"][communication.formality],
        "pains": [
            {"id": f"P{n}", "text": _line(some_text(pain.text, language), MAX_FACT_CHARS)}
            for n, pain in enumerate(persona.pain_points, 1)
        ],
    }


def _offer(plan: Plan) -> Data:
    """Return claims and asks that concern this persona. A planner draws on no others, so the half stays stable."""
    offer, language = plan.offer, plan.language
    allowed = {kind for kinds in plan.policy.asks.values() for kind in kinds}
    used_claims = {step.angle.claim_id for step in plan.steps}
    used_asks = {step.ask_id for step in plan.steps}
    return {
        "product": _line(some_text(offer.product, language), MAX_FACT_CHARS),
        "topic": _line(some_text(offer.topic, language)) if offer.topic else "",
        "claims": [
            {
                "id": f"C{n}",
                "kind": claim.kind
                + (", customer unnamed" if claim.kind in ("figure", "peer") and not claim.may_name else ""),
                "text": _line(some_text(claim.text, language), 600),
            }
            for n, claim in enumerate(offer.claims, 1)
            if claim.id in used_claims or _belongs(claim.answers, plan.persona)
        ],
        "asks": [
            {"id": f"A{n}", "kind": ask.kind, "text": _line(some_text(ask.text, language), MAX_FACT_CHARS)}
            for n, ask in enumerate(offer.asks, 1)
            if ask.id in used_asks or (ask.kind in allowed and _belongs(ask.answers, plan.persona))
        ],
        "never_say": [_line(text) for text in offer.never_say],
    }


def _belongs(answers: tuple[str, ...], persona: Persona) -> bool:
    return not answers or any(pain.id in answers for pain in persona.pain_points)


def _limit(step: PlannedStep) -> str:
    parts = []
    if step.max_chars:
        # A tenth under the limit: models miscount, and a message that breaks the limit is asked for again.
        words = int(step.max_chars * 0.9 / CHARS_PER_WORD)
        if step.max_words is None or step.max_words > words:
            parts.append(f"At most {words} words and {step.max_chars} characters.")
    if not parts and step.max_words:
        parts.append(f"At most {step.max_words} words.")
    return " ".join(parts)


def _token(plan: Plan, secret: bytes) -> str:
    return fence_token(secret, [plan.outreach_id, plan.variant, _reader_lines(plan), _profile(plan)])


def _reader_lines(plan: Plan) -> list[str]:
    prospect = plan.prospect
    name = f"{prospect.first_name} {prospect.last_name}".strip()
    # The first name alone goes ill with Sie, and an honorific only ever comes from a column.
    called = name if plan.address == "sie" and not prospect.honorific else prospect.greeting_name
    if prospect.honorific:
        called = prospect.last_name or called
    greeting = (
        " ".join(part for part in (prospect.honorific, called) if part) if prospect.greeting_name else ""
    )
    lines = [
        ("F0", ", ".join(_line(part) for part in (name, prospect.title, prospect.company.name) if part)),
        ("Greet as", _line(greeting) or "nobody: greet without a name"),
        ("Industry", _line(prospect.company.industry or "")),
    ]
    for number, fact in enumerate(plan.facts, 1):
        date = f", {fact.date:%Y-%m}" if fact.date else ""
        lines.append((f"F{number} ({_line(fact.kind)}{date})", _line(fact.text, MAX_FACT_CHARS)))
    return [f"{label}: {text}" for label, text in lines if text]


def _profile(plan: Plan) -> str:
    prospect = plan.prospect
    texts = (prospect.headline, prospect.profile_text, prospect.company.description or "")
    return "\n".join(text for text in (_line(text, MAX_PROFILE_CHARS) for text in texts) if text)[
        :MAX_PROFILE_CHARS
    ]


def _line(text: str, max_chars: int = MAX_NAME_CHARS) -> str:
    """Return a text as one visible line, cut at a word where it is longer than any honest one."""
    line = " ".join(clean_text(text).text.split())
    return line if channel_length(line) <= max_chars else line[:max_chars].rsplit(" ", 1)[0] + " …"
