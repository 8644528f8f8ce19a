"""The example workspaces: they parse, teach what they should, hold together in every language, and name nobody real."""

import csv
import datetime
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from outreach.domain.buyers import Icp
from outreach.domain.selling import Offer
from outreach.domain.vocabulary import BUYING_ROLES, LANGUAGES
from outreach.planning.plan import missing_texts
from outreach.running.campaign import load_campaign
from outreach.running.qualifying import read_list
from outreach.running.triage import Triaged, TriageOptions, triage
from outreach.workspace.files import read_record
from outreach.workspace.library import Library
from outreach.workspace.settings import Settings, load_settings

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = ("saas-en", "latam")
FACT_KINDS = {
    "hiring", "funding", "launch", "expansion", "leadership", "post", "event", "technology", "award",
}  # fmt: skip

# Forms of address: a text without them fits a formal reader and a casual one alike.
ADDRESS = {
    "en": r"\b(you|your|yours)\b",
    "es": r"\b(tú|tus?|te|ti|usted(es)?|vos|os|vuestr\w+|le|les|sus?)\b",
    "pt": r"\b(você|vocês|tu|teus?|tuas?|te|lhes?|seus?|suas?)\b",
    "de": r"\b(Sie|Ihr|Ihnen|Ihre\w*|[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*|[Ee]uch|[Ee]uer\w*)\b",
    "fr": r"\b(tu|te|toi|ton|ta|tes|vous|vos|votre)\b",
}


def settings_of(name: str) -> Settings:
    return load_settings(EXAMPLES / name, {})


def offer_of(name: str) -> Offer:
    return read_record(EXAMPLES / name / "offer.yaml", Offer, settings_of(name).workspace.language)


def icp_of(name: str) -> Icp:
    return read_record(EXAMPLES / name / "icp.yaml", Icp, settings_of(name).workspace.language)


def table_of(name: str, file: str) -> list[dict[str, str]]:
    with (EXAMPLES / name / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, strict=True))


def texts_of(offer: Offer) -> dict[str, dict[str, str]]:
    """Return every text of an offer that may reach a reader, by where it stands."""
    found = {"product": offer.product, "topic": offer.topic or {}, "opt_out": offer.sender.opt_out or {}}
    found |= {f"claim {claim.id}": claim.text for claim in offer.claims}
    return found | {f"ask {ask.id}": ask.text for ask in offer.asks}


@pytest.mark.parametrize("name", NAMES)
class TestWorkspace:
    def test_has_every_file_that_its_settings_and_icp_name(self, name: str) -> None:
        settings, icp = settings_of(name), icp_of(name)
        named = [settings.intake.facts_file, settings.intake.accounts_file]
        named += [icp.exclude.customers, icp.exclude.suppression, "prospects.csv", "README.md"]
        assert [file for file in named if file is None or not (EXAMPLES / name / file).is_file()] == []

    def test_names_a_sequence_that_there_is(self, name: str) -> None:
        assert settings_of(name).sequence.default in Library(EXAMPLES / name).names("sequences")

    def test_maps_only_columns_that_the_list_has(self, name: str) -> None:
        intake = settings_of(name).intake
        assert set(intake.facts) | set(intake.columns) <= set(table_of(name, "prospects.csv")[0])
        assert set(intake.facts.values()) <= FACT_KINDS

    def test_readme_is_short(self, name: str) -> None:
        lines = (EXAMPLES / name / "README.md").read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 12


