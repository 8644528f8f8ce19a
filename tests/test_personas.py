"""The personas that ship: substance, five languages, titles told apart, sentences that may stand in a message."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.domain.buyers import Pain, Persona
from outreach.domain.record import Texts
from outreach.domain.vocabulary import BUYING_ROLES, LANGUAGES
from outreach.intake.titles import read_title
from outreach.qualify.persona import match_persona
from outreach.qualify.titles import read_title as words_of_title
from outreach.qualify.titles import title_words
from outreach.text.folding import folded_words, has_phrase
from outreach.workspace.library import Library
from tests.planning_samples import prospect

FOLDER = Path(__file__).parent.parent / "personas"
PERSONAS: tuple[Persona, ...] = tuple(Library().personas.values())
FACT_KINDS = {
    "hiring",
    "funding",
    "launch",
    "expansion",
    "leadership",
    "technology",
    "event",
    "post",
    "award",
}
# A remark is general and hedged: without one of these it would be a claim.
HEDGES = {
    "en": r"\b(often|tends?|usually|mostly|sometimes)\b",
    "es": r"\b(suelen?|a menudo|muchas veces|a veces|tienden?)\b",
    "pt": r"\b(costumam?|costuma-se|muitas vezes|às vezes|tendem?)\b",
    "de": r"\b(oft|meist|häufig|manchmal)\b",
    "fr": r"\b(souvent|a tendance à|ont tendance à|parfois)\b",
}
# A pain is about a trade and stands in tú and usted alike, so it addresses nobody.
ADDRESS = {
    "en": r"\b(you|your|yours)\b",
    "es": r"\b(tú|tu|tus|te|usted|ustedes|vos|vuestr\w+)\b",
    "pt": r"\b(você|vocês|tu|teu|tua|te|o senhor|a senhora)\b",
    "de": r"(\b(du|dich|dir|dein\w*|euch|euer\w*)\b|(?<!^)\b(Sie|Ihnen|Ihr\w*)\b)",
    "fr": r"(?<!rendez-)\b(vous|votre|vos|tu|toi|ton|ta|tes)\b",
}
BANNED = re.compile(
    r"\b(landscape|leverag\w+|streamlin\w+|seamless\w*|empower\w*|unlock\w*|synerg\w+|game.chang\w+|cutting.edge|world.class|"
    r"holistic\w*|robust|supercharg\w*|best.in.class|paradigm\w*|revolution\w*|not only|urgent\w*|last chance|"
    r"panorama|apalanc\w+|potenciar|empoder\w+|sinergi\w+|de vanguardia|no solo|alavanc\w+|desbloque\w+|não só|não apenas|"
    r"nahtlos\w*|entfessel\w+|ganzheitlich\w*|synergi\w+|nicht nur|maßgeschneidert\w*|non seulement|pas seulement|"
    r"décupl\w+|incontournable\w*|synergie\w*)\b",
    re.IGNORECASE,
)


def sentences() -> Iterator[tuple[str, str, str, str, int]]:
    """Yield (where, part, language, text, most characters) for every sentence of every pain."""
    for persona in PERSONAS:
        for pain in persona.pain_points:
            for part, limit in (("text", 70), ("question", 90), ("remark", 90)):
                texts = getattr(pain, part)
                assert isinstance(texts, dict), f"{persona.id}/{pain.id} has no {part} by language"
                for language, text in texts.items():
                    yield f"{persona.id}/{pain.id}/{part}/{language}", part, language, text, limit


def test_ids_are_file_names_and_every_role_is_there() -> None:
    files = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    assert sorted(persona.id for persona in PERSONAS) == files
    assert len(files) >= 20
    assert {persona.buying_role for persona in PERSONAS} == set(BUYING_ROLES)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
def test_a_persona_has_substance(persona: Persona) -> None:
    assert len(persona.responsibilities) >= 4
    assert len(persona.pain_points) >= 4
    assert len(persona.success_metrics) >= 3
    assert len(persona.objections) >= 2
    assert len(persona.vocabulary) >= 5
    assert persona.communication.avoid
    assert persona.communication.channels
    assert len(persona.match.titles) >= 20
    assert persona.match.functions
    assert persona.match.seniority
    assert persona.match.exclude
    assert persona.evidence
    assert persona.confidence
    ids = [pain.id for pain in persona.pain_points]
    assert len(ids) == len(set(ids))
    assert {kind for pain in persona.pain_points for kind in pain.signals} <= FACT_KINDS


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
def test_a_pain_speaks_five_languages(persona: Persona) -> None:
    for pain in persona.pain_points:
        for texts in _texts(pain):
            assert isinstance(texts, dict), pain.id
            assert set(texts) == set(LANGUAGES), pain.id
            assert all(text.strip() == text and text for text in texts.values()), pain.id


def _texts(pain: Pain) -> tuple[Texts | None, ...]:
    return pain.text, pain.question, pain.remark


def test_sentences_are_short_plain_and_address_nobody() -> None:
    faults = []
    for where, _, language, text, limit in sentences():
        checks = {
            f"longer than {limit}": len(text) > limit,
            "has a number": bool(re.search(r"\d", text)),
            "addresses the reader": bool(re.search(ADDRESS[language], text, _case(language))),
            "has a stock phrase": bool(BANNED.search(text)),
            "has an odd sign": bool(re.search(r"[—!…%$€]|\.\.", text)),
        }
        faults += [f"{where} {fault}: {text}" for fault, found in checks.items() if found]
    assert not faults, "\n".join(faults)


def _case(language: str) -> re.RegexFlag:
    # In German the capital tells the address `Sie` from `they`.
    return re.RegexFlag(0) if language == "de" else re.IGNORECASE


def test_each_part_has_its_form() -> None:
    faults = []
    for where, part, language, text, _ in sentences():
        first = text.lstrip("¿").split()[0]
        if part == "text":
            capital = first[0].isupper() and not first[:2].isupper() and language != "de"
            good = text[-1] not in ".?!:," and not capital
        elif part == "question":
            good = text.endswith("?") and text.count("?") == 1 and (language != "es" or text.startswith("¿"))
        else:
            good = text.endswith(".") and text.count(".") == 1 and first[0].isupper()
            good = good and bool(re.search(HEDGES[language], text, re.IGNORECASE))
        if not good:
            faults.append(f"{where}: {text}")
    assert not faults, "\n".join(faults)


def test_no_remark_is_used_twice() -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for where, part, _, text, _ in sentences():
        if part != "text":
            seen[text].append(where)
    assert not {text: places for text, places in seen.items() if len(places) > 1}


def test_no_title_is_claimed_twice() -> None:
    claimed: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for persona in PERSONAS:
        for title in persona.match.titles:
            claimed[folded_words(title)].add(persona.id)
            claimed[tuple(sorted(title_words(title)))].add(persona.id)
    assert not {title: ids for title, ids in claimed.items() if len(ids) > 1}


def test_no_persona_rules_its_own_titles_out() -> None:
    barred = [
        (persona.id, title, word)
        for persona in PERSONAS
        for title in persona.match.titles
        for word in persona.match.exclude
        if has_phrase(words_of_title(title).words, word)
    ]
    assert not barred


@pytest.mark.parametrize(
    ("title", "persona_id"),
    [
        ("SVP Sales", "vp-sales"), ("Chief Revenue Officer", "vp-sales"), ("Directora Comercial LATAM", "vp-sales"), ("Gerente de Vendas", "vp-sales"),
        ("Leiter Vertrieb DACH", "vp-sales"), ("Vertriebsleiterin (m/w/d)", "vp-sales"), ("Directrice commerciale", "vp-sales"),
        ("VP Sales | Former CRO at Acme", "vp-sales"), ("Director of Sales Operations", "revops-manager"), ("Jefa de Operaciones Comerciales", "revops-manager"),
        ("Marketing Operations Manager", "revops-manager"), ("Lead SDR", "sdr-manager"), ("Head of Sales Development EMEA", "sdr-manager"),
        ("Coordenadora de Pré-vendas", "sdr-manager"), ("Senior SDR", "sdr"), ("Chargée de prospection", "sdr"), ("COO", "operations-leader"),
        ("Gerente de Operaciones", "operations-leader"), ("Werksleiterin", "operations-leader"), ("Directeur d'usine", "operations-leader"),
        ("DSI", "it-director"), ("IT-Leiterin (m/w/d)", "it-director"), ("Gerente de TI", "it-director"), ("IT Operations Manager", "it-director"),
        ("Jefa de Compras", "procurement-manager"), ("Einkäufer:in", "procurement-manager"), ("Directrice des achats", "procurement-manager"),
        ("Senior Buyer", "procurement-manager"), ("Head de Produto", "product-leader"), ("Product Owner", "product-leader"),
        ("Jefe de Almacén", "supply-chain-leader"), ("Logistikleiter", "supply-chain-leader"), ("VP, Supply Chain & Procurement", "supply-chain-leader"),
        ("Technical Recruiter", "talent-acquisition-lead"), ("Chargé de recrutement", "talent-acquisition-lead"), ("People Operations Manager", "hr-leader"),
        ("Engineering Manager, Platform", "vp-engineering"), ("Leiterin Softwareentwicklung", "vp-engineering"), ("CTO", "cto"),
        ("Founder & CEO", "founder-ceo"), ("Directora Financiera", "cfo"), ("CISO", "ciso"), ("Marketingleiterin", "cmo"), ("Account Executive", "account-executive"),
        ("Executive Assistant to the CEO", "executive-assistant"), ("Demand Generation Manager", "demand-gen-manager"), ("Head of Data", "data-leader"),
        ("VP Customer Success", "customer-success-leader"),
    ],
)  # fmt: skip
def test_a_title_finds_its_persona(title: str, persona_id: str) -> None:
    assert found(title) == persona_id


@pytest.mark.parametrize(
    ("title", "persona_id"),
    [
        ("Sales Intern", "vp-sales"), ("Asistente Comercial", "vp-sales"), ("Business Development Manager", "vp-engineering"),
        ("Learning & Development Manager", "vp-engineering"), ("Product Marketing Manager", "product-leader"), ("Production Manager", "product-leader"),
        ("Media Buyer", "procurement-manager"), ("Sales Engineer", "sdr"), ("Becario de Ventas", "vp-sales"), ("Praktikantin Einkauf", "procurement-manager"),
        ("Assistante de la directrice des achats", "procurement-manager"), ("Marketing Operations Manager", "operations-leader"),
    ],
)  # fmt: skip
def test_a_title_of_another_trade_is_kept_out(title: str, persona_id: str) -> None:
    assert found(title) != persona_id


def found(title: str) -> str | None:
    read = read_title(title)
    someone = prospect(title=title, functions=tuple(read.functions), seniority=read.seniority)
    return match_persona(someone, PERSONAS).id
