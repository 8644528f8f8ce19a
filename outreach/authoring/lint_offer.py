"""An offer in its file and what surrounds it in; what is thin in it out."""

from collections.abc import Iterator

from outreach.authoring.checks import MAX_PRODUCT_WORDS
from outreach.authoring.lint_claims import lint_claims, praise
from outreach.authoring.thin import Authored, Surroundings, Thin, left_open, missing_languages
from outreach.authoring.wording import is_noun_phrase, is_question, words_of
from outreach.domain.selling import Ask, Offer

#: Kinds of ask for which the offer must hold something.
_OFFERED = ("asset", "forward", "trial", "meeting")


def lint_offer(file: Authored[Offer], around: Surroundings) -> list[Thin]:
    """Return what is thin in an offer, in the order of the file."""
    found = [*_sender(file, around), *_texts(file, around), *lint_claims(file, around), *_asks(file, around)]
    return sorted([*found, *left_open(file, found)], key=lambda thin: thin.line or 0)


def _sender(file: Authored[Offer], around: Surroundings) -> Iterator[Thin]:
    sender = file.record.sender
    if not sender.postal_address.strip():
        yield file.thin(("sender", "postal_address"), "no postal_address", "an email must carry one in many countries",
                        "sender.postal_address: as it stands on your letters", grave=around.has_email)  # fmt: skip
    if not sender.opt_out:
        yield file.thin(("sender", "opt_out"), "no opt_out", "an email leaves no way not to hear from you again",
                        "sender.opt_out: one sentence in each language", grave=around.has_email)  # fmt: skip
    elif lacking := missing_languages(sender.opt_out, around):
        yield file.thin(("sender", "opt_out"), f"opt_out is not in {lacking}", "emails in these languages end without a way out",
                        "sender.opt_out: the sentence in these languages")  # fmt: skip


def _texts(file: Authored[Offer], around: Surroundings) -> Iterator[Thin]:
    offer = file.record
    for language, text in offer.product.items():
        if words_of(text, language) > MAX_PRODUCT_WORDS:
            yield file.thin(("product",), f"product has {words_of(text, language)} words ({language})", "it fills a message that has room for one thought",
                            f"what the company does in at most {MAX_PRODUCT_WORDS} words")  # fmt: skip
    if thin := praise(file, ("product",), offer.product, around):
        yield thin
    if offer.topic is None:
        yield file.thin(("topic",), "no topic", "a connection request cannot say what it is about without pitching",
                        "topic: the subject in two to four words, as they follow `about`")  # fmt: skip
    for name, texts in (("product", offer.product), ("topic", offer.topic)):
        if lacking := missing_languages(texts, around):
            yield file.thin((name,), f"{name} is not in {lacking}", "the offline writer leaves those prospects waiting",
                            f"{name}: the text in these languages", grave=True)  # fmt: skip


def _asks(file: Authored[Offer], around: Surroundings) -> Iterator[Thin]:
    asks = file.record.asks
    if not asks:
        yield file.thin(("asks",), "no asks", "every message can only end in a question",
                        "asks: something to read, something to pass on, a short call; lightest first", grave=True)  # fmt: skip
        return
    if not any(ask.weight == "light" for ask in asks):
        yield file.thin(("asks",), "no light ask", "a first message asks for more than a stranger gives",
                        "an ask that costs the reader a minute: a page, a checklist", grave=True)  # fmt: skip
    yield from _by_role(file, around)
    for index, ask in enumerate(asks):
        yield from _ask(file, index, ask, around)


def _by_role(file: Authored[Offer], around: Surroundings) -> Iterator[Thin]:
    """Say which roles are never offered what their policy would offer."""
    kinds = {ask.kind for ask in file.record.asks}
    wants_forward: list[str] = []
    for role in dict.fromkeys(persona.buying_role for persona in around.personas):
        policy = around.policies.get(role)
        wanted = (
            dict.fromkeys(kind for allowed in policy.asks.values() for kind in allowed if kind in _OFFERED)
            if policy
            else {}
        )
        if wanted and not kinds & set(wanted):
            yield file.thin(("asks",), f"nothing to offer a {role.replace('_', ' ')}", "messages to that role can only ask questions",
                            f"an ask of kind {' or '.join(wanted)}")  # fmt: skip
        elif "forward" in wanted and "forward" not in kinds:
            wants_forward.append(role.replace("_", " "))
    if wants_forward:
        yield file.thin(("asks",), "nothing to forward", f"{', '.join(wants_forward)}: they get nothing to pass on to whoever decides",
                        "an ask of kind forward: a one-page summary, a note for a colleague")  # fmt: skip


def _ask(file: Authored[Offer], index: int, ask: Ask, around: Surroundings) -> Iterator[Thin]:
    place, about = ("asks", index), f"ask {ask.id}"
    for language, text in ask.text.items():
        if not is_question(text) and not is_noun_phrase(text, language):
            yield file.thin((*place, "text"), f"neither a noun phrase with its article nor a question ({language})",
                            "it does not fit behind `I can send you …`", "`a two-page write-up of …`, or a whole question", about=about)  # fmt: skip
    unknown = [pain for pain in ask.answers if pain not in around.pain_ids] if around.personas else []
    if unknown:
        yield file.thin((*place, "answers"), f"belongs to {', '.join(unknown)}, which no persona has", "it comes last in every choice",
                        "answers: ids as outreach personas NAME shows them, or none", about=about)  # fmt: skip
    if lacking := missing_languages(ask.text, around):
        yield file.thin((*place, "text"), f"not in {lacking}", "the offline writer cannot offer it to those prospects",
                        "text: the ask in these languages", about=about)  # fmt: skip
