"""What law and policy ask for: a way to stop the mails."""

from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View


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
