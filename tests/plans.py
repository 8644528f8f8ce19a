"""Plans built by hand, in five languages and for seven buying roles, for tests of whatever writes or judges."""

from outreach.domain.buyers import Communication, Pain, Persona
from outreach.domain.ids import make_id
from outreach.domain.people import Company, Fact, Prospect
from outreach.domain.plans import Angle, Plan, PlannedStep
from outreach.domain.selling import Ask, Claim, Offer, RolePolicy, Sender
from outreach.domain.verdicts import IcpVerdict, PersonaVerdict, Qualification

PAINS = (
    Pain(
        id="low-reply",
        text={
            "en": "reply rates fall while lists grow",
            "es": "las respuestas bajan mientras las listas crecen",
            "pt": "as respostas caem enquanto as listas crescem",
            "de": "die Antwortquote sinkt, während die Listen wachsen",
            "fr": "les réponses baissent pendant que les fichiers grossissent",
        },
        remark={
            "en": "When a team grows, lists often grow faster than replies.",
            "es": "Cuando un equipo crece, las listas suelen crecer más rápido que las respuestas.",
            "pt": "Quando uma equipe cresce, as listas costumam crescer mais rápido que as respostas.",
            "de": "Wächst ein Team, wachsen die Listen oft schneller als die Antworten.",
            "fr": "Quand une équipe grandit, les fichiers grossissent souvent plus vite que les réponses.",
        },
        question={
            "en": "Is the reply rate tracked by cohort, or only in total?",
            "es": "¿La tasa de respuesta se mide por cohorte o solo en total?",
            "pt": "A taxa de resposta é medida por turma ou só no total?",
            "de": "Wird die Antwortquote pro Jahrgang verfolgt oder nur insgesamt?",
            "fr": "Le taux de réponse est-il suivi par promotion ou seulement au total ?",
        },
        signals=("hiring",),
    ),
    Pain(
        id="slow-ramp",
        text={
            "en": "new reps need months before they work on their own",
            "es": "los vendedores nuevos tardan meses en trabajar solos",
            "pt": "os novos vendedores levam meses para trabalhar sozinhos",
            "de": "neue Leute im Vertrieb brauchen Monate, bis sie allein arbeiten",
            "fr": "les nouveaux commerciaux mettent des mois à travailler seuls",
        },
        remark={
            "en": "The first month of a new rep often decides more than the training plan does.",
            "es": "El primer mes de un vendedor suele decidir más que el plan de formación.",
            "pt": "O primeiro mês de um vendedor costuma decidir mais que o plano de treinamento.",
            "de": "Der erste Monat entscheidet oft mehr als der Einarbeitungsplan.",
            "fr": "Le premier mois d'un commercial pèse souvent plus que le plan de formation.",
        },
        question={
            "en": "How long does it take until a new rep works alone?",
            "es": "¿Cuánto tarda un vendedor nuevo en trabajar solo?",
            "pt": "Quanto tempo um vendedor novo leva para trabalhar sozinho?",
            "de": "Wie lange dauert es, bis neue Leute allein arbeiten?",
            "fr": "Combien de temps faut-il à un nouveau commercial pour travailler seul ?",
        },
        signals=("hiring", "expansion"),
    ),
    Pain(
        id="list-quality",
        text={
            "en": "mornings go into cleaning lists",
            "es": "las mañanas se van en limpiar listas",
            "pt": "as manhãs vão embora limpando listas",
            "de": "der Vormittag geht für das Aufräumen von Listen drauf",
            "fr": "les matinées passent à nettoyer des fichiers",
        },
        question={
            "en": "How much of a morning goes into cleaning lists?",
            "es": "¿Cuánto de la mañana se va en limpiar listas?",
            "pt": "Quanto da manhã vai embora limpando listas?",
            "de": "Wie viel vom Vormittag geht für Listen drauf?",
            "fr": "Quelle part de la matinée passe à nettoyer des fichiers ?",
        },
    ),
    Pain(
        id="no-show",
        text={
            "en": "booked meetings do not take place",
            "es": "las reuniones agendadas no se celebran",
            "pt": "as reuniões marcadas não acontecem",
            "de": "vereinbarte Termine fallen aus",
            "fr": "des rendez-vous pris n'ont pas lieu",
        },
    ),
)

