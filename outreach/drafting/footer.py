"""An offer and a language in; the footer under an email out: who writes, from where, and how to stop it."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from outreach.domain.record import some_text, text_in
from outreach.domain.selling import Offer


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


def _opt_out(offer: Offer, language: str) -> str:
    own, built_in = offer.sender.opt_out or {}, _opt_out_lines()
    line = text_in(own, language) or text_in(built_in, language)
    return line or some_text(own or built_in, language)


@lru_cache(maxsize=1)
def _opt_out_lines() -> dict[str, str]:
    text = files("outreach.drafting").joinpath("data/footer.toml").read_text("utf-8")
    lines: dict[str, str] = tomllib.loads(text)["opt_out"]
    return lines
