"""An offer and a language in; what stands under a letter out: the sign-off of its body, and the footer of an email."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from outreach.domain.record import some_text, text_in
from outreach.domain.selling import Offer
from outreach.text.letter import begins_with_closing


def email_footer(offer: Offer, language: str) -> str:
    """Return the footer of an email: identity, postal address and opt-out, one a line, without empty lines.

    Args:
        offer: whose sender signs; its own opt-out line in this language wins over the built-in one.
        language: the draft's language. Where neither the offer nor the table has it, the line is in
            another language rather than missing: the law asks for a way out, not for a language.
    """
    sender = offer.sender
    identity = ", ".join(part for part in (sender.name, sender.title, sender.company) if part)
    lines = (identity, sender.postal_address, _opt_out(offer, language))
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def sign_off(offer: Offer, language: str, *, formal: bool, own: str | None = None) -> str:
    """Return how the body of an email or InMail ends: a closing and the signature, or the signature alone.

    A signature of several lines brings its own closing; without one, the sender's first name signs. `own` is the
    closing that the sender's samples have, empty where they have none; None: it is not known.
    """
    sender = offer.sender
    signature = sender.signature.strip() or sender.name.split(" ", 1)[0]
    usual = _table()["closing"]["formal" if formal else "casual"].get(language, "")
    closing = usual if own is None else own
    if own is not None and "\n" in signature and not begins_with_closing(signature, language):
        return f"{own}\n{signature}".strip()
    return signature if "\n" in signature or not closing else f"{closing}\n{signature}"


def _opt_out(offer: Offer, language: str) -> str:
    own, built_in = offer.sender.opt_out or {}, _table()["opt_out"]
    line = text_in(own, language) or text_in(built_in, language)
    return line or some_text(own or built_in, language)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(files("outreach.drafting").joinpath("data/footer.toml").read_text("utf-8"))
