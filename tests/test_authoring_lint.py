"""lint says what is thin, where it stands, what drafts lose, and what to write; what is well said is left in peace."""

from pathlib import Path

import pytest

from outreach.authoring.lint_icp import lint_icp
from outreach.authoring.lint_offer import lint_offer
from outreach.authoring.lint_persona import lint_persona
from outreach.authoring.thin import Authored, Surroundings, Thin
from outreach.domain.buyers import Icp, Persona
from outreach.domain.selling import Offer
from outreach.running.campaign import load_campaign
from outreach.running.linting import lint_campaign, lint_personas
from outreach.workspace.files import build_record
from outreach.workspace.library import Library
from outreach.workspace.settings import load_settings
from outreach.workspace.strict_yaml import parse_yaml

EXAMPLES = Path(__file__).parent.parent / "examples"

PERSONA = """\
id: fleet
name: Fleet manager
buying_role: champion
match: {titles: [Fleet Manager], functions: [operations], seniority: [manager]}
responsibilities: [keep vans on the road]
pain_points:
  - {id: idle, text: vans stand idle, question: How long?, remark: Parts often take longer., signals: [expansion]}
  - {id: fuel, text: fuel is booked late, question: When is it booked?, remark: It is often late., signals: [funding]}
  - {id: fines, text: fines pile up, question: Who pays?, remark: Fines often pile up., signals: [hiring]}
success_metrics: [days off the road]
communication: {formality: casual}
objections: [our dealer does this]
vocabulary: [telematics]
"""
OFFER = """\
sender: {name: Ana Reyes, company: Acme, postal_address: Acme 1, opt_out: A word is enough.}
product: plans services for small fleets
topic: vans off the road
claims:
  - {id: days, text: A fleet of nine halved its idle days in six weeks., kind: figure, answers: [idle, fuel], proof: export}
  - {id: how, text: The plan is made each Friday from the mileage., kind: method, answers: [fines], proof: manual}
  - {id: who, text: A bakery with nine vans plans its services a month ahead., kind: peer, answers: [idle], proof: notes}
asks:
  - {id: sheet, text: a one-page sheet, kind: asset, weight: light}
  - {id: note, text: a note to pass on, kind: forward, weight: light}
"""
ICP = """\
name: Fleets
criteria:
  industry: {any: [logistics], weight: 3}
  employees: {min: 20, max: 500, weight: 3}
  country: {region: DACH, weight: 2}
signals:
  - {id: grows, kinds: [expansion], weight: 2}
exclude: {domains: [rival.example], customers: c.csv, suppression: s.csv}
"""
RECORDS = {"personas": Persona, "offer": Offer, "icp": Icp}
AROUND = Surroundings(
    personas=(build_record(parse_yaml(PERSONA, Path("p")), Persona),),
    policies=Library().policies,
    offer=build_record(parse_yaml(OFFER, Path("o")), Offer),
    has_email=True,
)


def linted(kind: str, text: str, around: Surroundings = AROUND) -> list[Thin]:
    document = parse_yaml(text, Path(f"{kind}.yaml"))
    file = Authored(build_record(document, RECORDS[kind]), document, text, f"{kind}.yaml")
    return {"personas": lint_persona, "offer": lint_offer, "icp": lint_icp}[kind](file, around)  # type: ignore[operator]


@pytest.mark.parametrize(("kind", "text"), [("personas", PERSONA), ("offer", OFFER), ("icp", ICP)])
def test_a_file_that_says_enough_is_left_in_peace(kind: str, text: str) -> None:
    assert linted(kind, text) == []


