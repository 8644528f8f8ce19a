"""A persona in its file and what surrounds it in; what is thin in it out."""

from collections.abc import Iterator, Sequence

from outreach.authoring.thin import Authored, Surroundings, Thin, left_open, missing_languages
from outreach.domain.buyers import Pain, Persona
from outreach.text.folding import folded_words

#: A sequence has three or four messages and never uses an idea twice.
_MIN_PAINS = 3
#: Roles that are not sold to need no proof, and nobody answers their pains with a claim.
_UNSOLD = frozenset({"gatekeeper"})
_PARTS = {
    "responsibilities": ("no responsibilities", "a model cannot tell what is this reader's business and what is not", "two to five, a few words each"),
    "success_metrics": ("no success metrics", "nothing says which effect counts for this reader", "the figures they are measured by"),
    "objections": ("no objections", "an answer to a reply has nothing to rest on", "what such people say when they do not want it"),
    "vocabulary": ("no vocabulary", "terms of their trade count as jargon in drafts to them", "a handful of terms they use themselves"),
}  # fmt: skip


def lint_persona(file: Authored[Persona], around: Surroundings) -> list[Thin]:
    """Return what is thin in a persona, in the order of the file."""
    found = [*_identity(file, around), *_parts(file), *_pains(file, around)]
    return sorted([*found, *left_open(file, found)], key=lambda thin: thin.line or 0)


def _identity(file: Authored[Persona], around: Surroundings) -> Iterator[Thin]:
    persona = file.record
    match = persona.match
    if not match.titles and not match.functions:
        yield file.thin(("match",), "neither titles nor functions", "nobody is ever taken for this persona",
                        "match.titles: the titles such people carry", about=persona.id, grave=True)  # fmt: skip
    elif not match.titles:
        yield file.thin(("match",), "no titles", "the persona is matched by function alone, which is the weakest way",
                        "match.titles: the titles such people carry, in the languages of your lists", about=persona.id)  # fmt: skip
    elif match.functions and not match.seniority:
        yield file.thin(("match", "functions"), "functions without seniority", "an intern of the department matches as well as its head",
                        "match.seniority: the levels that are meant", about=persona.id)  # fmt: skip
    for other, title in _claimed_twice(persona, around.personas):
        yield file.thin(("match", "titles"), f"the title {title!r} is claimed by {other} as well",
                        "which of the two a person is taken for hangs on their order",
                        "the title in one of the two, and what tells them apart under match.exclude", about=persona.id, grave=True)  # fmt: skip


def _claimed_twice(persona: Persona, personas: Sequence[Persona]) -> Iterator[tuple[str, str]]:
    own = {folded_words(title): title for title in persona.match.titles}
    for other in personas:
        if other.id != persona.id:
            for title in sorted(
                {own[words] for words in map(folded_words, other.match.titles) if words in own}
            ):
                yield other.id, title


def _parts(file: Authored[Persona]) -> Iterator[Thin]:
    for key, (what, why, write) in _PARTS.items():
        if not getattr(file.record, key):
            yield file.thin((key,), what, why, f"{key}: {write}", about=file.record.id)
    if not file.says("communication"):
        yield file.thin(("communication",), "no communication", "drafts are neither casual nor formal, and which proof convinces is a guess",
                        "communication: formality, style, evidence, channels, avoid", about=file.record.id)  # fmt: skip


def _pains(file: Authored[Persona], around: Surroundings) -> Iterator[Thin]:
    persona = file.record
    if not persona.pain_points:
        yield file.thin(("pain_points",), "no pain points", "there is nothing to write about: every message is an angle on a pain",
                        "pain_points: three or more, in the words such people use", about=persona.id, grave=True)  # fmt: skip
        return
    if len(persona.pain_points) < _MIN_PAINS:
        yield file.thin(("pain_points",), f"only {len(persona.pain_points)} of at least {_MIN_PAINS} pain points",
                        "a sequence never uses an idea twice and runs out of them", "one more pain for each message", about=persona.id)  # fmt: skip
    if not any(pain.signals for pain in persona.pain_points) and persona.buying_role not in _UNSOLD:
        yield file.thin(("pain_points",), "no pain names its signals", "a fact such as hiring leads to no pain, so openings stay general",
                        "signals: the kinds of fact that make a pain likely now", about=persona.id)  # fmt: skip
    for index, pain in enumerate(persona.pain_points):
        yield from _pain(file, index, pain, around)


def _pain(file: Authored[Persona], index: int, pain: Pain, around: Surroundings) -> Iterator[Thin]:
    place, about = ("pain_points", index), f"{file.record.id}: pain {pain.id}"
    if pain.question is None:
        yield file.thin(place, "no question", "the offline writer asks a general one instead of one that is answered in a line",
                        "question: one that such people like to answer", about=about)  # fmt: skip
    if pain.remark is None:
        yield file.thin(place, "no remark", "an opening has no general sentence that leads to it",
                        "remark: one hedged sentence (often, tends to)", about=about)  # fmt: skip
    for name, texts in (("text", pain.text), ("question", pain.question), ("remark", pain.remark)):
        if lacking := missing_languages(texts, around):
            yield file.thin((*place, name), f"{name} is not in {lacking}", "the offline writer leaves those prospects waiting",
                            f"{name}: the text in these languages", about=about)  # fmt: skip
    if (
        around.offer
        and file.record.buying_role not in _UNSOLD
        and not any(pain.id in claim.answers for claim in around.offer.claims)
    ):
        yield file.thin(place, "no claim of the offer answers it", "drafts can ask about it, and then have nothing to say",
                        f"in offer.yaml, {pain.id} under `answers` of a claim that does answer it, or leave the pain out", about=about)  # fmt: skip
