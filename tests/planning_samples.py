"""Invented people, offers and personas that tests of qualification and planning share."""

import datetime
from typing import Any

from outreach.domain.buyers import Icp, Pain, Persona, PersonaMatch
from outreach.domain.people import Company, Fact, Prospect, Range
from outreach.domain.selling import Ask, Claim, Offer, RolePolicy, Sender, Sequence, SequenceStep
from outreach.domain.verdicts import IcpVerdict, PersonaVerdict, Qualification

AS_OF = datetime.date(2026, 3, 2)


def fact(fact_id: str = "f_hiring", kind: str = "hiring", days_old: int | None = 10, **fields: Any) -> Fact:
    date = None if days_old is None else AS_OF - datetime.timedelta(days=days_old)
    return Fact(
        id=fact_id, kind=kind, date=date, **({"text": f"Lumera has {kind} news"} | _hired(kind) | fields)
    )


def _hired(kind: str) -> dict[str, Any]:
    return {"slots": {"function": "sales"}} if kind == "hiring" else {}


def company(**fields: Any) -> Company:
    known = {"name": "Lumera", "key": "lumera.example", "domain": "lumera.example", "industry": "Software Development",
             "industry_group": "software", "employees": Range(low=120, high=120), "country": "CO"}  # fmt: skip
    return Company(**(known | fields))


def prospect(**fields: Any) -> Prospect:
    known = {"id": "p_1", "first_name": "Ana", "last_name": "Rojas", "title": "VP Sales", "email": "ana.rojas@lumera.example",
             "linkedin_url": "https://www.linkedin.com/in/ana-rojas-test", "country": "CO", "company": company()}  # fmt: skip
    return Prospect(**(known | fields))


def persona(persona_id: str = "vp-sales", **fields: Any) -> Persona:
    pains = tuple(
        Pain(
            id=name,
            text={"en": f"{name} hurts", "es": f"{name} duele"},
            signals=("hiring",) if name == "ramp" else (),
        )
        for name in ("replies", "ramp", "forecast", "tools")
    )
    known = {"id": persona_id, "name": persona_id, "buying_role": "decision_maker", "pain_points": pains,
             "match": PersonaMatch(titles=("VP Sales", "Director Comercial"), functions=("sales",))}  # fmt: skip
    return Persona(**(known | fields))


def offer(**fields: Any) -> Offer:
    claims = (
        Claim(
            id="c-peer",
            text={"en": "A team did.", "es": "Un equipo lo hizo."},
            answers=("replies",),
            kind="peer",
        ),
        Claim(
            id="c-figure", text={"en": "2 became 3.", "es": "2 pasó a 3."}, answers=("ramp",), kind="figure"
        ),
        Claim(
            id="c-method",
            text={"en": "It works so.", "es": "Funciona así."},
            answers=("replies", "tools"),
            kind="method",
        ),
        Claim(
            id="c-product", text={"en": "It does.", "es": "Lo hace."}, answers=("forecast",), kind="product"
        ),
    )
    asks = (
        Ask(id="sheet", text={"en": "a sheet", "es": "una hoja"}, kind="asset", answers=("replies",)),
        Ask(id="sample", text={"en": "a sample", "es": "una muestra"}, kind="asset"),
        Ask(id="page", text={"en": "a page to pass on", "es": "una página para compartir"}, kind="forward"),
        Ask(id="sandbox", text={"en": "a trial", "es": "una prueba"}, kind="trial", weight="medium"),
        Ask(id="call", text={"en": "a call", "es": "una llamada"}, kind="meeting", weight="heavy"),
    )
    known = {"sender": Sender(name="Nora Vance", company="Quill"), "product": {"en": "writes", "es": "escribe"},
             "claims": claims, "asks": asks}  # fmt: skip
    return Offer(**(known | fields))


def policy(role: str = "decision_maker", **fields: Any) -> RolePolicy:
    known = {"id": role, "description": role, "proof": ("peer", "figure", "method"), "max_words": {"email": 100},
             "asks": {"connect": ("none",), "open": ("question",), "prove": ("asset", "question"), "offer": ("meeting", "asset"),
                      "widen": ("question", "asset"), "close": ("route", "asset")}}  # fmt: skip
    return RolePolicy(**(known | fields))


def sequence(*steps: tuple[str, int, str], **fields: Any) -> Sequence:
    walked = steps or (("connection_request", 0, "connect"), ("linkedin_message", 2, "open"), ("linkedin_message", 7, "prove"),
                       ("email", 9, "offer"), ("email", 14, "widen"), ("email", 21, "close"))  # fmt: skip
    made = tuple(SequenceStep.model_validate({"channel": c, "day": d, "goal": g}) for c, d, g in walked)
    return Sequence(**({"id": "six", "name": "Six", "steps": made} | fields))


def qualification(usable: tuple[str, ...] = (), **fields: Any) -> Qualification:
    known = {"prospect_id": "p_1", "icp": IcpVerdict(verdict="fit", score=90, known_weight=1), "usable_fact_ids": usable,
             "persona": PersonaVerdict(id="vp-sales", buying_role="decision_maker", verdict="fit", score=100),
             "decision": "write" if usable else "write_generic", "decision_reason": "both fit"}  # fmt: skip
    return Qualification(**(known | fields))


def icp(criteria: dict[str, Any], **fields: Any) -> Icp:
    return Icp.model_validate({"name": "test", "criteria": criteria} | fields)