#: kind, what is replaced by what, the line it is found in, and words of what is said.
THIN = [
    ("personas", "responsibilities: [keep vans on the road]\n", "", 1, "no responsibilities"),
    ("personas", "success_metrics: [days off the road]\n", "", 1, "no success metrics"),
    ("personas", "objections: [our dealer does this]\n", "# fill in: objections: what they say\n", 12, "no objections"),
    ("personas", "communication: {formality: casual}\n", "", 1, "no communication"),
    ("personas", "vocabulary: [telematics]\n", "", 1, "no vocabulary"),
    ("personas", "question: Who pays?, ", "", 9, "no question"),
    ("personas", "remark: It is often late., ", "", 8, "no remark"),
    ("personas", "{id: fines,", "{id: tolls,", 9, "no claim of the offer answers it"),
    ("personas", ", seniority: [manager]", "", 4, "functions without seniority"),
    ("personas", "titles: [Fleet Manager], ", "", 4, "no titles"),
    ("personas", "titles: [Fleet Manager], functions: [operations], seniority: [manager]", "", 4, "neither titles nor functions"),
    ("offer", "postal_address: Acme 1, ", "", 1, "no postal_address"),
    ("offer", ", opt_out: A word is enough.", "", 1, "no opt_out"),
    ("offer", "topic: vans off the road\n", "", 1, "no topic"),
    ("offer", "plans services for small fleets", "plans " + "and plans " * 12 + "services", 2, "26 words"),
    ("offer", "plans services for small fleets", "delivers cutting-edge game-changing services", 2, "selling words"),
    ("offer", ", proof: export", "", 5, "no proof"),
    ("offer", "answers: [fines], ", "", 6, "answers no pain"),
    ("offer", "answers: [fines]", "answers: [tolls]", 6, "which no persona has"),
    ("offer", "halved its idle days in six weeks", "halved its idle vans", 5, "without a time span"),
    ("offer", "A fleet of nine halved its idle days in six weeks", "Idle days fall by 30 % in six weeks", 5, "without an owner"),
    ("offer", "A fleet of nine halved its idle days in six weeks", "A fleet plans ahead for the season", 5, "without a figure"),
    ("offer", "a one-page sheet", "sheet of one page", 9, "neither a noun phrase"),
    ("offer", "kind: forward", "kind: asset", 8, "nothing to forward"),
    ("offer", "weight: light", "weight: heavy", 8, "no light ask"),
    ("offer", "  - {id: sheet, text: a one-page sheet, kind: asset, weight: light}\n  - {id: note, text: a note to pass on, kind: forward, weight: light}\n", "  - {id: q, text: Who plans?, kind: question}\n", 8, "nothing to offer a champion"),
    ("icp", "  employees: {min: 20, max: 500, weight: 3}\n  country: {region: DACH, weight: 2}\n", "", 2, "alone decides everything"),
    ("icp", "logistics], weight: 3", "logistics], weight: 9", 3, "reaches the fit score alone"),
    ("icp", "weight: 3}\n  country: {region: DACH, weight: 2}", "weight: 3}\n  country: {region: Narnia, weight: 2}", 5, "no country or region"),
    ("icp", "min: 20, max: 500", "min: 500, max: 20", 4, "min 500 is above max 20"),
    ("icp", "min: 20, max: 500", "any: [many]", 4, "neither min nor max"),
    ("icp", "any: [logistics]", "any: [logistics], none: [Logistics]", 3, "under any and under none"),
    ("icp", "any: [logistics], ", "", 3, "nothing that could match"),
    ("icp", "signals:\n  - {id: grows, kinds: [expansion], weight: 2}\n", "", 1, "no signals"),
    ("icp", "kinds: [expansion]", "kinds: [expanding]", 7, "no kind we know"),
    ("icp", "kinds: [expansion], ", "", 7, "neither kinds nor words"),
    ("icp", ", customers: c.csv", "", 8, "no customers file"),
    ("icp", ", suppression: s.csv", "", 8, "no suppression file"),
    ("icp", "domains: [rival.example], ", "", 8, "no competitors"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "line", "what"), THIN, ids=[row[4] for row in THIN])
