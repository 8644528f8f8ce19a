"""The words of a text in Spanish, Portuguese, German or French in; what addresses the reader familiarly and what formally out."""

from collections.abc import Iterable

from outreach.text.forms_de import german_form
from outreach.text.forms_es import spanish_form
from outreach.text.forms_fr import french_form, is_only_possessive, is_team
from outreach.text.forms_pt import portuguese_form
from outreach.text.tokens import Sentence, Words

Span = tuple[int, int]


def address_evidence(
    words: Words, quoted: list[Span], content: Iterable[tuple[int, Sentence, range]]
) -> tuple[list[Span], list[Span]]:
    """Return spans that address the reader familiarly and formally. Quotations and plural address are no evidence."""
    reader = {"es": spanish_form, "pt": portuguese_form, "de": german_form, "fr": french_form}.get(
        words.language
    )
    if reader is None:
        return [], []
    familiar: list[Span] = []
    formal: list[Span] = []
    firm: list[Span] = []
    for _, sentence, tokens in content:
        for at in tokens:
            start, end = words.starts[at], words.ends[at]
            if any(low <= start < high for low, high in quoted):
                continue
            if (
                at > tokens.start
                and words.raw[at][:1].isupper()
                and words.language != "de"
                and words.text[:start].rstrip()[-1:] not in "¿¡:?!."
            ):
                continue  # `Compras`, `TI`: a department or a name, not a word to the reader
            found = reader(words, at, sentence)
            if found == "familiar":
                familiar.append((start, end))
            elif found == "formal":
                formal.append((start, end))
            elif found == "firm":
                firm.append((start, end))
    if words.language == "fr" and formal:
        formal += firm  # `chez vous` alone is the house, beside another `vous` the person
        if familiar or is_only_possessive(words, formal):
            formal = [span for span in formal if not is_team(words, span)]
    return familiar, formal
