"""Plans, answers and a fake client for the tests of prompts and of the writer that uses a model."""

import datetime
import json
from typing import Any

from outreach.domain.buyers import Communication, Pain, Persona
from outreach.domain.completions import Completion, Prompt, Usage
from outreach.domain.people import Company, Fact, Prospect
from outreach.domain.plans import Angle, Plan, PlannedStep
from outreach.domain.selling import Ask, Claim, ForbiddenMove, Offer, RolePolicy, Sender
from outreach.domain.verdicts import IcpVerdict, PersonaVerdict, Qualification

PERSONA = Persona(
    id="plant-manager",
    name="Plant manager",
    buying_role="decision_maker",
    responsibilities=({"en": "keep the lines running"}, {"en": "safety on the floor"}),
    pain_points=(
        Pain(id="changeover", text={"en": "changeovers eat the first hour of a shift", "es": "los cambios de formato se comen la primera hora del turno"}),
        Pain(id="handover", text={"en": "the night shift's notes do not reach the day shift", "es": "las notas del turno de noche no llegan al de día"}),
        Pain(id="scrap", text={"en": "scrap is counted a week too late", "es": "la merma se cuenta una semana tarde"}),
    ),
    success_metrics=({"en": "output per shift"},),
    objections=({"en": "we have a system for that"},),
    communication=Communication(formality="neutral", style="brief", avoid=("buzzwords",)),
)  # fmt: skip
OFFER = Offer(
    sender=Sender(name="Ida Bergson", title="Founder", company="Tallyforge", signature="Ida", postal_address="Tallyforge, 100 Sample Street"),
    product={"en": "keeps shift notes in one place", "es": "guarda las notas de turno en un solo lugar"},
    topic={"en": "shift handovers", "es": "los relevos de turno"},
    claims=(
        Claim(id="bottler", kind="figure", answers=("changeover",),
              text={"en": "A bottler in Ghent cut its changeovers from 50 to 35 minutes.", "es": "Una embotelladora de Gante redujo sus cambios de formato de 50 a 35 minutos."}),
        Claim(id="one-page", kind="method", answers=("handover",), text={"en": "Tallyforge keeps a handover on one page.", "es": "Tallyforge resume un relevo en una página."}),
        Claim(id="payroll", kind="method", answers=("payroll-errors",), text={"en": "Tallyforge closes the payroll on day two."}),
    ),
    asks=(
        Ask(id="sheet", kind="asset", text={"en": "a one-page handover sheet", "es": "una hoja de relevo de una página"}),
        Ask(id="pilot", kind="trial", weight="heavy", text={"en": "a two-week trial on one line", "es": "una prueba de dos semanas en una línea"}),
    ),
    never_say=("guaranteed",),
)  # fmt: skip
POLICY = RolePolicy(
    id="decision_maker",
    description="says yes or no",
    asks={
        "connect": ("none",),
        "open": ("question",),
        "prove": ("asset",),
        "offer": ("meeting",),
        "close": ("none",),
    },
    proof=("figure", "peer"),
    forbidden=(ForbiddenMove(move="flattery", why="they hear it all day"),),
    advice="Be short and give them something to decide.",
)
FACT = Fact(
    id="f_line",
    kind="expansion",
    text="Brightmalt opened a third bottling line in Salta",
    date=datetime.date(2026, 10, 4),
)
STEPS = (
    PlannedStep(step=1, channel="connection_request", day=0, goal="connect", angle=Angle(pain_id="changeover", fact_id="f_line"), max_chars=200),
    PlannedStep(step=2, channel="linkedin_message", day=2, after="accepted", goal="open", angle=Angle(pain_id="handover"), ask_kind="question", max_chars=1000, max_words=70),
    PlannedStep(step=3, channel="email", day=7, goal="prove", angle=Angle(pain_id="changeover", claim_id="bottler"), ask_kind="asset", ask_id="sheet", max_words=90),
    PlannedStep(step=4, channel="linkedin_message", day=15, goal="close", angle=Angle(), max_chars=1000, max_words=50),
)  # fmt: skip


def make_prospect(**changes: Any) -> Prospect:
    values: dict[str, Any] = {
        "id": "p_1",
        "first_name": "Carla",
        "last_name": "Ibáñez",
        "greeting_name": "Carla",
        "title": "Plant Manager",
        "company": Company(name="Brightmalt", key="brightmalt.example", industry="Beverages"),
        "facts": (FACT,),
    }
    return Prospect.model_validate(values | changes)


def make_plan(prospect: Prospect | None = None, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "outreach_id": "o1_1",
        "prospect": prospect or make_prospect(),
        "persona": PERSONA,
        "offer": OFFER,
        "policy": POLICY,
        "qualification": Qualification(
            prospect_id="p_1",
            icp=IcpVerdict(verdict="fit", score=90, known_weight=1),
            persona=PersonaVerdict(id="plant-manager", verdict="fit", score=90),
            decision="write",
            decision_reason="fits",
        ),
        "sequence_id": "mixed",
        "language": "en",
        "address": "plain",
        "address_reason": "English",
        "facts": (FACT,),
        "steps": STEPS,
    }
    return Plan(**(values | changes))


GOOD: list[dict[str, Any]] = [
    {"step": 1, "subject": None, "paragraphs": [[
        {"text": "Hi Carla, Brightmalt opened a third bottling line in Salta.", "rests_on": ["F1"]},
        {"text": "With one line more, changeovers often eat the first hour of a shift.", "rests_on": ["P1", "hedge"]},
        {"text": "Glad to connect.", "rests_on": ["courtesy"]}]]},
    {"step": 2, "subject": None, "paragraphs": [[
        {"text": "Thanks for connecting, Carla.", "rests_on": ["courtesy"]},
        {"text": "Notes of the night shift often do not reach the day shift.", "rests_on": ["P2", "hedge"]},
        {"text": "How do the shifts at Brightmalt hand over today?", "rests_on": ["question"]}]]},
    {"step": 3, "subject": "changeovers on a new line", "paragraphs": [
        [{"text": "Hi Carla,", "rests_on": ["courtesy"]}],
        [{"text": "Changeovers tend to take longest on the newest line, as Brightmalt may see in Salta.", "rests_on": ["P1", "F1"]},
         {"text": "A bottler in Ghent cut its changeovers from 50 to 35 minutes.", "rests_on": ["C1"]}],
        [{"text": "Shall I send you a one-page handover sheet?", "rests_on": ["A1", "question"]}]]},
    {"step": 4, "subject": None, "paragraphs": [[
        {"text": "I will leave it here, Carla.", "rests_on": ["courtesy"]},
        {"text": "If handovers at Brightmalt come up once the line in Salta runs, a word is enough.", "rests_on": ["F1", "courtesy"]},
        {"text": "All the best with it.", "rests_on": ["courtesy"]}]]},
]  # fmt: skip


def answer(messages: list[dict[str, Any]] | None = None) -> str:
    return json.dumps({"messages": GOOD if messages is None else messages}, ensure_ascii=False)


def completion(text: str, **changes: Any) -> Completion:
    values = {
        "provider": "fake",
        "model": "fake-1",
        "usage": Usage(input_tokens=100, output_tokens=50, cost_usd=0.01),
    }
    return Completion.model_validate(values | {"text": text} | changes)


class FakeClient:
    """Answers from a list, the last one for ever; remembers what it was asked."""

    def __init__(self, *answers: str | Completion | Exception) -> None:
        self.answers = list(answers)
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt, sample: int = 0) -> Completion:
        self.prompts.append(prompt)
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(given, Exception):
            raise given
        return given if isinstance(given, Completion) else completion(given)