def test_what_is_thin_is_found_where_it_stands(kind: str, old: str, new: str, line: int, what: str) -> None:
    text = {"personas": PERSONA, "offer": OFFER, "icp": ICP}[kind]
    assert old in text
    hits = [thin for thin in linted(kind, text.replace(old, new)) if what in thin.what]
    assert hits
    assert (hits[0].line, hits[0].file) == (line, f"{kind}.yaml")
    assert hits[0].why
    assert hits[0].write


def test_no_weights_at_all_are_thin() -> None:
    bare = ICP.replace(", weight: 3", "").replace("DACH, weight: 2", "DACH")
    assert [thin.what for thin in linted("icp", bare)] == ["no weights"]


def test_a_persona_without_pains_says_only_that_of_its_pains() -> None:
    bare = "\n".join(line for line in PERSONA.splitlines() if not line.startswith(("pain_points", "  - {id")))
    found = linted("personas", bare)
    assert [thin.what for thin in found] == ["no pain points"]
    assert found[0].grave


def test_too_few_pains_and_none_with_a_signal_are_thin() -> None:
    few = "\n".join(line for line in PERSONA.splitlines() if "fuel" not in line and "fines" not in line)
    said = [thin.what for thin in linted("personas", few.replace(", signals: [expansion]", ""))]
    assert said == ["only 1 of at least 3 pain points", "no pain names its signals"]


def test_a_title_of_two_personas_is_named_with_the_other() -> None:
    twin = AROUND.personas[0].model_copy(update={"id": "twin"})
    around = Surroundings(personas=(*AROUND.personas, twin), offer=AROUND.offer)
    assert [thin.what for thin in linted("personas", PERSONA, around)] == [
        "the title 'Fleet Manager' is claimed by twin as well"
    ]


def test_claims_of_kinds_that_a_role_does_not_count_are_thin() -> None:
    product = OFFER
    for kind in ("figure", "method", "peer"):
        product = product.replace(f"kind: {kind}", "kind: product")
    said = [thin.what for thin in linted("offer", product)]
    assert "no claim of a kind that counts for a champion" in said
    assert "every claim is of kind product" in said


def test_a_gatekeeper_needs_no_claims_and_no_signals() -> None:
    text = PERSONA.replace("champion", "gatekeeper").replace("{id: fines,", "{id: tolls,")
    for kind in ("expansion", "funding", "hiring"):
        text = text.replace(f", signals: [{kind}]", "")
    assert linted("personas", text) == []


def test_languages_of_a_list_that_a_text_lacks_are_counted() -> None:
    around = Surroundings(AROUND.personas, AROUND.policies, AROUND.offer, languages={"de": 3, "en": 2})
    said = [thin.what for thin in linted("offer", OFFER, around)]
    assert "product is not in de (3)" in said
    assert sum("not in de (3)" in what for what in said) == 8
    assert sum("is not in de (3)" in thin.what for thin in linted("personas", PERSONA, around)) == 9


def test_an_open_place_is_named_once_and_grave_only_where_it_is_a_value() -> None:
    text = (
        OFFER.replace("Ana Reyes", '"fill in: who signs"').replace(", proof: manual", "")
        + "# fill in: never_say: words\n"
    )
    found = [thin for thin in linted("offer", text) if "still open" in thin.what]
    assert [(thin.line, thin.grave) for thin in found] == [(1, True), (11, False)]


def test_the_words_within_a_sentence_mean_themselves() -> None:
    assert linted("offer", OFFER.replace("A word is enough.", "'Or fill in: the form on our page.'")) == []


@pytest.mark.parametrize("name", ["saas-en", "latam"])
def test_the_examples_have_nothing_grave(name: str) -> None:
    campaign = load_campaign(EXAMPLES / name, load_settings(EXAMPLES / name, {}))
    for kind in ("persona", "offer", "icp"):
        assert [thin for thin in lint_campaign(kind, campaign) if thin.grave] == []


def test_the_built_in_personas_are_not_thin() -> None:
    assert [thin.told for thin in lint_personas(Library(), Surroundings())] == []
