"""Messages to people of one account, held against each other: what exposes, repeats or contradicts, and what only looks so."""

import json
from pathlib import Path

import pytest

from outreach.domain.judgement import SequenceRecord
from outreach.rubric.account_judge import account_findings
from outreach.rubric.account_view import Colleagues, Told
from outreach.rubric.rubrics import builtin_rubric
from outreach.running.validating import judge_lines
from tests.cli import run

RUBRIC = builtin_rubric()


def sequence(
    first: str,
    last: str,
    role: str,
    *bodies: str,
    language: str = "en",
    facts: tuple[str, ...] = (),
    **fields: object,
) -> SequenceRecord:
    return SequenceRecord.model_validate(
        {
            "id": f"o_{first}", "account": "lumera.example", "language": language,
            "context": {
                "prospect": {"first_name": first, "last_name": last, "role": role, "company": "Lumera"}, "facts": facts,
                "sender": {"name": "Daniel Brandt", "company": "Rampwell"}, "preferences": {"language": language},
            },
            "steps": [{"step": n, "channel": "linkedin_message", "body": body} for n, body in enumerate(bodies, 1)],
        } | fields
    )  # fmt: skip


THEO = sequence(
    "Theo", "Marchetti", "RevOps Manager", "Hi Theo, how are duplicates in the CRM found at present?"
)
INGRID = sequence("Ingrid", "Solheim", "CFO", "Hello Ingrid, when does the close end each month?")


def found(record: SequenceRecord, *before: SequenceRecord) -> set[str]:
    """Return the checks that find something in a record beside these colleagues."""
    colleagues = Colleagues(
        tuple(other.context.prospect for other in before), tuple(Told(other, RUBRIC) for other in before)
    )
    findings = account_findings(Told(record, RUBRIC), colleagues, RUBRIC)
    return {finding.check.removeprefix("account.") for step in findings.values() for finding in step}


def to_ana(body: str, language: str = "en", **fields: object) -> SequenceRecord:
    return sequence("Ana", "Rojas", "VP Sales", body, language=language, **fields)


