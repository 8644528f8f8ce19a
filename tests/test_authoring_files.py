"""Whatever is answered or quoted, the file that is written reads back as the same texts, and its comments stay comments."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.authoring.new import Origin, new_file
from outreach.authoring.sheet import Item
from outreach.authoring.yaml_lines import flow, scalar
from outreach.domain.buyers import Icp, Persona
from outreach.domain.selling import Offer
from outreach.workspace.files import build_record
from outreach.workspace.strict_yaml import parse_yaml

PATH = Path("f.yaml")
LINE = (
    st.text(st.characters(blacklist_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60)
    .map(lambda s: " ".join(s.split()))
    .filter(bool)
)


@given(st.lists(LINE, max_size=4))
def test_scalars_read_back_as_they_were(values: list[str]) -> None:
    assert parse_yaml(f"a: {flow(values)}\n", PATH).value == {"a": values}
    for value in values:
        assert parse_yaml(f"a: {scalar(value)}\n", PATH).value == {"a": value}
        assert parse_yaml(f"- {{en: {scalar(value)}}}\n", PATH).value == [{"en": value}]


@settings(max_examples=60)
@given(st.lists(LINE, min_size=1, max_size=4), LINE, st.sampled_from(["en", "de"]))
def test_files_read_back_with_any_texts_and_quotes(values: list[str], quote: str, language: str) -> None:
    origin = Origin("s#o: 'u.md", quote, "low", language, "en")
    items = tuple(Item(value, quote=f"{quote}\n# {value}") for value in dict.fromkeys(values))
    names = {"name": items[:1], "id": (Item("an-id"),), "buying_role": (Item("user"),)}
    text, _ = new_file(
        "persona",
        names | {"titles": items, "responsibilities": items, "pains": items, "vocabulary": items},
        origin,
        PATH,
    )
    persona = build_record(parse_yaml(text, PATH), Persona, "en")
    assert persona.match.titles == tuple(item.text for item in items)
    assert [pain.text for pain in persona.pain_points] == [{language: item.text} for item in items]
    assert len({pain.id for pain in persona.pain_points}) == len(items)
    text, _ = new_file(
        "offer",
        {"claims": items, "asks": items, "company": items[:1], "product": items[:1], "sender": items[:1]},
        origin,
        PATH,
    )
    offer = build_record(parse_yaml(text, PATH), Offer, "en")
    assert [claim.text[language] for claim in offer.claims] == [item.text for item in items]
    assert offer.sender.company == items[0].text
    text, _ = new_file("icp", {"industries": items, "exclude_domains": items}, origin, PATH)
    icp = build_record(parse_yaml(text, PATH), Icp, "en")
    assert icp.criteria["industry"].any == tuple(item.text for item in items)


def test_a_file_says_above_each_item_where_it_was_read() -> None:
    quote = "Sie sind verantwortlich für Bestände."
    sheet = {"name": (Item("Leiter Lager"),), "responsibilities": (Item("Bestände", quote=quote),)}
    text, _ = new_file(
        "persona", sheet, Origin("job.html", "job.html, read by rules", "low", "de", "en"), PATH
    )
    lines = text.splitlines()
    at = lines.index(f"  # job.html: “{quote}”")
    assert lines[at + 1] == "  - {de: Bestände}"
    assert 'evidence: "job.html, read by rules"' in text
    assert "# fill in: pain_points:" in text