@pytest.mark.parametrize("name", NAMES)
class TestOffer:
    def test_every_text_stands_in_every_language(self, name: str) -> None:
        wanted = set(LANGUAGES)
        gaps = {where: wanted - set(texts) for where, texts in texts_of(offer_of(name)).items()}
        assert {where: gap for where, gap in gaps.items() if gap} == {}

    def test_claims_answer_pains_that_there_are_and_are_proven(self, name: str) -> None:
        pains = {pain.id for persona in Library().personas.values() for pain in persona.pain_points}
        offer = offer_of(name)
        answered = {pain for thing in (*offer.claims, *offer.asks) for pain in thing.answers}
        assert answered - pains == set()
        assert [claim.id for claim in offer.claims if not claim.answers or not claim.proof] == []
        assert len(offer.claims) >= 8
        assert len({claim.id for claim in offer.claims}) == len(offer.claims)

    def test_something_can_be_said_to_every_buying_role(self, name: str) -> None:
        answered = {pain for claim in offer_of(name).claims for pain in claim.answers}
        reached = {
            persona.buying_role
            for persona in Library().personas.values()
            if answered & {pain.id for pain in persona.pain_points}
        }
        assert reached == set(BUYING_ROLES)

    def test_claims_are_short_whole_sentences(self, name: str) -> None:
        for where, texts in texts_of(offer_of(name)).items():
            if where.startswith("claim"):
                for text in texts.values():
                    assert len(text) <= 200, (where, text)
                    assert text.endswith("."), (where, text)
                    assert text[0].isupper(), (where, text)
                    assert 1 <= len(re.findall(r"[.?!](?:\s|$)", text)) <= 2, (where, text)

    def test_claims_hold_the_same_figures_in_each_language(self, name: str) -> None:
        for claim in offer_of(name).claims:
            figures = {language: figures_in(text) for language, text in claim.text.items()}
            assert len({tuple(found) for found in figures.values()}) == 1, (claim.id, figures)

    def test_figures_have_their_languages_number_format(self, name: str) -> None:
        for where, texts in texts_of(offer_of(name)).items():
            for language, text in texts.items():
                decimal = r"\d,\d(?!\d\d\b)" if language == "en" else r"\d\.\d(?!\d\d\b)"
                assert not re.search(decimal, text), (where, text)
                glued = language in {"en", "pt"}
                assert not re.search(r"\d %" if glued else r"\d%", text), (where, text)

    def test_texts_hold_no_form_of_address(self, name: str) -> None:
        for where, texts in texts_of(offer_of(name)).items():
            for language, text in texts.items():
                assert not re.search(ADDRESS[language], text), (where, text)

    def test_asks_come_lightest_first_and_of_every_kind(self, name: str) -> None:
        asks = offer_of(name).asks
        order = ["light", "medium", "heavy"]
        weights = [order.index(ask.weight) for ask in asks]
        assert weights == sorted(weights)
        assert {ask.kind for ask in asks} == {"asset", "forward", "trial", "meeting"}

    def test_asks_are_singular_noun_phrases_with_an_article(self, name: str) -> None:
        articles = {
            "en": ("a ", "an ", "the "), "es": ("un ", "una ", "el ", "la "), "pt": ("um ", "uma ", "o ", "a "),
            "de": ("eine ", "ein ", "die ", "das "), "fr": ("un ", "une ", "le ", "la "),
        }  # fmt: skip
        for ask in offer_of(name).asks:
            for language, text in ask.text.items():
                assert text.startswith(articles[language]), text
                assert not re.search(r"[.,;:!?]", text), text

    def test_no_text_says_what_is_never_said(self, name: str) -> None:
        offer = offer_of(name)
        for where, texts in texts_of(offer).items():
            for text in texts.values():
                assert not [word for word in offer.never_say if word.casefold() in text.casefold()], where


def figures_in(text: str) -> list[str]:
    """Return the figures of a text in order of size, decimals with a point: `1,9 %` and `1.9%` are one."""
    return sorted(figure.replace(",", ".") for figure in re.findall(r"\d+(?:[.,]\d+)?", text))


@pytest.mark.parametrize("name", NAMES)
class TestList:
    def test_has_enough_rows(self, name: str) -> None:
        assert len(table_of(name, "prospects.csv")) >= 28

    def test_lines_are_whole(self, name: str) -> None:
        for file in ("prospects.csv", "facts.csv", "accounts.csv", "do-not-contact.csv", "customers.csv"):
            for row in table_of(name, file):
                assert None not in {*row, *row.values()}, (file, row)

    def test_facts_are_dated_sourced_and_one_clause(self, name: str) -> None:
        facts = table_of(name, "facts.csv")
        for fact in facts:
            assert fact["kind"] in FACT_KINDS
            assert re.fullmatch(r"20\d\d-\d\d-\d\d", fact["date"])
            assert fact["source"].startswith("https://")
            assert fact["language"] in LANGUAGES
            assert len(fact["text"].split()) <= 20
            assert not fact["text"].endswith(".")
        dates = sorted(fact["date"] for fact in facts)
        assert dates[0] < "2025-12-31", "there is a stale fact"
        assert dates[-1] > "2026-10-31", "there is a fresh one"

    def test_a_facts_figures_and_slots_are_true_to_its_text(self, name: str) -> None:
        for fact in table_of(name, "facts.csv"):
            for slot in ("place", "amount", "round", "topic", "name"):
                assert fact[slot] in fact["text"], (slot, fact["text"])