OFFER = Offer(
    sender=Sender(
        name="Daniel Brandt",
        title="Consultant",
        company="Rampwell",
        postal_address="Rampwell, 100 Sample Street, Exampleton",
    ),
    product={
        "en": "plans the first months of new sales reps",
        "es": "planifica los primeros meses de los vendedores nuevos",
        "pt": "planeja os primeiros meses de novos vendedores",
        "de": "plant die ersten Monate neuer Leute im Vertrieb",
        "fr": "prépare les premiers mois des nouveaux commerciaux",
    },
    topic={
        "en": "ramping new reps",
        "es": "la formación de vendedores nuevos",
        "pt": "treinamento de novos vendedores",
        "de": "die Einarbeitung im Vertrieb",
        "fr": "l'intégration des commerciaux",
    },
    claims=(
        Claim(
            id="by-persona",
            kind="figure",
            answers=("low-reply",),
            text={
                "en": "A freight firm in Ghent split the first month by persona instead of by territory. Replies went from 2.1% to 3.4%.",
                "es": "Una empresa de transporte de Gante organizó el primer mes por perfil y no por zona. Las respuestas pasaron del 2,1 % al 3,4 %.",
                "pt": "Uma transportadora de Gante organizou o primeiro mês por perfil, e não por região. As respostas passaram de 2,1% para 3,4%.",
                "de": "Eine Spedition in Gent teilte den ersten Monat nach Zielgruppen statt nach Gebieten auf. Die Antwortquote stieg von 2,1 % auf 3,4 %.",
                "fr": "Un transporteur de Gand a organisé le premier mois par profil et non par secteur. Les réponses sont passées de 2,1 % à 3,4 %.",
            },
        ),
        Claim(
            id="shadowing",
            kind="peer",
            answers=("slow-ramp",),
            text={
                "en": "A payroll firm in Leeds lets new reps listen in on ten calls before they write a line.",
                "es": "Una firma de nóminas de Leeds deja que los nuevos escuchen diez llamadas antes de escribir una línea.",
                "pt": "Uma empresa de folha de pagamento de Leeds deixa os novatos ouvirem dez ligações antes de escrever uma linha.",
                "de": "Ein Lohnbüro in Leeds lässt neue Leute zehn Gespräche mithören, bevor sie eine Zeile schreiben.",
                "fr": "Une société de paie de Leeds fait écouter dix appels aux nouveaux avant qu'ils n'écrivent une ligne.",
            },
        ),
        Claim(
            id="list-check",
            kind="method",
            answers=("list-quality",),
            text={
                "en": "Rampwell checks a list overnight and marks who changed jobs.",
                "es": "Rampwell revisa una lista durante la noche y marca quién cambió de empleo.",
                "pt": "A Rampwell confere uma lista durante a noite e marca quem mudou de emprego.",
                "de": "Rampwell prüft eine Liste über Nacht und markiert, wer die Stelle gewechselt hat.",
                "fr": "Rampwell vérifie un fichier pendant la nuit et signale qui a changé de poste.",
            },
        ),
    ),
    asks=(
        Ask(
            id="write-up",
            kind="asset",
            text={
                "en": "a two-page write-up of how they set it up",
                "es": "un resumen de dos páginas de cómo lo organizaron",
                "pt": "um resumo de duas páginas de como organizaram isso",
                "de": "eine zweiseitige Beschreibung des Ablaufs",
                "fr": "deux pages sur la façon dont ils s'y sont pris",
            },
        ),
        Ask(
            id="one-pager",
            kind="forward",
            text={
                "en": "a one-page summary for the team",
                "es": "un resumen de una página para el equipo",
                "pt": "um resumo de uma página para o time",
                "de": "eine einseitige Zusammenfassung für das Team",
                "fr": "une synthèse d'une page pour l'équipe",
            },
        ),
        Ask(
            id="trial",
            kind="trial",
            text={
                "en": "a two-week trial with one team",
                "es": "una prueba de dos semanas con un equipo",
                "pt": "um teste de duas semanas com um time",
                "de": "eine zweiwöchige Probe mit einem Team",
                "fr": "un essai de deux semaines avec une équipe",
            },
        ),
        Ask(
            id="call",
            kind="meeting",
            weight="heavy",
            text={
                "en": "a call of 20 minutes",
                "es": "una llamada de 20 minutos",
                "pt": "uma conversa de 20 minutos",
                "de": "ein Gespräch von 20 Minuten",
                "fr": "un échange de 20 minutes",
            },
        ),
    ),
)

HIRING = Fact(
    id="f_hiring",
    kind="hiring",
    text="Cargolia has six SDR openings in Bogotá",
    slots={"count": "6", "what": "SDR", "place": "Bogotá"},
)

