from pathlib import Path

import pytest

from outreach.drafting.offline_templates import (
    FORMS,
    LanguageFile,
    MessageTemplates,
    NoTextInLanguage,
    Particle,
    load_templates,
)
from outreach.errors import FileError, FileErrors
from outreach.workspace.library import Library

LANGUAGES = {
    "en": ("casual", "formal"),
    "es": ("tu", "usted", "vos"),
    "pt": ("voce", "senhor"),
    "de": ("du", "sie"),
    "fr": ("tu", "vous"),
}
#: Places where one wording does: a greeting is said in one or two ways, a bare ask in one.
FEW = {"greeting", "ask_whole", "wish", "fact", "question_fact", "subject", "way_out_ask"}


def built_in(language: str) -> MessageTemplates:
    return load_templates(language, lambda name: Library().find("messages", name))


@pytest.fixture(scope="module", params=LANGUAGES)
def templates(request):
    return built_in(request.param)


def test_every_place_has_wordings_to_choose_from_in_every_form(templates):
    thin = [
        (place, group, form, len(templates.lines(place, form, group)))
        for place, groups in templates.file.places.items()
        for group in groups
        for form in LANGUAGES[templates.file.language]
        if not group.endswith("_honorific")  # only formal registers have one
        and len(templates.lines(place, form, group)) < (1 if place in FEW else 2)
    ]
    assert thin == []


def test_no_wording_stands_twice_in_its_group(templates):
    for place, groups in templates.file.places.items():
        for group in groups:
            for form in LANGUAGES[templates.file.language]:
                texts = [line.text for line in templates.lines(place, form, group)]
                assert len(texts) == len(set(texts)), (place, group)


def test_languages_have_the_same_places_and_groups():
    files = {language: built_in(language).file for language in LANGUAGES}
    shape = {
        language: {(place, group) for place, groups in file.places.items() for group in groups}
        for language, file in files.items()
    }
    for language in LANGUAGES:
        assert shape[language] == shape["en"], language


def test_greetings_and_wishes_exist_without_a_name(templates):
    for form in LANGUAGES[templates.file.language]:
        assert all("name" not in line.slots for line in templates.lines("greeting", form, "unnamed"))
        assert templates.lines("greeting", form, "unnamed")
        assert any("name" not in line.slots for line in templates.lines("leave", form, "any"))


def test_a_fact_is_told_with_its_own_slots_only(templates):
    particles = templates.file.particles
    own = {
        "hiring": {"count", "count_many", "what", "place"},
        "funding": {"round", "amount"},
        "launch": {"what", "place"},
        "expansion": {"place"},
        "leadership": {"role", "person"},
        "post": {"subject"},
        "event": {"event", "place"},
        "technology": {"what"},
        "award": {"award"},
        "retold": {"text"},
        "news": {"news"},
    }
    for group in templates.file.places["fact"]:
        for form in LANGUAGES[templates.file.language]:
            for line in templates.lines("fact", form, group):
                slots = {particles[slot].of if slot in particles else slot for slot in line.slots}
                assert slots - {"company"} <= own[group.removesuffix("_person")], line.text
                assert slots, f"says nothing: {line.text}"


def test_a_pain_is_never_stated_without_a_hedge(templates):
    hedges = {
        "en": "often tends tend many quite seldom rarely usually sooner everyday perhaps",
        "es": "suele suelen muchas muchos veces frecuencia frecuente rara mucha quizá",
        "pt": "costuma costumam muitas muitos vezes raramente frequência muita talvez comum muito",
        "de": "oft häufig viele vielen selten meist vielleicht manche",
        "fr": "souvent beaucoup rarement peut-être",
    }[templates.file.language].split()
    for place in ("pain_lead",):
        for group in templates.file.places[place]:
            for form in LANGUAGES[templates.file.language]:
                for line in templates.lines(place, form, group):
                    said = line.text.casefold()
                    general = "every" in said or "jede" in said
                    assert general or any(word in said for word in hedges) or place == "widen", line.text


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unknown_slot_is_told_with_its_line_and_a_near_match(tmp_path):
    path = write(tmp_path, 'language: xx\nplaces:\n  thanks:\n    any:\n      - "Thanks, {nmae}."\n')
    with pytest.raises(FileError) as caught:
        load_templates("xx", lambda _: path)
    assert caught.value.line == 5
    assert "{nmae}" in str(caught.value)
    assert "'name'" in caught.value.hint


