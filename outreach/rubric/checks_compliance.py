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
    if not any(not view.in_context(hit) for hit in view.phrases.get("opt_out", [])):
        yield Note("no line tells how to stop the mails", f"add: {_LINES.get(view.language, _LINES['en'])}")


_LINES = {
    "en": "If you would rather not hear from me again, a short reply is enough and I will not write again.",
    "es": "Si prefiere no recibir más correos, basta una respuesta y no volveré a escribir.",
    "pt": "Se preferir não receber mais mensagens, basta responder e não voltarei a escrever.",
    "de": "Wenn Sie keine weiteren Mails möchten, genügt eine kurze Antwort und ich schreibe nicht mehr.",
    "fr": "Si vous ne souhaitez plus recevoir mes messages, un mot suffit et je n'écrirai plus.",
}
