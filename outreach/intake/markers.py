"""The cells of a row that say whether somebody may be written to in; the reason why not out."""

from collections.abc import Mapping

from outreach.intake.tables import load_table
from outreach.text.folding import folded_words


def asked_to_stop(values: Mapping[str, str]) -> str | None:
    """Return `opted_out` or `do_not_contact` where a list's own columns rule a person out, else None.

    An opt-out column rules out by anything that is no plain no (a date is a yes); a stage or status by its words.
    """
    table = load_table("markers")
    said = " ".join(folded_words(values.get("do_not_contact", "")))
    if said and said not in table["no"]:
        return "opted_out"
    for field in ("stage", "status", "email_status"):
        text = values.get(field, "")
        words = f" {' '.join(folded_words(text))} " if text else ""
        if words and any(f" {phrase} " in words for phrase in table["stop"]):
            return "do_not_contact"
    return None