#: What each role is asked, by goal; a small stand-in for the policies under templates/roles/.
ASKS = {
    "gatekeeper": {
        "open": "route",
        "prove": "question",
        "offer": "route",
        "widen": "question",
        "close": "none",
    },
    "user": {
        "open": "question",
        "prove": "question",
        "offer": "trial",
        "widen": "question",
        "close": "asset",
    },
    "influencer": {
        "open": "question",
        "prove": "asset",
        "offer": "forward",
        "widen": "question",
        "close": "none",
    },
    "champion": {
        "open": "question",
        "prove": "forward",
        "offer": "trial",
        "widen": "question",
        "close": "forward",
    },
    "technical_evaluator": {
        "open": "question",
        "prove": "question",
        "offer": "trial",
        "widen": "question",
        "close": "none",
    },
    "decision_maker": {
        "open": "question",
        "prove": "asset",
        "offer": "meeting",
        "widen": "question",
        "close": "asset",
    },
    "economic_buyer": {
        "open": "question",
        "prove": "question",
        "offer": "asset",
        "widen": "question",
        "close": "none",
    },
}

LINKEDIN_FIRST = (
    ("connection_request", 0, "connect", "start"),
    ("linkedin_message", 2, "open", "accepted"),
    ("linkedin_message", 7, "prove", "accepted"),
    ("linkedin_message", 15, "close", "accepted"),
)
EMAIL_FIRST = (
    ("email", 0, "open", "start"),
    ("email", 4, "prove", "start"),
    ("email", 9, "offer", "start"),
    ("email", 15, "widen", "start"),
    ("email", 21, "close", "start"),
)
INMAIL = (("inmail", 0, "open", "start"), ("inmail", 8, "close", "start"))

_LIMITS = {"connection_request": 200, "linkedin_message": 1000, "inmail": 1200, "email": None}
_ADDRESS = {"en": "plain", "es": "usted", "pt": "voce", "de": "sie", "fr": "vous"}


def make_plan(
    role="decision_maker",
    language="en",
    *,
    steps=LINKEDIN_FIRST,
    facts=(HIRING,),
    address=None,
    formality="neutral",
    persona=None,
    offer=OFFER,
    asks=None,
    max_words=None,
    note_limit=200,
    **person,
):
    """Return a whole plan: the fact goes with the first steps, each later step has a pain and a claim of its own."""
    known = {
        "first_name": "Ana",
        "last_name": "Torres",
        "greeting_name": "Ana",
        "title": "VP Sales",
        "language": language,
    }
    company = person.pop("company", "Cargolia")
    prospect = Prospect(
        id=make_id("p", known | person),
        company=Company(name=company, key=company.casefold()),
        **(known | person),
    )
    persona = persona or Persona(
        id="sales",
        name="Sales",
        buying_role=role,
        pain_points=PAINS,
        communication=Communication(formality=formality),
    )
    asked = asks or ASKS[role]
    outreach_id = make_id("o1", [prospect.id, persona.id, role, [list(step) for step in steps]])
    return Plan(
        outreach_id=outreach_id,
        prospect=prospect,
        persona=persona,
        offer=offer,
        policy=RolePolicy(id=role, description="", asks={}),
        qualification=Qualification(
            prospect_id=prospect.id,
            icp=IcpVerdict(verdict="fit", score=100, known_weight=1),
            persona=PersonaVerdict(id=persona.id, buying_role=role, verdict="fit", score=100),
            usable_fact_ids=tuple(fact.id for fact in facts),
            decision="write",
            decision_reason="fit",
        ),
        sequence_id="by-hand",
        language=language,
        address=address or _ADDRESS.get(language, "plain"),
        address_reason="by hand",
        facts=tuple(facts),
        note_limit=note_limit,
        steps=tuple(
            _step(number, step, persona, offer, facts, asked, role, max_words, note_limit)
            for number, step in enumerate(steps, 1)
        ),
    )


def _step(number, step, persona, offer, facts, asked, role, max_words, note_limit):
    channel, day, goal, after = step
    # Each step has a pain of its own; the first fact goes with the first step.
    pain = None
    if persona.pain_points and role != "gatekeeper":
        pain = persona.pain_points[(number - 1) % len(persona.pain_points)]
    fact_at = 0 if number == 1 else 1 if number == 2 else None
    fact = facts[fact_at] if fact_at is not None and fact_at < len(facts) else None
    claim = None
    if goal in {"prove", "offer"} and pain and role != "gatekeeper":
        claim = next((claim for claim in offer.claims if pain.id in claim.answers), None)
    kind = asked.get(goal, "none")
    ask = (
        next((ask for ask in offer.asks if ask.kind == kind), None)
        if kind not in {"none", "question", "route"}
        else None
    )
    return PlannedStep(
        step=number,
        channel=channel,
        day=day,
        after=after,
        goal=goal,
        angle=Angle(
            pain_id=pain.id if pain else None,
            claim_id=claim.id if claim else None,
            fact_id=fact.id if fact else None,
        ),
        ask_kind=kind,
        ask_id=ask.id if ask else None,
        max_chars=note_limit if channel == "connection_request" else _LIMITS[channel],
        max_words=max_words,
    )