SAYS = {
    "en": [
        "I have also written to your CFO about this.", "We're in touch with two of your colleagues already.",
        "I've messaged your manager as well.", "Your colleague got the same note from me.", "Your team has heard from us last week.",
        "I also spoke to somebody else on your side.", "As I told your colleague, it takes two pages.",
    ],
    "es": [
        "También le escribí a su colega de finanzas.", "Ya hablamos con tu jefe sobre esto.", "He escrito también a sus compañeros.",
        "Estoy en contacto con otra directora de la casa.", "Su equipo recibió mi mensaje la semana pasada.", "Envié la misma nota a tu gerente.",
    ],
    "pt": [
        "Também escrevi para o seu colega de finanças.", "Já falei com a sua chefe sobre isso.", "Estou em contato com o seu diretor.",
        "Enviei a mesma mensagem para a sua equipe.", "Sua colega recebeu a minha mensagem.", "Escrevi também ao seu gerente.",
    ],
    "de": [
        "Ich habe auch Ihrer Kollegin geschrieben.", "Ich bin mit Ihrem Kollegen schon im Gespräch.", "Wir haben Ihren Chef bereits kontaktiert.",
        "Ihre Kollegin hat meine Nachricht erhalten.", "Ich schreibe parallel auch Ihrem Team.", "Ich stehe auch mit deiner Chefin in Kontakt.",
    ],
    "fr": [
        "J'ai aussi écrit à votre collègue des finances.", "Nous avons déjà contacté votre directrice.", "Je suis aussi en contact avec vos collègues.",
        "J'ai envoyé le même mot à votre responsable.", "Votre collègue a reçu mon message.", "J'échange déjà avec votre équipe.",
    ],
}  # fmt: skip
DOES_NOT = {
    "en": [
        "Would a page help that your colleagues can read too?", "I'm writing about your team in Lisbon.", "Who on your team looks after it?",
        "Has your team heard from customers who left?", "Shall I send it to your manager instead?", "Sales teams are also talking to their managers about it.",
        "I can send it to you, and you pass it on to your team.", "Did your team get the budget it asked for?", "We spoke with people in sales at ten firms.",
    ],
    "es": [
        "¿Le serviría una página que sus colegas también puedan leer?", "Le escribo por su equipo en Lisboa.", "¿Quién de su equipo se ocupa de esto?",
        "¿Puedo enviarlo a su gerente en lugar de a usted?", "Hablamos con equipos de ventas de diez empresas.", "¿Recibió su equipo el presupuesto que pidió?",
    ],
    "pt": [
        "Uma página que os seus colegas também possam ler ajudaria?", "Escrevo sobre a sua equipe em Lisboa.", "Quem da sua equipe cuida disso?",
        "Posso enviar ao seu gerente em vez de a você?", "Falei com equipes de vendas de dez empresas.", "A sua equipe recebeu o orçamento que pediu?",
    ],
    "de": [
        "Würde eine Seite helfen, die auch Ihr Team lesen kann?", "Ich schreibe wegen Ihres Teams in Lissabon.", "Wer in Ihrem Team kümmert sich darum?",
        "Haben Sie mit Ihrem Team schon darüber gesprochen?", "Darf ich es auch Ihrem Kollegen schicken?", "Ihr Team hat schon Antworten erhalten?",
    ],
    "fr": [
        "Une page que vos collègues pourraient lire aussi vous aiderait-elle ?", "Je vous écris au sujet de votre équipe à Lisbonne.",
        "Qui, dans votre équipe, s'en occupe ?", "Avez-vous parlé à votre équipe ?", "Puis-je l'envoyer à votre responsable ?",
        "Nous avons parlé de votre secteur avec dix entreprises.",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in SAYS.items() for text in texts]
)
def test_to_say_that_a_colleague_is_written_to_is_found(language: str, text: str) -> None:
    assert "says" in found(to_ana(text, language), INGRID)


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in DOES_NOT.items() for text in texts]
)
def test_what_only_sounds_so_is_not(language: str, text: str) -> None:
    assert found(to_ana(text, language), INGRID) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Theo Marchetti may know more about it."), ("en", "Marchetti, Theo keeps the list."), ("en", "Theo in RevOps may know more."),
        ("en", "Your colleague Theo sees it first."), ("en", "As Theo mentioned, the CRM fills up."), ("en", "Is Theo's team on it?"),
        ("en", "Mr Marchetti would know."), ("es", "Su colega Theo lo ve primero."), ("es", "El señor Marchetti lo sabe."),
        ("pt", "O seu colega Theo vê isso primeiro."), ("pt", "Theo Marchetti deve saber."), ("de", "Ihr Kollege Theo sieht das zuerst."),
        ("de", "Herr Marchetti weiß das."), ("fr", "Votre collègue Theo le voit en premier."), ("fr", "Monsieur Marchetti le saurait."),
    ],
)  # fmt: skip
def test_a_colleagues_name_gives_away_whom_else_we_write_to(language: str, text: str) -> None:
    assert "names" in found(to_ana(text, language), THEO)


def test_a_name_that_is_not_the_colleagues_is_none() -> None:
    # A first name with nothing beside it, a namesake who is the reader, a customer in a claim, a city in a fact.
    assert found(to_ana("A firm called Theo & Sons did it in a week."), THEO) == set()
    other_ana = sequence("Ana", "Lopes", "Sales Manager", "Something else altogether, is it not?")
    assert found(to_ana("Hi Ana, how does your sales team look at it?"), other_ana) == set()
    sofia = sequence("Sofia", "Petrova", "Head of Sales", "Something else altogether, is it not?")
    office = to_ana(
        "The Lumera office in Sofia caught my eye.", facts=("Lumera opened a sales office in Sofia",)
    )
    assert found(office, sofia) == set()
    will = sequence("Will", "Marsh", "Sales Director", "Something else altogether, is it not?")
    assert found(to_ana("Will sales look at it this year?"), will) == set()


def test_a_name_given_away_fails_without_colleagues_before() -> None:
    colleagues = Colleagues((THEO.context.prospect,))
    findings = account_findings(Told(to_ana("Theo Marchetti knows."), RUBRIC), colleagues, RUBRIC)
    (finding,) = findings[1]
    assert (finding.severity, finding.quote) == ("error", "Theo Marchetti")


def test_two_messages_to_an_account_are_not_one_message() -> None:
    text = (
        "Hi {}, six openings at once often mean that the ramp takes longer than planned. How do you plan it?"
    )
    theirs = sequence("Theo", "Marchetti", "RevOps Manager", text.format("Theo"))
    assert found(to_ana(text.format("Ana")), theirs) == {"alike"}
    assert found(to_ana("Hi Ana, how long does a new rep take to the first deal?"), theirs) == set()