@pytest.mark.parametrize(
    "wording", ['"Hi {first name},"', '"Hi {name,"', '"Hi {{name}},"', '{formel: "Hello {name},"}']
)
def test_a_broken_wording_is_refused_with_its_line(tmp_path, wording):
    path = write(tmp_path, f"language: xx\nplaces:\n  greeting:\n    inline:\n      - {wording}\n")
    with pytest.raises(FileErrors) as caught:
        load_templates("xx", lambda _: path)
    assert caught.value.errors[0].line == 5


def test_a_language_without_a_file_is_a_reason_for_the_row():
    with pytest.raises(NoTextInLanguage) as caught:
        built_in("it")
    assert caught.value.reason == "no_text_in_language"
    assert "'it'" in caught.value.what
    assert "it.yaml" in caught.value.hint


def test_a_workspace_may_add_a_wording_by_adding_a_line(tmp_path):
    path = write(
        tmp_path, 'language: en\nplaces:\n  thanks:\n    any:\n      - "One."\n      - {formal: "Two."}\n'
    )
    templates = load_templates("en", lambda _: path)
    assert [line.text for line in templates.lines("thanks", "formal", "any")] == ["One.", "Two."]
    assert [line.text for line in templates.lines("thanks", "casual", "any")] == ["One."]


def test_a_wording_with_a_missing_value_stays_unsaid():
    line = built_in("en").lines("thanks", "casual", "any")[0]
    assert line.fill({}) is None
    assert "{" not in (line.fill({"name": "Ana {company}"}) or "").replace("{company}", "")


def test_particles_write_prepositions_and_articles():
    particles = {
        ("fr", "in_place"): {
            "Lyon": "à Lyon",
            "France": "en France",
            "Portugal": "au Portugal",
            "Pays-Bas": "aux Pays-Bas",
            "Le Havre": "au Havre",
        },
        ("fr", "de_topic"): {
            "le recrutement": "du recrutement",
            "l'accueil": "de l'accueil",
            "les ventes": "des ventes",
            "accueil": "d'accueil",
        },
        ("fr", "que_pain"): {"on attend": "qu'on attend", "les listes": "que les listes"},
        ("es", "de_topic"): {"el forecast": "del forecast", "la formación": "de la formación"},
        ("pt", "in_place"): {"Lisboa": "em Lisboa", "Brasil": "no Brasil", "Colômbia": "na Colômbia"},
        ("de", "to_place"): {"Wien": "nach Wien", "Schweiz": "in die Schweiz"},
        ("en", "openings"): {"SDR": "SDR openings", "planners": "openings for planners"},
        ("en", "in_place"): {"Lima": "in Lima", "US": "in the US"},
    }
    for (language, name), cases in particles.items():
        particle: Particle = built_in(language).file.particles[name]
        for value, said in cases.items():
            assert particle.apply(value) == said


def test_content_hash_changes_with_a_wording(tmp_path):
    one = load_templates("en", lambda _: write(tmp_path, 'language: en\nplaces: {end: {any: ["Bye."]}}\n'))
    two = load_templates("en", lambda _: write(tmp_path, 'language: en\nplaces: {end: {any: ["Bye!"]}}\n'))
    assert one.content_hash != two.content_hash
    assert one.content_hash == MessageTemplates(one.file).content_hash


def test_forms_are_those_of_the_plan():
    assert {form for forms in LANGUAGES.values() for form in forms} == set(FORMS)
    assert LanguageFile(language="xx", places={}).places == {}
