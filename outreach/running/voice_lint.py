"""A campaign with a voice in; what is thin or contradicts itself in it out, a line each, for `check`."""

from collections.abc import Iterator

from outreach.domain.record import text_in
from outreach.domain.voices import ENOUGH_SAMPLES, Voice
from outreach.rubric.links import links
from outreach.running.campaign import Campaign
from outreach.text.numbers import read_numbers
from outreach.text.sayings import sayings, stands_in
from outreach.text.tokens import read_words, split_words


def lint_voice(campaign: Campaign) -> list[str]:
    """Return what a person should know of their voice file before they rely on it; nothing without one."""
    voice, language = campaign.voice, campaign.settings.workspace.language
    if voice is None:
        return []
    return [
        f"voice: {line}"
        for line in (
            *_thin(voice, language),
            *_content(voice),
            *_contradictions(voice, language),
            *_locked(voice, campaign, language),
        )
    ]


def _thin(voice: Voice, language: str) -> Iterator[str]:
    count = len(voice.texts(language))
    if not count:
        yield f"no sample in {language!r}: nothing is measured, only do, don't and signature count"
    elif count < ENOUGH_SAMPLES:
        yield f"{count} of {ENOUGH_SAMPLES} samples in {language!r}: habits are shown, and not yet asked for or checked"


def _content(voice: Voice) -> Iterator[str]:
    """Tell of links and prices: they are masked, but a sample that holds them teaches the manner of an advert."""
    if links(voice.signature):
        yield "the signature holds a link: a draft with one fails, unless it is your own domain or the rubric allows it"
    for number, sample in enumerate(voice.samples, 1):
        if links(sample.text):
            yield f"sample {number} holds a link: first messages go without one"
        words = read_words(sample.text, sample.language)
        if any(found.kind == "currency" for found in read_numbers(words)):
            yield f"sample {number} holds a price: take a message that sells nothing"


def _contradictions(voice: Voice, language: str) -> Iterator[str]:
    forbidden = {tuple(split_words(saying, language)): saying for saying in sayings(voice.dont)}
    wanted = {tuple(split_words(saying, language)) for saying in sayings(voice.do)}
    for row, saying in forbidden.items():
        if row in wanted:
            yield f"{saying!r} stands under do and under don't"
    for number, sample in enumerate(voice.samples, 1):
        words = read_words(sample.text, sample.language)
        for saying in forbidden.values():
            if stands_in(saying, words):
                yield f"sample {number} says {saying!r}, which don't forbids"


def _locked(voice: Voice, campaign: Campaign, language: str) -> Iterator[str]:
    """Tell of locked texts that say what the don't list forbids: there it is not held against a draft."""
    offer = campaign.offer
    texts = [(f"claim {claim.id}", claim.text) for claim in offer.claims]
    texts += [(f"ask {ask.id}", ask.text) for ask in offer.asks]
    for name, by_language in texts:
        words = read_words(text_in(by_language, language) or "", language)
        for saying in sayings(voice.dont):
            if stands_in(saying, words):
                yield f"{name} of the offer says {saying!r}, which don't forbids"