def test_two_people_are_not_opened_with_one_fact() -> None:
    facts = ("Lumera is hiring six SDRs in Lisbon", "Lumera moved its CRM to HubSpot")
    theirs = sequence(
        "Theo", "Marchetti", "RevOps", "Hi Theo, six SDR openings in Lisbon: that is a lot.", facts=facts
    )
    ours = to_ana("Hi Ana, I came across six open SDR posts in Lisbon. Who plans the ramp?", facts=facts)
    assert "opening" in found(ours, theirs)
    assert (
        found(to_ana("Hi Ana, I saw that the CRM moved to HubSpot. Who owns it?", facts=facts), theirs)
        == set()
    )
    later = to_ana("Hi Ana, how do you plan a ramp?", facts=facts)
    step = later.steps[0].model_copy(
        update={"step": 2, "body": "Six SDR openings in Lisbon are a lot. Who plans them?"}
    )
    assert "opening" not in found(later.model_copy(update={"steps": (*later.steps, step)}), theirs)


def test_one_thing_has_one_figure() -> None:
    theirs = sequence(
        "Theo",
        "Marchetti",
        "RevOps",
        "Lumera is hiring six SDRs in Lisbon this autumn.",
        facts=("Lumera is hiring six SDRs in Lisbon",),
    )
    ours = to_ana("I read that Lumera is hiring seven SDRs in Lisbon this autumn. Is it so?", facts=("Lumera is hiring seven SDRs in Lisbon",))  # fmt: skip
    assert "figures" in found(ours, theirs)
    same = to_ana("I read that Lumera is hiring 6 SDRs in Lisbon this autumn. Is it so?")
    assert "figures" not in found(same, theirs)
    # Figures of two customers that the offer tells of both: not one thing.
    claims = {
        "proof_points": [
            "A firm in Ghent cut its first email to 60 words.",
            "A firm in Leeds cut its first email to 80 words.",
        ],
        "name": "D B",
    }
    one = sequence("Theo", "Marchetti", "RevOps", "A firm cut its first email to 60 words.")
    context = to_ana("x").context.model_copy(update={"sender": one.context.sender.model_validate(claims)})
    assert "figures" not in found(
        to_ana("A firm cut its first email to 80 words.", context=context.model_dump()), one
    )


def test_to_ask_about_somebody_we_write_to_is_a_warning_only() -> None:
    record = to_ana("Does your RevOps Manager look at this, or do you?")
    findings = account_findings(Told(record, RUBRIC), Colleagues((THEO.context.prospect,)), RUBRIC)
    assert [(one.check, one.severity) for one in findings[1]] == [("account.asks", "warn")]
    assert found(to_ana("Who looks after this on your side?"), THEO) == set()


def test_validate_holds_lines_of_an_account_against_each_other(tmp_path: Path) -> None:
    lines = [to_ana("Hi Ana, Theo Marchetti looks after the CRM, I think. Is that so?"), THEO, INGRID]
    raw = [record.model_dump_json(exclude_none=True).encode() for record in lines]
    verdicts = list(judge_lines(raw, RUBRIC))
    checks = [
        [one.check for step in verdict.steps for one in step.findings if "account." in one.check]
        for verdict in verdicts
    ]  # type: ignore[attr-defined]
    assert checks == [[], ["account.names"], []], "named before he was read: told where he is"
    assert verdicts[1].verdict == "fail"
    apart = [
        json.dumps({**json.loads(line), "account": f"{n}.example"}).encode() for n, line in enumerate(raw)
    ]
    assert not any("account." in verdict.model_dump_json() for verdict in judge_lines(apart, RUBRIC))
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\n".join(raw))
    shown = run("validate", file)
    assert "error account.names: named in step 1 to a colleague (o_Ana)" in " ".join(shown.out.split())


def test_single_messages_with_an_account_are_held_too_but_not_one_persons_own() -> None:
    def message(number: int, record: SequenceRecord, body: str) -> bytes:
        context = record.context.model_dump(mode="json")
        return json.dumps({"id": f"m{number}", "account": record.account, "channel": "linkedin_message", "step": number,
                           "language": "en", "context": context, "body": body}).encode()  # fmt: skip

    text = "Hi there, how long does a new rep at Lumera take to the first deal, and who counts it?"
    ana = to_ana("x")
    verdicts = list(
        judge_lines([message(1, ana, text), message(2, ana, text), message(3, THEO, text)], RUBRIC)
    )
    alike = [[one.check for one in verdict.findings if one.check == "account.alike"] for verdict in verdicts]
    assert alike == [[], [], ["account.alike"]]


def test_a_check_explains_itself() -> None:
    shown = run("validate", "--explain", "account.says")
    assert "a colleague is written to" in shown.out
