"""The claims of an offer in; what is thin in them out: no proof, no owner, no time span, praise, kinds that no role counts."""

from collections.abc import Iterator, Mapping

from outreach.authoring.tables import load_table
from outreach.authoring.thin import Authored, Surroundings, Thin, missing_languages
from outreach.authoring.wording import hype_in
from outreach.domain.selling import Claim, Offer
from outreach.text.numbers import read_numbers
from outreach.text.tokens import Words, fold, read_words
from outreach.text.units import measure
from outreach.workspace.strict_yaml import Place

_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})


def lint_claims(file: Authored[Offer], around: Surroundings) -> Iterator[Thin]:
    """Yield what is thin in the claims of an offer."""
    offer = file.record
    pains = around.pain_ids
    if not offer.claims:
        yield file.thin(("claims",), "no claims", "drafts can only ask, never show anything",
                        "claims: what you can prove of yourself or a customer", grave=True)  # fmt: skip
        return
    if pains and not any(pain in pains for claim in offer.claims for pain in claim.answers):
        yield file.thin(("claims",), "no claim answers a pain of any persona", "drafts can only ask, never offer",
                        "answers: ids of pains, as outreach personas NAME shows them", grave=True)  # fmt: skip
    kinds = {claim.kind for claim in offer.claims}
    for role in dict.fromkeys(persona.buying_role for persona in around.personas):
        policy = around.policies.get(role)
        if policy and policy.proof and not kinds & set(policy.proof):
            yield file.thin(("claims",), f"no claim of a kind that counts for a {role.replace('_', ' ')}", "messages to that role prove nothing",
                            f"a claim of kind {' or '.join(policy.proof)}")  # fmt: skip
    if len(kinds) == 1 and len(offer.claims) > 1:
        yield file.thin(("claims",), f"every claim is of kind {next(iter(kinds))}", "roles are convinced by different things: figures, peers, methods",
                        "a claim of another kind that you can prove")  # fmt: skip
    for index, claim in enumerate(offer.claims):
        yield from _claim(file, index, claim, around)


def _claim(file: Authored[Offer], index: int, claim: Claim, around: Surroundings) -> Iterator[Thin]:
    place, about = ("claims", index), f"claim {claim.id}"
    if not claim.proof.strip():
        yield file.thin((*place, "proof"), "no proof", "nobody can answer a reader who asks how you know",
                        "proof: what you hold that shows it is true; no reader ever sees it", about=about, grave=True)  # fmt: skip
    unknown = [pain for pain in claim.answers if pain not in around.pain_ids] if around.personas else []
    if unknown:
        yield file.thin((*place, "answers"), f"answers {', '.join(unknown)}, which no persona has", "the claim is never put beside a pain",
                        "answers: ids as outreach personas NAME shows them", about=about, grave=True)  # fmt: skip
    if not claim.answers:
        yield file.thin((*place, "answers"), "answers no pain", "it is told only where nothing better is left",
                        "answers: the ids of the pains it answers", about=about)  # fmt: skip
    if claim.kind == "figure":
        yield from _figure(file, index, claim)
    if thin := praise(file, (*place, "text"), claim.text, around, about):
        yield thin
    if lacking := missing_languages(claim.text, around):
        yield file.thin((*place, "text"), f"not in {lacking}", "the offline writer cannot tell it to those prospects",
                        "text: the claim in these languages", about=about)  # fmt: skip


def _figure(file: Authored[Offer], index: int, claim: Claim) -> Iterator[Thin]:
    """Say what the figure of a claim lacks, once for all languages that lack it."""
    place, about = ("claims", index, "text"), f"claim {claim.id}"
    read = {language: read_words(text, language) for language, text in claim.text.items()}
    bare = [language for language, words in read.items() if not read_numbers(words)]
    if bare:
        yield file.thin(place, f"of kind figure, but without a figure ({', '.join(bare)})", "a role that wants figures gets none",
                        "the figure, or another kind", about=about)  # fmt: skip
    company = file.record.sender.company
    told = {language: words for language, words in read.items() if language not in bare}
    ownerless = [language for language, words in told.items() if not _has_owner(words, company)]
    if ownerless:
        yield file.thin(place, f"a figure without an owner ({', '.join(ownerless)})",
                        "whose result it was is the first thing a reader asks; without it the figure counts for nothing",
                        "who reached it: `A support team of nine …`", about=about)  # fmt: skip
    timeless = [language for language, words in told.items() if not _has_span(words)]
    if timeless:
        yield file.thin(place, f"a figure without a time span ({', '.join(timeless)})",
                        "a result that took years reads like one of a week, and the reader doubts both",
                        "over which time, or since when: `… in six weeks`", about=about)  # fmt: skip


def _has_owner(words: Words, company: str) -> bool:
    """Say whether a sentence names somebody else than the sender: a kind of firm or team, or a name."""
    owners = load_table("wording")["owners"].get(words.language, "").split()
    own = {fold(word) for word in company.split()}
    starts = {sentence.first for sentence in words.sentences}
    named = any(
        raw[0].isupper() and at not in starts and words.folded[at] not in own
        for at, raw in enumerate(words.raw)
    )
    return any(word in owners for word in words.folded) or (named and words.language != "de")


def _has_span(words: Words) -> bool:
    spans = load_table("wording")["spans"].get(words.language, "").split()
    numbers = read_numbers(words)
    timed = any(measure(number.unit) in _TIME for number in numbers)
    said = any(measure((word,)) in _TIME for word in words.folded)
    return (
        timed
        or said
        or any(word in spans for word in words.folded)
        or any(number.kind in {"year", "date"} for number in numbers)
    )


def praise(
    file: Authored[Offer], place: Place, texts: Mapping[str, str], around: Surroundings, about: str = ""
) -> Thin | None:
    """Return a finding about the words of a text that praise or sell; terms of a persona's trade are none."""
    terms = {fold(term) for persona in around.personas for term in persona.vocabulary}
    found = [
        word
        for language, text in texts.items()
        for word in hype_in(text, language)
        if fold(word) not in terms
    ]
    if not found:
        return None
    shown = ", ".join(list(dict.fromkeys(found))[:4])
    return file.thin(place, f"selling words: {shown}", "readers skip them, and the rubric counts them against every draft that uses the text",
                     "what it does or what happened, in plain words", about=about)  # fmt: skip