@lru_cache(maxsize=2)
def triaged(name: str) -> tuple[Triaged, ...]:
    """Read an example's list and judge and plan every row, on a day when its facts are fresh."""
    campaign = load_campaign(EXAMPLES / name, settings_of(name))
    rows = read_list(EXAMPLES / name / "prospects.csv", campaign).rows
    options = TriageOptions(datetime.date(2026, 11, 25))
    return tuple(triage(row, campaign, options) for row in rows)


@pytest.mark.parametrize("name", NAMES)
class TestWhatBecomesOfTheRows:
    def test_every_outcome_shows(self, name: str) -> None:
        counts = Counter(one.reason or "planned" for one in triaged(name))
        assert counts.total() == len(table_of(name, "prospects.csv"))
        assert 12 <= counts["planned"] <= 18
        wanted = {"unfit", "route", "ask_for_data", "review_pending", "suppressed", "duplicate", "no_channel"}
        assert wanted <= set(counts), counts

    def test_people_are_written_to_with_a_fact_and_without(self, name: str) -> None:
        plans = [one.plan for one in triaged(name) if one.plan]
        decisions = Counter(plan.qualification.decision for plan in plans)
        assert decisions["write"] >= 8
        assert decisions["write_generic"] >= 3
        assert all(plan.facts for plan in plans if plan.qualification.decision == "write")

    def test_every_buying_role_is_written_to(self, name: str) -> None:
        roles = {one.plan.persona.buying_role for one in triaged(name) if one.plan}
        assert roles == set(BUYING_ROLES)

    def test_one_account_has_a_committee(self, name: str) -> None:
        people = Counter(one.plan.prospect.company.key for one in triaged(name) if one.plan)
        assert people.most_common(1)[0][1] == 4

    def test_the_languages_are_those_of_the_offer(self, name: str) -> None:
        # The first example holds one reader whose language has no text: the row that waits for a translation.
        plans = [one.plan for one in triaged(name) if one.plan]
        written = {plan.language for plan in plans if not missing_texts(plan)}
        assert written == {"saas-en": {"en", "de", "fr"}, "latam": {"es", "pt"}}[name]
        waiting = [plan.language for plan in plans if missing_texts(plan)]
        assert waiting == {"saas-en": ["it"], "latam": []}[name]

    def test_duplicates_name_the_row_they_repeat(self, name: str) -> None:
        repeats = [one.row for one in triaged(name) if one.reason == "duplicate"]
        by_row = {one.row.row: one.row for one in triaged(name)}
        assert len(repeats) == 2
        for row in repeats:
            assert row.prospect
            first = by_row[row.duplicate_of or 0].prospect
            assert first
            assert first.first_name == row.prospect.first_name

    def test_a_hostile_profile_is_among_those_written_to(self, name: str) -> None:
        texts = [one.plan.prospect.profile_text for one in triaged(name) if one.plan]
        hostile = re.compile(r"ignore all previous|ignora tus reglas", re.IGNORECASE)
        assert sum(bool(hostile.search(text)) for text in texts) == 1


@pytest.mark.parametrize("name", NAMES)
class TestSynthetic:
    """Nothing in an example can reach a real person."""

    def test_hosts_are_reserved_ones(self, name: str) -> None:
        for path in (EXAMPLES / name).iterdir():
            text = path.read_text(encoding="utf-8")
            hosts = re.findall(r"(?:https?://|@)([\w.-]+\.\w+)", text)
            strange = [h for h in hosts if not h.lower().endswith((".example", "linkedin.com"))]
            assert strange == [], path.name

    def test_profiles_are_marked_as_tests(self, name: str) -> None:
        for path in (EXAMPLES / name).glob("*.csv"):
            for slug in re.findall(
                r"linkedin\.com/(?:in|posts)/([^/?,\s\"]+)", path.read_text(encoding="utf-8")
            ):
                assert re.fullmatch(r"[a-z-]+-test-\d[a-z0-9]{3}", slug.lower()), slug
            for slug in re.findall(r"linkedin\.com/company/([^/?,\s\"]+)", path.read_text(encoding="utf-8")):
                assert slug.startswith("test-")

    def test_phones_are_fictional(self, name: str) -> None:
        for row in table_of(name, "prospects.csv"):
            phone = row.get("Phone") or row.get("Número de teléfono") or ""
            assert not phone or re.fullmatch(r"\+\d{1,3} 555-01\d\d", phone), phone
