"""The cells of a row that say whether somebody may be written to in; the reason why not out."""

from collections.abc import Mapping

from outreach.intake.tables import load_table
from outreach.text.folding import folded_words


def asked_to_stop(values: Mapping[str, str]) -> str | None:
    """Return why a list's own columns rule a person out: an opt-out flag, or a stage such as `Do Not Contact`."""
    table = load_table("markers")
    said = " ".join(folded_words(values.get("do_not_contact", "")))
    if said and said not in table["no"]:
        return "opted out"
    for field in ("stage", "status"):
        words = " ".join(folded_words(values.get(field, "")))
        if words and any(phrase in words for phrase in table["stop"]):
            return "do not contact"
    return None
