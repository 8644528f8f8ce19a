"""What law and policy ask for: a way to stop the mails, and what the offer says is never said."""

import re
from collections.abc import Iterator
from functools import lru_cache

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.tokens import fold


@check("X1", defect="missing_opt_out", dimension="compliance", protected=True,
       about="Where the policy asks for it, an email tells how to stop the mails, in any wording and place.", evidence="CAN-SPAM, GDPR, UWG (law).",
       example="an email without such a line", fixed="If you would rather not hear from me, reply and I will stop.")  # fmt: skip
def opt_out(view: View) -> Iterator[Note]:
    """Flag a missing way out."""
    if view.channel != "email" or not view.context.policy.require_opt_out:
        return
    if not any(not view.in_context(hit) for hit in view.phrases.get("opt_out", [])) and not _way_out(view):
        yield Note("no line tells how to stop the mails", f"add: {_LINES.get(view.language, _LINES['en'])}")


#: A way out stands near the end: in one of the last sentences, a signature between them not counted.
_TAIL = 4


def _way_out(view: View) -> bool:
    """Say whether the mail tells at its end how it stops."""
    return bool(way_out_sentences(view))


def way_out_sentences(view: View) -> set[int]:
    """Return the sentences that tell how the mails stop.

    One of the last sentences, or two in a row, say that the mails end and what the reader does for it. Below the
    signature, where nothing else is written, one of both is enough.
    """
    sentences = [at for at in range(len(view.words.sentences)) if at not in view.parts.closing][-_TAIL:]
    ends = {view.words.sentence_of[hit.first] for hit in view.phrases.get("optout_end", [])}
    acts = {view.words.sentence_of[hit.first] for hit in view.phrases.get("optout_act", [])}
    signed = max(view.parts.closing, default=len(view.words.sentences))
    found = set[int]()
    for at in sentences:
        beside = {other for other in (at - 1, at, at + 1) if other in acts}
        if at in ends and beside:
            found |= {at, *(other for other in beside if other >= at or other > signed)}
        elif at > signed and (at in ends or at in acts) and not _is_postscript(view, at):
            found.add(at)
    return found


def _is_postscript(view: View, at: int) -> bool:
    return view.words.sentence_text(at)[:4].upper().startswith(("PS", "P.S", "PD", "P.D", "NB"))


_LINES = {
    "en": "If you would rather not hear from me again, a short reply is enough and I will not write again.",
    "es": "Si prefiere no recibir más correos, basta una respuesta y no volveré a escribir.",
    "pt": "Se preferir não receber mais mensagens, basta responder e não voltarei a escrever.",
    "de": "Wenn Sie keine weiteren Mails möchten, genügt eine kurze Antwort und ich schreibe nicht mehr.",
    "fr": "Si vous ne souhaitez plus recevoir mes messages, un mot suffit et je n'écrirai plus.",
}


#: Endings that a word of a forbidden phrase may have besides: plural, and the endings of adjectives.
_ENDINGS = "(?:s|es|e|en|er|em|n)?"


@check("N1", defect=None, dimension="compliance", languages=None, protected=True,
       about="Nothing that the offer lists under `never_say` is said, in any form, in body or subject.",
       evidence="The offer's owner knows what may not be promised: law, contracts, taste.",
       example="best-in-class (the offer says: never `best in class`)", fixed="Say what it does instead.")  # fmt: skip
def never_said(view: View) -> Iterator[Note]:
    """Flag what the offer forbids."""
    for phrase in view.context.policy.never_say:
        wanted = _phrase(phrase)
        if wanted is None:
            continue
        if match := wanted.search(_folded(view.text)):
            yield Note(f"the offer says never to say {phrase!r}", "say it in other words, or leave it out", match.start(), match.end())  # fmt: skip
        elif match := wanted.search(_folded(view.subject)):
            yield Note(f"the offer says never to say {phrase!r}", "say it in other words, or leave it out", quote=match[0])  # fmt: skip


def _folded(text: str) -> str:
    """Return a text in small letters without accents, letter by letter, so that places stay where they are."""
    return "".join(fold(char) if len(fold(char)) == 1 else char for char in text)


@lru_cache(maxsize=256)
def _phrase(phrase: str) -> re.Pattern[str] | None:
    """Return the pattern of a forbidden phrase: its words with other endings, with spaces or hyphens between."""
    words = [fold(word) for word in re.findall(r"\w+", phrase)]
    if not words:
        return None
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(re.escape(word) + _ENDINGS for word in words) + r"(?!\w)")
